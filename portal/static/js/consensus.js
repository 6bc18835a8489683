// The consensus page: each item is saved as it is agreed, without leaving its place.
import { QUIET, saving } from "./saving.js";

const forms = [...document.querySelectorAll("#consensus form")];
const FIELDS = ["rating", "reason", "comment"];

function needsReason(form) {
  const rating = form.elements.rating.value;
  return rating !== "" && !form.dataset.given.split(" ").includes(rating);
}

// The reason's field is there where it is needed, and where something is written in it.
function showReason(form) {
  const text = form.elements.reason.value.trim();
  form.querySelector(".portal-pair__reason").hidden = !needsReason(form) && !text;
}

function count() {
  const tags = [...document.querySelectorAll(".portal-agreed")];
  const agreed = tags.map((tag) => Number(tag.dataset.agreed)).filter(Boolean);
  for (const line of document.querySelectorAll("[data-progress]")) line.textContent = `${agreed.length} agreed · ${tags.length - agreed.length} to discuss`;
  document.querySelector("[data-total]").textContent = agreed.reduce((sum, rating) => sum + rating, 0);
}

function mark(form, rating) {
  const tag = document.querySelector(`#item-${form.dataset.item} .portal-agreed`);
  tag.dataset.agreed = rating;
  tag.textContent = `Agreed ${rating}`;
  tag.classList.replace("govuk-tag--yellow", "govuk-tag--green");
  count();
}

function button(text, click) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "portal-link-button", textContent: text });
  made.addEventListener("click", click);
  return made;
}

function fill(form, values) {
  for (const name of FIELDS) form.elements[name].value = values[name] ?? "";
  showReason(form);
}

for (const form of forms) {
  const status = form.querySelector('[role="status"]');

  const saver = saving(form, status, {
    saved: (body) => {
      mark(form, body.rating);
      return `Saved at ${body.saved_at}`;
    },
    refused: (problems) => {
      if (problems.reason) form.querySelector(".portal-pair__reason").hidden = false;
    },
    stale: (body) => {
      both(body);
      return ["Not saved: your colleague agreed this item first."];
    },
  });

  // Both versions: nothing is overwritten until one of the two is chosen.
  function both({ current, version }) {
    const panel = Object.assign(document.createElement("div"), { className: "portal-conflict portal-conflict--small", tabIndex: -1 });
    const words = Object.assign(document.createElement("p"), { className: "govuk-body portal-kept" });
    words.textContent = [`Your colleague agreed ${current.rating ?? "nothing"}.`, current.reason && `Why: ${current.reason}`, current.comment && `For the report: ${current.comment}`].filter(Boolean).join("\n");
    const choice = Object.assign(document.createElement("p"), { className: "govuk-body govuk-!-margin-bottom-0" });
    const done = (keep) => () => {
      form.elements.version.value = version;
      panel.remove();
      if (!keep) {
        fill(form, current);
        if (current.rating) mark(form, current.rating);
      }
      saver.resolved(keep);
      form.querySelector('input[type="radio"]:checked')?.focus();
    };
    choice.append(button("Take theirs", done(false)), " ", button("Keep mine", done(true)));
    panel.append(words, choice);
    form.prepend(panel);
    panel.focus();
  }

  function changed(wait) {
    showReason(form);
    if (!form.elements.rating.value) saver.waits("Choose a rating");
    else if (needsReason(form) && !form.elements.reason.value.trim()) saver.waits("Not saved yet: say why it is neither of the two.");
    else saver.edited(wait);
  }

  form.addEventListener("input", (event) => changed(event.target.type === "radio" ? 0 : QUIET));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed(0);
  });
  showReason(form);
}
