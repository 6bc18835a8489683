// The rating sheet: the running total, and a warning before unsaved ratings are left behind.
const form = document.getElementById("sheet");
const line = document.getElementById("score-line");
const groups = new Map();
for (const radio of form.querySelectorAll('input[type="radio"]')) {
  if (!groups.has(radio.name)) groups.set(radio.name, []);
  groups.get(radio.name).push(radio);
}
let touched = form.querySelector(".portal-sheet-row--differs") !== null;

function count() {
  const chosen = [...groups.values()].map((radios) => radios.find((radio) => radio.checked)).filter(Boolean);
  const total = chosen.reduce((sum, radio) => sum + Number(radio.value), 0);
  const open = groups.size - chosen.length;
  const range = open ? ` · total so far ${total} · can still be ${total + open} to ${total + 5 * open}` : ` · total ${total} of ${5 * groups.size}`;
  line.replaceChildren(Object.assign(document.createElement("strong"), { textContent: `${chosen.length} of ${groups.size} rated` }), `${range}${touched ? " · not saved yet" : ""}`);
}

form.addEventListener("input", () => { touched = true; count(); });
form.addEventListener("submit", () => { touched = false; });
window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
if (touched) count();
