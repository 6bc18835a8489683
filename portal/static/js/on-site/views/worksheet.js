// A worksheet: rows as cards, each kept as one goes; the figures under them follow at once.
import { h, replace } from "../dom.js";
import { whyNot } from "../may.js";
import { details, hidden, nothingHere, readOnly, trail } from "../parts.js";
import { answered, rowKey, rowsOf } from "../rows.js";
import { notSaved, savedHere } from "../status.js";
import { figures } from "../worksheet_parts.js";
import { emptyRow, rowForm, rowReading } from "../worksheet_row.js";

const MOST_ROWS = 200;

export function title({ review, params }) {
  return sheetOf(review, params)?.title ?? "No such worksheet";
}

export async function render(main, { review, params, query }) {
  const sheet = sheetOf(review, params);
  const base = `#/review/${review.id}`;
  if (!sheet) {
    nothingHere(main, "There is no such worksheet", "This review has no worksheet of that name.", { href: base, text: "Back to the review" });
    return null;
  }
  const page = new Sheet(review, sheet, Number(query.get("row")));
  replace(
    main,
    trail([["#/", "Reviews on this device"], [base, review.pack.review.service]], "Worksheet"),
    h("h1", { class: "govuk-heading-l govuk-!-margin-bottom-4" }, sheet.title),
    h("nav", { "aria-label": "Worksheets" }, h("ul", { class: "portal-strip" }, review.pack.worksheets.map((one) => h("li", null,
      h("a", { class: "portal-strip__one", href: `${base}/worksheets/${one.key}`, "aria-current": one === sheet ? "page" : null }, one.short))))),
    h("p", { class: "govuk-body" }, sheet.summary),
    page.closed && readOnly(page.closed),
    page.parts(),
  );
  page.draw();
  const quiet = review.onChange(() => page.refresh());
  return async () => {
    await page.leave();
    quiet();
  };
}

const sheetOf = (review, params) => review.pack.worksheets.find((sheet) => sheet.key === params.worksheet);

class Sheet {
  constructor(review, sheet, wanted) {
    Object.assign(this, { review, sheet, wanted, added: [], forms: new Map() });
    this.closed = whyNot(review.pack, "tally");
    this.figures = figures(sheet, review.pack.items);
    this.picker = h("ol", { class: "portal-strip" });
    this.box = h("div", { id: "rows" });
    this.removed = h("div");
    this.told = h("p", { class: "govuk-visually-hidden", role: "status" });
  }

  parts() {
    const { sheet } = this;
    const add = h("button", { type: "button", class: "govuk-button govuk-button--secondary govuk-!-margin-top-3", onclick: () => this.add() }, `Add a ${sheet.noun}`);
    return [
      sheet.cards && [h("h2", { class: "govuk-heading-m govuk-!-margin-bottom-2" }, `${sheet.nouns[0].toUpperCase()}${sheet.nouns.slice(1)}`), h("nav", { "aria-label": sheet.nouns }, this.picker)],
      this.box, !this.closed && add, this.told, this.removed, this.figures.element,
    ];
  }

  // Every row: those stored, and those added here in which nothing was answered yet.
  rows() {
    const stored = rowsOf(this.review, this.sheet);
    const known = new Set(stored.map((row) => row.position));
    return [...stored, ...this.added.filter((position) => !known.has(position)).map((position) => emptyRow(this.sheet, position))];
  }

  present() {
    return this.rows().filter((row) => !row.removed);
  }

  // The row that a page of cards opens: the one asked for, else the first that is not complete.
  opened(rows) {
    const asked = rows.find((row) => row.position === this.wanted);
    return asked ?? rows.find((row) => answered(row.answers) < this.sheet.questions.length) ?? rows[0];
  }

  draw() {
    const rows = this.present();
    const shown = this.sheet.cards ? [this.opened(rows)].filter(Boolean) : rows;
    this.wanted = this.sheet.cards ? shown[0]?.position : this.wanted;
    this.drawn = rows.map((row) => row.position).join();
    replace(this.box, shown.length ? shown.map((row) => this.element(row)) : h("p", { class: "govuk-body" }, "There are no rows."));
    this.refresh();
  }

