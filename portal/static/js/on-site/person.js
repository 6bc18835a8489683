// The corner of the header: whose work is unlocked, locking it, signing out.
import { h, replace } from "./dom.js";
import { isUnlocked, lockEverywhere, mine } from "./vault.js";

const corner = document.getElementById("on-site-person");

export function showPerson() {
  const portal = h("a", { class: "portal-header__account", href: "/" }, "Portal");
  if (!isUnlocked()) return replace(corner, portal);
  return replace(corner,
    h("span", null, mine().name),
    h("button", { class: "portal-header__sign-out", type: "button", onclick: lockEverywhere }, "Lock now"),
    h("a", { class: "portal-header__account", href: "#/sign-out" }, "Sign out"),
    portal,
  );
}
