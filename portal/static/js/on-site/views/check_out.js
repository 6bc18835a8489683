// Checking a review out to this device: a passphrase, then everything that is needed without a network.
import { h, replace } from "../dom.js";
import { Refusal, Unreachable, whoAmI } from "../api.js";
import { checkOutReview } from "../checking_out.js";
import { alertBox, body, button, formOf, heading, link, passphraseField, subheading, warning } from "../form_parts.js";
import { wordsFor } from "../journal.js";
import { wordsOfPersistence } from "../storage.js";
import { dayAndTime } from "../times.js";
import { SHORTEST, WrongPassphrase, vaultOf } from "../vault.js";
import { offlineLine } from "../offline_line.js";

const TITLE = "Work on site";
const KNOWN = "The one you set when you first checked a review out to it.";
const NEW = [
  `${SHORTEST} characters or more: four words that do not belong together are good.`,
  "You will type it on site, so make it one you can.",
  "It is never sent to the portal, and nobody can give you another.",
].join(" ");
const WHAT_FOR = "this puts your review on this device, so that you can rate, write notes, fill worksheets and take photos with or without a network. No client’s records are among it.";

export function title() {
  return TITLE;
}

export async function render(main, context) {
  main.append(heading(TITLE));
  try {
    const me = await whoAmI();
    main.append(form(main, context, me, await vaultOf(me.person_id)));
  } catch (error) {
    const words = refusal(error, context);
    if (!words) throw error;
    main.append(words, button("Try again", context.again, "secondary"));
  }
}

function refusal(error, { params }) {
  if (error instanceof Unreachable) return body("Checking a review out needs a connection to the portal, and there is none just now. What you have checked out already is under ", link("#/", "reviews on this device"), ".");
  if (!(error instanceof Refusal)) return null;
  if (error.status === 401) return body("You are signed out. ", link(`/sign-in?next=/on-site/%23/check-out/${params.review}`, "Sign in"));
  return body(`The portal did not check it out: ${error.error || "it is busy."}`);
}

function form(main, context, me, known) {
  const id = crypto.randomUUID(); // the same when a try is repeated: one check-out
  const said = alertBox();
  const first = known
    ? passphraseField("passphrase", "Your passphrase for this device", KNOWN)
    : passphraseField("passphrase", "A passphrase for this device", NEW, "new-password");
  const second = known ? null : passphraseField("again", "The same passphrase again", "", "new-password");
  const work = async () => {
    replace(said);
    if (!valid(first, second)) return;
    try {
      const done = await checkOutReview(me, context.params.review, id, first.input.value);
      finished(main, context, done);
    } catch (error) {
      if (error instanceof WrongPassphrase) return first.problem("That is not your passphrase for this device");
      replace(said, refusal(error, context) ?? warning(wordsFor(error)));
      if (!refusal(error, context)) console.error(error);
    }
  };
  return h("div", null,
    body(`${me.name}, ${WHAT_FOR}`),
    h("ul", { class: "govuk-list govuk-list--bullet" },
      h("li", null, "Everything is encrypted with your passphrase."),
      h("li", null, "Edits are sent whenever there is a connection and you are signed in."),
      h("li", null, "Return the review when the visit is over."),
    ),
    formOf(me.name, [first.group, second?.group].filter(Boolean), "Check out to this device", "Checking out", work),
    said,
  );
}

function valid(first, second) {
  const typed = first.input.value;
  second?.problem("");
  first.problem("");
  if (second && [...typed].length < SHORTEST) first.problem(`Use ${SHORTEST} characters or more`);
  else if (!typed) first.problem("Type your passphrase");
  else if (second && second.input.value !== typed) second.problem("The two are not the same");
  else return true;
  return false;
}

function finished(main, { params }, { pack, elsewhere, fresh, persisted }) {
  replace(main,
    heading("Checked out to this device"),
    body(`${pack.review.service}: ${pack.items.length} items, ${pack.worksheets.length} worksheets, the questions to ask and the last review.`),
    ...elsewhere.map((other) => otherDevice(other, fresh)),
    subheading("Before you leave"),
    h("ul", { class: "govuk-list govuk-list--bullet" },
      offlineLine(),
      h("li", null, persisted ? wordsOfPersistence(true) : h("strong", null, wordsOfPersistence(persisted))),
    ),
    h("a", { class: "govuk-button", href: `#/review/${params.review}` }, "Start"),
  );
  const top = main.querySelector("h1");
  top.tabIndex = -1;
  top.focus();
}

function otherDevice({ device_name, checked_out_at }, fresh) {
  return warning(
    `This review is also checked out to ${device_name} since ${dayAndTime(checked_out_at)} and was not returned from it. Edits made there and not sent yet are only there.`,
    fresh ? " If that was this very device, this browser has removed what was stored on it: edits not sent from it are lost, and your lead reviewer is told." : null,
  );
}
