// Signing out with care: what waits is sent first; if it cannot be, the person chooses.
import { h, replace } from "../dom.js";
import { Refusal, Unreachable, whoAmI } from "../api.js";
import { alertBox, body, button, heading, once } from "../form_parts.js";
import { saveFile } from "../export_file.js";
import { count } from "../count.js";
import { sendNow } from "../sync.js";
import { edits } from "../times.js";
import { lockEverywhere, mine } from "../vault.js";

const STAY = "They stay on this device, encrypted, until you unlock them and sign in again. You can also take them along as a file that only the portal can open.";
const ALL_SENT = "Every edit of this device has reached the portal. Signing out locks what is stored here.";

export function title() {
  return "Sign out";
}

export async function render(main, context) {
  const { personId } = mine();
  await sendNow();
  const left = await count();
  const said = alertBox();
  const file = button("Save an encrypted file", () => once(file, "Save an encrypted file", "Saving", async () => {
    const saved = await saveFile(personId);
    replace(said, body(`The file holds ${edits(saved.operations)}.`));
  }), "secondary");
  const out = button("Sign out", () => once(out, "Sign out", "Signing out", () => signOut(said)), left ? "secondary" : "");
  main.append(
    heading(left ? `${edits(left)} could not be sent` : "Sign out"),
    body(left ? STAY : ALL_SENT),
    h("div", { class: "govuk-button-group" },
      left ? button("Stay signed in", () => context.go("#/")) : null,
      left ? file : null,
      left ? button("Lock this device", lockEverywhere, "secondary") : null,
      out,
    ),
    said,
  );
}

async function signOut(said) {
  try {
    const { token } = await whoAmI();
    await fetch("/sign-out", { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
  } catch (error) {
    if (error instanceof Unreachable || error instanceof TypeError) return replace(said, body("There is no connection, so the portal still has you signed in. Lock this device instead."));
    if (!(error instanceof Refusal) || error.status !== 401) throw error;
  }
  return lockEverywhere();
}
