// A review in the hands of the person: what stands, with their waiting edits laid over it, and new edits.
import { listen, tellHere, tellOthers } from "./channel.js";
import { Behind, NotSaved, append } from "./journal.js";
import { NotHere, loadReview } from "./loading.js";
import { changedFields, laidOver, operation } from "./operations.js";
import { photoRows, drawPhoto } from "./photos.js";
import { Locked, mine } from "./vault.js";

export { Locked, NotHere, NotSaved };

const GONE = [
  "Not saved: this browser has removed what was stored on this device.",
  "What you typed stays on this page: copy it, then check the review out again.",
].join(" ");

// Raises Locked, or NotHere when the review is not checked out to this device.
export async function openReview(reviewId) {
  const review = new Review(reviewId);
  await review.refresh();
  return review;
}

class Review {
  #stored = null; // what loadReview gives
  #before = Promise.resolve(); // edits and refreshes go one after the other
  #listeners = new Set();
  #stop = null;

  constructor(id) {
    this.id = id;
  }

  get pack() {
    return this.#stored.pack;
  }

  // {key, version, fields, waiting, held, …} or null: `fields` with the waiting edits laid over what stands.
  record(kind, key) {
    const stands = this.#stored.records.find((each) => each.kind === kind && each.key === key);
    const waiting = this.#waiting(kind, key);
    const fields = laidOver(stands?.fields, waiting);
    if (!fields) return null;
    const aside = this.#stored.held.filter((each) => each.kind === kind && each.key === key);
    const held = aside.length ? { ...aside.at(-1), fields: Object.assign({}, ...aside.map((each) => each.fields)) } : null;
    return { by: null, changed_at: null, version: 0, ...stands, key, fields, waiting: waiting.length, held };
  }

  // In the pack's order, then the new ones of this device, oldest first.
  records(kind) {
    const known = this.#stored.records.filter((each) => each.kind === kind).sort((one, other) => one.order - other.order);
    const keys = new Set([...known, ...this.#stored.operations.filter((each) => each.kind === kind)].map((each) => each.key));
    return [...keys].map((key) => this.record(kind, key));
  }

  // Resolves with {at} when the edit is on the disk of this device. Raises NotSaved: the page keeps what was typed.
  edit(kind, key, fields) {
    return this.#next(() => this.#write(kind, key, fields));
  }

  // As edit(): resolves with {at, id}. The picture is made smaller and loses what the camera wrote into it.
  async addPhoto(noteKey, blob, caption) {
    const id = crypto.randomUUID();
    const { about, rows } = await photoRows(id, this.id, noteKey, blob, caption);
    const saved = await this.#next(() => this.#write("photo", id, about, rows));
    this.#stored.photos.push({ ...about, id, state: "waiting" });
    this.#changed();
    return { ...saved, id };
  }

  // [{id, caption, size, state, draw(canvas)}] of a note; state: waiting, accepted, sent or aside.
  photos(noteKey) {
    return this.#stored.photos
      .filter((photo) => photo.note === noteKey)
      .map(({ id, caption, size, state }) => ({ id, caption, size, state, draw: (canvas) => drawPhoto(id, canvas) }));
  }

  // Called after an edit, a receipt, a fresh pack, or work in another page. Returns what ends it.
  onChange(listener) {
    this.#listeners.add(listener);
    this.#stop ??= listen(({ what, reviews }) => what === "changed" && reviews.includes(this.id) && this.#refreshQuietly());
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size) return;
      this.#stop?.();
      this.#stop = null;
    };
  }

  // Read the review again from the store.
  refresh() {
    return this.#next(async () => {
      this.#stored = await loadReview(this.id);
      this.#changed();
    });
  }

  async #refreshQuietly() {
    await this.refresh().catch(() => {}); // locked or returned meanwhile: what is done next says so
  }

  async #write(kind, key, wanted, rows = {}) {
    for (;;) {
      const stands = this.#stored.records.find((each) => each.kind === kind && each.key === key) ?? null;
      const waiting = this.#waiting(kind, key);
      const changed = changedFields(laidOver(stands?.fields, waiting), wanted);
      const at = new Date();
      if (Object.keys(changed).length === 0) return { at };
      const id = crypto.randomUUID();
      const made = operation({ id, seq: this.#stored.lastSeq + 1, at: at.toISOString(), review: this.id, kind, key, record: stands, waiting, changed });
      try {
        await append(made, rows);
      } catch (error) {
        if (!(error instanceof Behind)) throw error;
        await this.#catchUp();
        continue;
      }
      this.#stored.operations.push({ ...made, state: "waiting" });
      this.#stored.lastSeq = made.seq;
      tellOthers({ what: "changed", reviews: [this.id] });
      tellHere({ what: "edited" });
      this.#changed();
      return { at: new Date() };
    }
  }

  // Another page wrote an edit, or the browser has removed everything.
  async #catchUp() {
    try {
      this.#stored = await loadReview(this.id);
    } catch (error) {
      throw error instanceof NotHere ? new NotSaved(GONE) : error;
    }
  }

  #waiting(kind, key) {
    return this.#stored.operations.filter((each) => each.kind === kind && each.key === key);
  }

  async #next(work) {
    mine(); // Locked is said before any waiting
    const done = this.#before.then(work);
    this.#before = done.catch(() => {});
    return done;
  }

  #changed() {
    for (const listener of [...this.#listeners]) listener();
  }
}
