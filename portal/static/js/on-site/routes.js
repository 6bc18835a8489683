// Which page an address after the # means. Pure: no document, no window.

const PAGES = [
  ["home", /^\/$/, []],
  ["check_out", /^\/check-out\/([\w-]+)$/, ["review"]],
  ["waiting", /^\/waiting$/, []],
  ["forgotten", /^\/forgotten\/([\w-]+)$/, ["person"]],
  ["leaving", /^\/sign-out$/, []],
  ["review", /^\/review\/([\w-]+)$/, ["id"]],
  ["item", /^\/review\/([\w-]+)\/item\/(\d+)$/, ["id", "number"]],
  ["notes", /^\/review\/([\w-]+)\/notes$/, ["id"]],
  ["note", /^\/review\/([\w-]+)\/notes\/([\w-]+)$/, ["id", "note"]],
  ["worksheet", /^\/review\/([\w-]+)\/worksheets\/([\w-]+)$/, ["id", "worksheet"]],
  ["gaps", /^\/review\/([\w-]+)\/gaps$/, ["id"]],
];

// {name, params, query} of an address like "#/review/1f…/item/3?from=gaps", or null where there is no such page.
export function route(hash) {
  const [path, search = ""] = (hash.replace(/^#/, "") || "/").split("?", 2);
  for (const [name, pattern, names] of PAGES) {
    const found = pattern.exec(path);
    if (found) {
      const params = Object.fromEntries(names.map((each, at) => [each, found[at + 1]]));
      return { name, params, query: new URLSearchParams(search) };
    }
  }
  return null;
}
