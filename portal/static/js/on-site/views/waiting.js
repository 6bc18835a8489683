// Every edit that is only on this device, and those that the server keeps aside.
import { h, replace } from "../dom.js";
import { listen } from "../channel.js";
import { body, button, handIn, heading, link, once, subheading } from "../form_parts.js";
import { hideHeld, loadCheckOuts, loadHeld, loadOperations } from "../loading.js";
import { named } from "../naming.js";
import { saveFile } from "../export_file.js";
import { photosLeft } from "../sending_photos.js";
import { sendNow } from "../sync.js";
import { dayAndTime, edits } from "../times.js";
import { mine } from "../vault.js";

const CONFLICT = "Somebody else changed this first. What they saved stands; yours is kept beside it until one is chosen.";
const ASIDE = "The portal keeps this edit for the lead reviewer to decide.";
const MIXED_UP = "Not taken: the portal has another edit by the same number. It stays here; save a file and tell your lead reviewer.";

export function title() {
  return "Edits waiting to be sent";
}

export async function render(main, context) {
  const list = h("div");
  const said = h("p", { class: "govuk-body", role: "status" });
  const send = button("Send now", () => once(send, "Send now", "Sending", sendNow));
  const file = button("Save an encrypted file", () => once(file, "Save an encrypted file", "Saving", async () => replace(said, await saved())), "secondary");
  main.append(
    heading("Edits waiting to be sent"),
    h("div", { class: "govuk-button-group" }, send, file),
    said,
    list,
    body("The file holds all edits that are only on this device. Only the portal can open it: ", handIn(), ", or give it to your lead reviewer. Saving it removes nothing here."),
    body(link("#/", "All reviews on this device")),
  );
  const draw = async () => replace(list, await lists(draw));
  await draw();
  const stop = listen(({ what }) => (what === "changed" || what === "edited") && draw().catch(() => {})); // locked meanwhile: the page goes anyway
  return stop;
}

async function saved() {
  const { operations, photos } = await saveFile(mine().personId);
  return `The file holds ${edits(operations)} and ${photos} ${photos === 1 ? "photo" : "photos"}. Your browser has put it with its downloads.`;
}

async function lists(draw) {
  const [operations, held, checkOuts, photos] = await Promise.all([loadOperations(), loadHeld(), loadCheckOuts(), photosLeft()]);
  const packs = new Map(checkOuts.map((each) => [each.review, each.pack]));
  return [
    operations.length ? table(operations, packs) : body("Nothing waits: every edit made on this device has reached the portal."),
    photos.waiting ? body(`${photos.waiting} ${photos.waiting === 1 ? "photo is" : "photos are"} not sent whole yet.`) : null,
    photos.aside ? body(`${photos.aside} ${photos.aside === 1 ? "photo stays" : "photos stay"} on this device until its edit is let in by the lead reviewer.`) : null,
    held.length ? [subheading("Kept aside by the portal"), h("ul", { class: "govuk-list" }, held.map((each) => aside(each, packs, draw)))] : null,
  ];
}

function table(operations, packs) {
  const row = (each) => {
    const { title: what, detail } = named(each, packs.get(each.review));
    return h("tr", { class: "govuk-table__row" },
      h("th", { class: "govuk-table__header", scope: "row" }, what, detail && h("span", { class: "portal-onsite-detail" }, detail)),
      h("td", { class: "govuk-table__cell", "data-label": "Made" }, dayAndTime(each.at)),
      h("td", { class: "govuk-table__cell", "data-label": "State" }, each.state === "mismatch" ? MIXED_UP : "Waiting"),
    );
  };
  const titles = ["Edit", "Made", "State"].map((words) => h("th", { class: "govuk-table__header", scope: "col" }, words));
  return h("table", { class: "govuk-table portal-table portal-stack" },
    h("caption", { class: "govuk-table__caption govuk-table__caption--m" }, `${edits(operations.length)} only on this device`),
    h("thead", { class: "govuk-table__head" }, h("tr", { class: "govuk-table__row" }, titles)),
    h("tbody", { class: "govuk-table__body" }, operations.map(row)),
  );
}

function aside(each, packs, draw) {
  const { title: what, detail } = named(each, packs.get(each.review));
  const conflict = each.outcome === "conflict";
  const hide = () => hideHeld(each.row).then(draw);
  return h("li", { class: "portal-card" },
    h("h3", { class: "govuk-heading-s" }, what),
    detail && body(detail),
    body(conflict ? CONFLICT : ASIDE, each.reason ? ` ${each.reason}` : ""),
    h("div", { class: "portal-tags" },
      link(`/reviews/${each.review}/on-site/held/${each.op_id}`, conflict ? "Compare and choose" : "See it in the portal", { target: "_blank", rel: "noopener" }),
      h("button", { class: "portal-link-button", type: "button", onclick: hide }, "Remove from this list", h("span", { class: "govuk-visually-hidden" }, `: ${what}`)),
    ),
  );
}
