// An edit that the server keeps aside: both values, field by field, and where it is settled.
import { h } from "./dom.js";
import { same } from "./operations.js";

// Beside a field: what stands in it now was saved elsewhere, and what was typed here is kept. Said when it comes.
export function yoursLine() {
  return h("p", { class: "portal-onsite-yours", role: "status", hidden: true });
}

// `shown(value)`: the value in words. Nothing where the edit held has no such field, or the same value in it.
export function showYours(line, record, name, shown = String) {
  const { fields, current, outcome } = record?.held ?? {};
  const lost = outcome === "conflict" && name in (fields ?? {}) && record.waiting === 0 && !same(fields[name], record.fields[name]) && same(current?.[name], record.fields[name]);
  const words = lost ? `This was saved elsewhere first. Yours is kept: ${shown(fields[name]) || "(empty)"}` : "";
  line.hidden = !lost;
  if (line.textContent !== words) line.textContent = words;
}

const TITLES = {
  conflict: "This was changed elsewhere first",
  quarantined: "The server keeps an edit of this aside",
  mismatch: "The server has another edit under the same number",
};

// `labels`: [field, what it is called]; `shown(field, value)`: the value in words; `settle`: the address on the
// server. Nothing where no edit of this record is held.
export function heldPanel(record, labels, shown, settle) {
  const held = record?.held;
  if (!held) return null;
  const yours = held.fields ?? {};
  const stands = held.current ?? null;
  const rows = labels.filter(([name]) => name in yours);
  const cell = (value) => h("td", { class: "govuk-table__cell portal-kept" }, value || "(empty)");
  return h("section", { class: "portal-conflict", "aria-labelledby": "held-title" },
    h("h2", { class: "govuk-heading-m", id: "held-title" }, TITLES[held.outcome] ?? TITLES.quarantined),
    h("p", { class: "govuk-body" }, held.reason && `${held.reason} `, "Nothing is lost: the server keeps both. You can go on working."),
    rows.length > 0 && h("div", { class: "portal-scroll", role: "region", "aria-labelledby": "held-title", tabindex: "0" },
      h("table", { class: "govuk-table portal-table" },
        h("caption", { class: "govuk-visually-hidden" }, "Both values, field by field"),
        h("thead", { class: "govuk-table__head" }, h("tr", { class: "govuk-table__row" }, ["Field", "Yours", stands && "Saved on the server"].filter(Boolean).map((words) => h("th", { scope: "col", class: "govuk-table__header" }, words)))),
        h("tbody", { class: "govuk-table__body" }, rows.map(([name, label]) => h("tr", { class: "govuk-table__row" },
          h("th", { scope: "row", class: "govuk-table__header" }, label),
          cell(shown(name, yours[name])),
          stands && cell(shown(name, stands[name]))))))),
    h("p", { class: "govuk-body govuk-!-margin-bottom-0" }, h("a", { class: "govuk-link", href: settle, target: "_blank", rel: "noopener" }, "Settle it on the server (opens in a new tab)"), " when you have a connection."));
}
