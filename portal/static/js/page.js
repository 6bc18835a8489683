// Stands before signing out, and starts the GOV.UK components on the page. Loaded on every page as a module.
import { unsent } from "./signing_out.js";

// Edits made on site that are only on this device are sent, or shown, before their owner signs out.
const leaving = document.querySelector("form[data-person]");
leaving?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await unsent(leaving.dataset.person)) window.location.assign(leaving.dataset.onSite);
  else leaving.submit();
});

const self = document.querySelector("script[data-govuk]");
const { initAll } = await import(self.dataset.govuk);
initAll();