  element(row) {
    if (this.closed) return rowReading(this.sheet, row);
    if (!this.forms.has(row.position)) this.forms.set(row.position, rowForm(this.review, this.sheet, row, { counted: () => this.count(), removed: (one) => this.remove(one, true) }));
    return this.forms.get(row.position).element;
  }

  // After an edit here or elsewhere. Rows are drawn again only where one came or went.
  refresh() {
    if (this.drawn !== this.present().map((row) => row.position).join()) return this.draw();
    for (const form of this.forms.values()) form.refresh();
    replace(this.removed, this.removedOnes());
    return this.count();
  }

  count() {
    const rows = this.present().map((row) => ({ ...row, answers: this.forms.get(row.position)?.answers() ?? row.answers }));
    this.figures.count(rows.map((row) => row.answers));
    if (this.sheet.cards) this.pick(rows);
  }

  // The numbers of the cards, with how much of each is answered; the button with the focus keeps it.
  pick(rows) {
    const many = this.sheet.questions.length;
    const words = rows.map((row) => `${row.position}:${answered(row.answers)}:${row.position === this.wanted}`).join();
    if (this.picked === words) return;
    this.picked = words;
    const focused = this.picker.contains(document.activeElement) ? document.activeElement.dataset.row : null;
    replace(this.picker, rows.map((row) => h("li", null, h("button", { type: "button", class: "portal-strip__one", "data-row": row.position, "aria-current": row.position === this.wanted ? "true" : null, onclick: () => this.turn(row.position) },
      h("span", null, hidden(`${this.sheet.noun} `), row.position), " ", h("small", null, `${answered(row.answers)}/${many}`, hidden(" answered"))))));
    if (focused) this.picker.querySelector(`[data-row="${focused}"]`)?.focus();
  }

  turn(position) {
    this.wanted = position;
    history.replaceState(null, "", `#/review/${this.review.id}/worksheets/${this.sheet.key}?row=${position}`);
    this.draw();
    this.toRow(position);
  }

  toRow(position) {
    const heading = this.box.querySelector(`#row-${position}-name`);
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "start" });
  }

  add() {
    const position = Math.max(0, ...this.rows().map((row) => row.position)) + 1;
    if (position > MOST_ROWS) {
      this.told.textContent = `A worksheet has ${MOST_ROWS} rows at most.`;
      this.told.className = "govuk-body";
      return;
    }
    this.added.push(position);
    if (this.sheet.cards) this.turn(position);
    else {
      this.draw();
      this.toRow(position);
    }
  }

  async remove(row, away) {
    try {
      await this.forms.get(row.position)?.leave();
      this.forms.delete(row.position);
      savedHere((await this.review.edit("row", rowKey(this.sheet, row.position), { removed: away })).at);
      this.told.textContent = away ? `${row.name} is removed and leaves the figures. You can put it back below.` : `${row.name} is back.`;
      if (away) this.box.querySelector("h3")?.focus();
      else this.sheet.cards ? this.turn(row.position) : this.toRow(row.position);
    } catch (error) {
      notSaved(error.words ?? "Not saved: try again.");
    }
  }

  removedOnes() {
    const rows = this.rows().filter((row) => row.removed);
    if (!rows.length) return null;
    const open = this.removed.querySelector("details")?.open ?? false;
    const line = (row) => h("li", null, row.name, " ", !this.closed && h("button", { type: "button", class: "portal-link-button portal-onsite-finger", onclick: () => this.remove(row, false) }, "Put back", hidden(` ${row.name.toLowerCase()}`)));
    const box = details(`Removed ${this.sheet.nouns} (${rows.length})`, h("ul", { class: "govuk-list" }, rows.map(line)));
    box.open = open;
    return box;
  }

  async leave() {
    for (const form of this.forms.values()) await form.leave();
  }
}
