// A forgotten passphrase: the work can no longer be read here, but the portal can read it from a file.
import { h, replace } from "../dom.js";
import { Refusal, Unreachable, whoAmI } from "../api.js";
import { alertBox, body, button, handIn, heading, link, once, warning } from "../form_parts.js";
import { saveFile } from "../export_file.js";
import { removePerson } from "../giving_back.js";
import { edits } from "../times.js";
import { people, vaultOf } from "../vault.js";

export function title() {
  return "A forgotten passphrase";
}

export async function render(main, context) {
  const person = (await people()).find((each) => each.personId === context.params.person);
  if (!person) return main.append(heading("A forgotten passphrase"), body("There is no such work on this device. ", link("#/", "Back")));
  const said = alertBox();
  const file = button("Save an encrypted file", () => once(file, "Save an encrypted file", "Saving", async () => {
    const { operations } = await saveFile(person.personId);
    replace(said, body(`The file holds ${edits(operations)}. Now `, handIn(), "."));
  }));
  const remove = button("Remove this work from the device", () => once(remove, "Remove this work from the device", "Removing", () => removing(person, said, context)), "warning");
  return main.append(
    heading("A forgotten passphrase"),
    body(`Nobody can open the work of ${person.name} on this device without its passphrase. It is not lost: only the portal can open the file that you save here.`),
    h("ol", { class: "govuk-list govuk-list--number" },
      h("li", null, person.waiting ? `Save the file. It holds ${edits(person.waiting)} that are only on this device.` : "Nothing waits to be sent, so no file is needed."),
      h("li", null, "While you are connected, ", handIn(), "."),
      h("li", null, "Remove the work from this device, then check the review out again with a new passphrase."),
    ),
    h("div", { class: "govuk-button-group" }, file, remove),
    said,
    body(link("#/", "Back")),
  );
}

async function removing(person, said, context) {
  const why = await notYet(person);
  if (why) return replace(said, warning(why));
  await removePerson(person.personId);
  return context.go("#/");
}

// Why it must stay; null when it may go: only its owner removes it, and only what is safe elsewhere.
async function notYet({ personId, name }) {
  const vault = await vaultOf(personId);
  const { waiting } = (await people()).find((each) => each.personId === personId);
  if (waiting && vault.exported_seq !== vault.last_seq) return "Save the file first: there are edits that are only on this device.";
  try {
    return (await whoAmI()).person_id === personId ? null : `Only ${name} can remove it, signed in to the portal.`;
  } catch (error) {
    if (error instanceof Unreachable) return "This needs a connection to the portal.";
    if (error instanceof Refusal) return `Only ${name} can remove it, signed in to the portal.`;
    throw error;
  }
}
