// Which source each item still lacks, whom to ask and what to look at, before the team leaves the site.
import { h, replace } from "../dom.js";
import { whyNot } from "../may.js";
import { roleTitles, standing } from "../note_words.js";
import { bullets, details, hidden, trail } from "../parts.js";
import { filledSheets } from "../rows.js";
import { CODES, coverage, missingBySource, seenBy, toAsk } from "../sources.js";
import { capital } from "../words.js";

export function title() {
  return "Sources of each item";
}

export async function render(main, { review }) {
  const base = `#/review/${review.id}`;
  const body = h("div");
  main.append(
    trail([["#/", "Reviews on this device"], [base, review.pack.review.service]], "Sources"),
    h("h1", { class: "govuk-heading-l" }, "Sources of each item"),
    body,
  );
  const refresh = () => replace(body, bodyOf(review, base));
  refresh();
  return review.onChange(refresh);
}

function bodyOf(review, base) {
  const { pack } = review;
  const notes = standing(review.records("note")).map((note) => note.fields);
  const rows = coverage(pack.items, seenBy(notes, filledSheets(review), pack.supplied ?? []));
  const open = rows.filter((row) => row.missing.length);
  const missing = missingBySource(rows);
  const writes = !whyNot(pack, "note");
  if (!rows.length) return h("p", { class: "govuk-body" }, "This scale asks for no particular sources.");
  return [
    h("p", { class: "govuk-body portal-score-line" }, open.length
      ? [h("strong", null, `${open.length} of ${rows.length} items`), " lack a source that the scale asks for. Chase them up before you leave the site: it is harder afterwards."]
      : "Every item has each source that the scale asks for."),
    missing.map(([code, items]) => (code === "INT" ? toInterview(pack, items, base, writes) : null)),
    toLookAt(pack, missing.filter(([code]) => code !== "INT"), base, writes),
    h("h2", { class: "govuk-heading-m" }, "Every item"),
    table(pack, rows, base),
    h("p", { class: "govuk-body-s portal-muted" }, `${CODES.map((code) => `${code}: ${pack.source_titles[code] ?? code}`).join("; ")}. A document that the service supplied counts as documents and as management information; a worksheet counts once it has a figure on the item.`),
  ];
}

function toInterview(pack, items, base, writes) {
  const numbers = (some) => `${some.length > 1 ? "items" : "item"} ${some.map((item) => item.number).join(", ")}`;
  const person = ({ role, title: name, asked }) => details(`${name}: ${numbers(asked.map((one) => one.item))}`,
    writes && h("p", { class: "govuk-body" }, h("a", { class: "govuk-link portal-onsite-finger", href: `${base}/notes/new?kind=interview&role=${role}` }, "Take notes", hidden(` with ${name.toLowerCase()}`))),
    asked.map((one) => [h("h3", { class: "govuk-heading-s govuk-!-margin-bottom-1" }, `${one.item.number}. ${one.item.title}`), bullets(one.questions)]));
  return [
    h("h2", { class: "govuk-heading-m" }, "Whom to ask"),
    h("p", { class: "govuk-body" }, `Interviews are missing on ${numbers(items)}. Each of these people can speak to some of them.`),
    toAsk(items, roleTitles(pack)).map(person),
  ];
}

function toLookAt(pack, missing, base, writes) {
  if (!missing.length) return null;
  const kindOf = Object.fromEntries([["MIS", "document"], ...Object.entries(pack.kind_sources).map(([kind, codes]) => [codes[0], kind])]);
  const line = ([code, items]) => h("div", { class: "govuk-summary-list__row" },
    h("dt", { class: "govuk-summary-list__key" }, capital(pack.source_titles[code] ?? code)),
    h("dd", { class: "govuk-summary-list__value" }, `${items.length > 1 ? "Items" : "Item"} ${items.map((item) => item.number).join(", ")}. ${pack.how_to_fill?.[code] ?? ""}`),
    writes && h("dd", { class: "govuk-summary-list__actions" }, h("a", { class: "govuk-link portal-onsite-finger", href: `${base}/notes/new?kind=${kindOf[code]}&source=${code}` }, "Write a note", hidden(` from ${pack.source_titles[code] ?? code}`))));
  return [h("h2", { class: "govuk-heading-m" }, "What to look at"), h("dl", { class: "govuk-summary-list" }, missing.map(line))];
}

function table(pack, rows, base) {
  const head = (words) => h("th", { scope: "col", class: "govuk-table__header" }, words);
  const cell = (row, code) => {
    const [asked, seen] = [row.asked.includes(code), row.seen.has(code)];
    if (!asked) return h("td", { class: "govuk-table__cell" }, seen ? h("span", { class: "portal-muted" }, "✓", hidden(" seen, not asked for")) : hidden("not asked for"));
    return seen ? h("td", { class: "govuk-table__cell" }, "✓", hidden(" seen")) : h("td", { class: "govuk-table__cell portal-matrix__gap" }, h("strong", null, "Gap"));
  };
  return h("div", { class: "portal-scroll", role: "region", "aria-label": "Sources, table", tabindex: "0" },
    h("table", { class: "govuk-table portal-table portal-matrix" },
      h("caption", { class: "govuk-visually-hidden" }, "Each item with the sources it asks for, those with gaps first"),
      h("thead", { class: "govuk-table__head" }, h("tr", { class: "govuk-table__row" }, head("Item"), CODES.map((code) => head(h("abbr", { title: capital(pack.source_titles[code] ?? code) }, code))))),
      h("tbody", { class: "govuk-table__body" }, rows.map((row) => h("tr", { class: "govuk-table__row" },
        h("th", { scope: "row", class: "govuk-table__header" }, h("a", { class: "govuk-link", href: `${base}/item/${row.item.number}` }, `${row.item.number}. ${row.item.title}`)),
        CODES.map((code) => cell(row, code)))))));
}
