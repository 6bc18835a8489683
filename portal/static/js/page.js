// Starts the GOV.UK components on the page. Loaded on every page as a module.
const self = document.querySelector("script[data-govuk]");
const { initAll } = await import(self.dataset.govuk);
initAll();
