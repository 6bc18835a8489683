// The client's frame: which page is shown, what happens before it goes, locking.
import { watchCount } from "./count.js";
import { h, replace } from "./dom.js";
import { showPerson } from "./person.js";
import { route } from "./routes.js";
import * as status from "./status.js";
import * as sync from "./sync.js";
import { guard } from "./touch.js";
import { unusable } from "./storage.js";
import { watchVersions } from "./versions.js";
import { Locked, isUnlocked, lock, onLock } from "./vault.js";
import { NotHere, NotSaved, openReview } from "./work.js";
import * as checkOut from "./views/check_out.js";
import * as elsewhere from "./views/elsewhere.js";
import * as forgotten from "./views/forgotten.js";
import * as gaps from "./views/gaps.js";
import * as home from "./views/home.js";
import * as item from "./views/item.js";
import * as leaving from "./views/leaving.js";
import * as note from "./views/note.js";
import * as notes from "./views/notes.js";
import * as review from "./views/review.js";
import * as unlock from "./views/unlock.js";
import * as waiting from "./views/waiting.js";
import * as worksheet from "./views/worksheet.js";

// All in memory from the start: none has to be fetched when the network is gone.
const VIEWS = { check_out: checkOut, forgotten, gaps, home, item, leaving, note, notes, review, waiting, worksheet };
const OPEN = new Set(["home", "check_out", "forgotten", "leaving"]); // shown to whoever holds the tablet

const main = document.getElementById("main-content");
let leave = null; // what the page on show does before it goes: it saves what is still being typed
let shown = null; // its address
let turning = Promise.resolve(); // pages are turned one after the other

function go(hash) {
  if (location.hash === hash) turn();
  else location.hash = hash;
}

function turn() {
  turning = turning.then(turnNow).catch(trouble);
  return turning;
}

async function turnNow() {
  const wanted = location.hash || "#/";
  if (!(await left())) {
    if (shown !== wanted) history.replaceState(null, "", shown);
    return;
  }
  const first = shown === null;
  shown = wanted;
  showPerson();
  await show(wanted);
  if (!first) arrive();
}

// Whether the page on show may go. What cannot be saved stays on the screen.
async function left() {
  try {
    await leave?.();
  } catch (error) {
    if (!(error instanceof NotSaved)) throw error;
    status.notSaved(error.words);
    return false;
  }
  leave = null;
  return true;
}

async function show(hash) {
  const found = route(hash);
  const context = { review: null, params: found?.params ?? {}, query: found?.query ?? new URLSearchParams(), go, again: turn };
  const page = h("div");
  let view = await viewFor(found, context);
  try {
    leave = (await view.render(page, context)) ?? null;
  } catch (error) {
    if (!(error instanceof Locked)) throw error;
    view = unlock;
    replace(page);
    await unlock.render(page, context);
  }
  replace(main, page);
  document.title = `${view.title(context)} – On site – Fidelity portal`;
}

async function viewFor(found, context) {
  if (!found) return elsewhere;
  if (!OPEN.has(found.name) && !isUnlocked()) return unlock;
  try {
    if (found.params.id) context.review = await openReview(found.params.id);
    return VIEWS[found.name];
  } catch (error) {
    if (error instanceof NotHere) return elsewhere;
    if (error instanceof Locked) return unlock;
    throw error;
  }
}

// A reader of the screen hears the new page's heading; the eye is at its top.
function arrive() {
  window.scrollTo(0, 0);
  const heading = main.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

async function lockNow() {
  turning = turning.then(async () => {
    if (!(await left())) return;
    lock();
    await turnNow();
  }).catch(trouble);
  await turning;
}

// A fault of ours. What is stored is not touched by it.
function trouble(error) {
  console.error(error);
  stop("This page could not be shown", "What was saved on this device is still there. Load the page again; if it fails again, save your edits as a file under “edits waiting”.");
}

function stop(title, words) {
  replace(main, h("h1", { class: "govuk-heading-l" }, title), h("p", { class: "govuk-body" }, words));
  document.title = `${title} – On site – Fidelity portal`;
}

async function begin() {
  try {
    await watchCount();
  } catch (error) {
    return stop("This browser stores nothing for these pages", unusable(error));
  }
  await turn();
  return sync.start();
}

window.addEventListener("hashchange", turn);
document.getElementById("on-site-skip").addEventListener("click", (event) => {
  event.preventDefault(); // an address after the # is a page here
  main.focus();
});
onLock(lockNow);
guard(lockNow);
watchVersions(left);
await begin();
