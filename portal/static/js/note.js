// A note: saved as one goes, items found by typing, questions of the guide taken into the note.
import { QUIET, saving, sentOnce } from "./saving.js";

const form = document.getElementById("note-form");
const text = document.getElementById("text");
const saver = saving(form, document.getElementById("save-status"), {
  saved: (body) => {
    if (window.location.pathname !== new URL(form.action).pathname) window.history.replaceState(null, "", form.action);
    return `Saved at ${body.saved_at}`;
  },
  stale: () => [
    "Not saved: somebody else saved this note first.",
    { href: "#", text: "Show both versions", click: (event) => { event.preventDefault(); leave(); } },
  ],
});
const leave = sentOnce(form, saver);

form.addEventListener("input", (event) => {
  if (event.target.id !== "items-filter") saver.edited(event.target === text || event.target.type === "text" ? QUIET : 0);
});

// --- items ----------------------------------------------------------------------------------

const filter = document.getElementById("items-filter");
document.getElementById("items-search").hidden = false;
filter.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of document.querySelectorAll("#items-list > [data-name]")) {
    item.hidden = !words.every((word) => item.dataset.name.includes(word)) && !item.querySelector("input").checked;
  }
});

// --- questions ------------------------------------------------------------------------------

for (const section of document.querySelectorAll(".portal-ask[data-item]")) {
  for (const line of section.querySelectorAll("li")) {
    const button = line.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => {
      const gap = text.value && !text.value.endsWith("\n\n") ? (text.value.endsWith("\n") ? "\n" : "\n\n") : "";
      text.value += `${gap}${line.querySelector(".portal-ask__text").textContent}\n`;
      document.getElementById(section.dataset.item).checked = true;
      text.focus();
      text.setSelectionRange(text.value.length, text.value.length);
      text.scrollTop = text.scrollHeight;
      saver.edited(QUIET);
    });
  }
}
