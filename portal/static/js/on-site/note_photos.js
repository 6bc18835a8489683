// Photos of evidence on a note. A photo is made smaller and loses place and time before it is kept.
import { h, replace } from "./dom.js";
import { notSaved, savedHere, saving } from "./status.js";
import { plural } from "./words.js";

const WIDTH = 480; // pixels of a photo as it is shown
const STATES = { waiting: "On this device, waiting to be sent", accepted: "Being sent", sent: "On the server", aside: "Kept aside by the server" };

// {element, refresh()}. `ready()` makes sure that the note itself is stored first.
export function notePhotos(review, key, { closed, ready }) {
  const list = h("ul", { class: "portal-onsite-photos" });
  const none = h("p", { class: "govuk-body portal-muted" }, "No photos yet.");
  const drawn = new Map(); // each photo is drawn once: drawing decrypts it

  function refresh() {
    const photos = review.photos(key);
    none.hidden = photos.length > 0;
    replace(list, photos.map((photo) => {
      if (!drawn.has(photo.id)) drawn.set(photo.id, figure(photo));
      const { element, state } = drawn.get(photo.id);
      state.textContent = `${STATES[photo.state] ?? photo.state} · ${size(photo.size)}`;
      return element;
    }));
  }

  const element = h("section", { "aria-labelledby": "photos-title" },
    h("h2", { class: "govuk-heading-m", id: "photos-title" }, "Photos of evidence"), none, list, !closed && adding(review, key, ready, refresh));
  refresh();
  return { element, refresh };
}

function figure(photo) {
  const canvas = h("canvas", { width: WIDTH, height: Math.round(WIDTH * 0.75), role: "img", "aria-label": photo.caption || "Photo without a caption" });
  const state = h("span", { class: "portal-muted" });
  const caption = h("figcaption", null, photo.caption && h("strong", null, photo.caption), photo.caption && h("br"), state);
  photo.draw(canvas).catch(() => caption.append(h("br"), "This photo cannot be shown here. It is still kept."));
  return { element: h("li", null, h("figure", { class: "portal-onsite-photo" }, canvas, caption)), state };
}

function adding(review, key, ready, refresh) {
  const caption = h("input", { class: "govuk-input", id: "photo-caption", type: "text", maxlength: 200, autocomplete: "off" });
  const told = h("p", { class: "govuk-body", role: "status" });
  const input = h("input", { class: "govuk-file-upload", id: "photo-file", type: "file", accept: "image/*", capture: "environment", "aria-describedby": "photo-hint", onchange: add });

  async function add() {
    const [file] = input.files;
    if (!file) return;
    saving();
    told.textContent = "Keeping the photo";
    input.disabled = true;
    try {
      await ready();
      savedHere((await review.addPhoto(key, file, caption.value.trim())).at);
      [input.value, caption.value] = ["", ""];
      told.textContent = `The photo is on this device. ${plural(review.photos(key).length, "photo")} on this note.`;
      refresh();
    } catch (error) {
      const words = error.words ?? "Not saved: this device could not keep the photo. Take it again.";
      told.textContent = words;
      notSaved(words);
    } finally {
      input.disabled = false;
    }
  }

  return h("div", { class: "portal-panel" },
    h("div", { class: "govuk-form-group" }, h("label", { class: "govuk-label", for: "photo-caption" }, "What the photo shows (optional)"), caption),
    h("div", { class: "govuk-form-group govuk-!-margin-bottom-2" },
      h("label", { class: "govuk-label govuk-label--s", for: "photo-file" }, "Take a photo"),
      h("div", { class: "govuk-hint", id: "photo-hint" }, "Photograph documents, forms without names, boards and rooms. Never photograph clients, or anything with a client’s name or date of birth. The photo is made smaller, and where and when it was taken is left out."),
      input),
    told);
}

function size(bytes) {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
