// Locked: whose work is on this device, and the passphrase to it.
import { h } from "../dom.js";
import { body, formOf, heading, link, passphraseField, subheading } from "../form_parts.js";
import { edits } from "../times.js";
import { WrongPassphrase, people, unlock } from "../vault.js";
import { nothing } from "./empty.js";

const WRONG = "That is not the passphrase of this work";

export function title() {
  return "Unlock your work";
}

export async function render(main, context) {
  const found = await people();
  if (found.length === 0) return main.append(...(await nothing()));
  main.append(
    heading("Unlock your work"),
    body("What was saved on this device is encrypted. Each person opens their own work with the passphrase they set when they checked it out."),
    ...found.map((person) => section(person, found.length, context)),
  );
  return undefined;
}

function section(person, number, context) {
  const field = passphraseField(`passphrase-${person.personId}`, number === 1 ? "Passphrase" : `Passphrase of ${person.name}`);
  const form = formOf(person.name, [field.group], "Unlock", "Unlocking", async () => {
    field.problem("");
    try {
      await unlock(person.personId, field.input.value);
    } catch (error) {
      if (!(error instanceof WrongPassphrase)) throw error;
      return field.problem(WRONG);
    }
    return context.again();
  });
  return h("section", { class: "portal-card", "aria-label": `Work of ${person.name}` },
    subheading(person.name),
    body(standing(person)),
    form,
    body(link(`#/forgotten/${person.personId}`, "I have forgotten the passphrase")),
  );
}

function standing({ waiting, reviews }) {
  const count = `${reviews} ${reviews === 1 ? "review" : "reviews"} on this device, `;
  return count + (waiting ? `${edits(waiting)} waiting to be sent.` : "nothing waiting to be sent.");
}
