// What is on this device: reviews, other people's work, how safe the storage is.
import { h, replace } from "../dom.js";
import { Refusal, Unreachable } from "../api.js";
import { alertBox, body, button, heading, link, once, subheading, warning } from "../form_parts.js";
import { NotYet, returnReview } from "../giving_back.js";
import { installing } from "../install.js";
import { loadCheckOuts } from "../loading.js";
import { offlineLine } from "../offline_line.js";
import { megabytes, persisted, room, wordsOfPersistence } from "../storage.js";
import { dayAndTime, edits } from "../times.js";
import { mine, people } from "../vault.js";
import { Locked } from "../work.js";

const TIGHT = 200e6; // bytes of room below which photos may soon be refused

export function title() {
  return "Reviews on this device";
}

export async function render(main, context) {
  const { personId } = mine(); // Locked: the app asks for the passphrase
  const [checkOuts, everybody] = await Promise.all([loadCheckOuts(), people()]);
  const others = everybody.filter((person) => person.personId !== personId);
  main.append(
    heading("Reviews on this device"),
    checkOuts.length ? h("ul", { class: "portal-cards" }, checkOuts.map((each) => card(each, context))) : body("No review is checked out to this device. ", link("/reviews", "Go to your reviews")),
    ...others.map(otherPerson),
    subheading("How safe is this device?"),
    await safety(),
  );
}

function card(checkOut, context) {
  const { review } = checkOut.pack;
  const said = alertBox();
  const give = button("Return", () => once(give, "Return", "Returning", () => giveBack(checkOut, said, context)), "secondary");
  return h("li", { class: "portal-card" },
    h("h2", { class: "govuk-heading-m" }, link(`#/review/${checkOut.review}`, review.service)),
    body(`${review.scale_title}. ${review.stage_title}.`),
    h("p", { class: "govuk-body portal-muted" }, `Checked out on ${dayAndTime(checkOut.at)}.`),
    said,
    h("div", { class: "govuk-button-group portal-card__foot" }, give, h("span", { class: "govuk-hint" }, "Sends everything, then removes it from this device.")),
  );
}

async function giveBack(checkOut, said, context) {
  replace(said);
  try {
    await returnReview(checkOut);
  } catch (error) {
    const words = reason(error);
    if (!words) throw error;
    return replace(said, h("p", { class: "govuk-error-message" }, `Not returned: ${words}`));
  }
  return context.go("#/");
}

function reason(error) {
  if (error instanceof NotYet) return error.words;
  if (error instanceof Locked) return "the work is locked.";
  if (error instanceof Unreachable) return "there is no connection to the portal.";
  if (error instanceof Refusal) return error.status === 401 ? "you are signed out of the portal." : error.error || "the portal refused it.";
  return null;
}

function otherPerson({ name, waiting }) {
  return warning(`Work of ${name} is on this device too${waiting ? `, with ${edits(waiting)} not sent yet` : ""}. Only ${name} can open and send it. Do not clear this browser’s data.`);
}

function spaceWords(space) {
  if (space === null) return "This browser does not say how much room is left. Keep at least 1 GB free on the device.";
  if (space < TIGHT) return h("strong", null, `Only ${megabytes(space)} of room are left. Free some before you take photos.`);
  return `${megabytes(space)} of room are left.`;
}

async function safety() {
  const [kept, space] = await Promise.all([persisted(), room()]);
  return h("ul", { class: "govuk-list govuk-list--bullet" },
    offlineLine(),
    h("li", null, wordsOfPersistence(kept)),
    h("li", null, spaceWords(space)),
    h("li", null, "Everything here is encrypted, and locks by itself after 15 minutes without a touch. Private windows forget everything when they are closed: do not use one."),
    installing(),
  );
}
