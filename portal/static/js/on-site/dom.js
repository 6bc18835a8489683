// Building pages from elements. Text is only ever text: nothing here reads HTML.

// A browser writes what stands in these into its own file of open pages, in clear, unless it is told not to.
const FIELDS = new Set(["input", "textarea", "select"]);
const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "indeterminate"]);

// h("p", { class: "govuk-body" }, "Words ", h("strong", null, "strong")): an element.
// on<event> attributes are functions; true is an attribute without a value; null, false and undefined are none.
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  if (FIELDS.has(tag)) element.setAttribute("autocomplete", "off");
  const given = Object.entries(attributes ?? {}).filter(([, value]) => value !== null && value !== undefined);
  for (const [name, value] of given) if (!PROPERTIES.has(name)) set(element, name, value);
  element.append(...flat(children));
  for (const [name, value] of given) if (PROPERTIES.has(name)) element[name] = value; // a select's needs its options
  return element;
}

// Put these in the place of all that a node holds.
export function replace(node, ...children) {
  node.replaceChildren(...flat(children));
}

function set(element, name, value) {
  if (name.startsWith("on") && typeof value === "function") element.addEventListener(name.slice(2).toLowerCase(), value);
  else if (name.startsWith("aria-") || name.startsWith("data-")) element.setAttribute(name, String(value));
  else if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
