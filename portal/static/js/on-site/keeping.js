// Keeping what is typed: after a pause, at once where a tap is meant, and before the page is left.
import { notSaved, savedHere, saving } from "./status.js";
import { NotSaved } from "./work.js";

export const QUIET = 400; // milliseconds without a key before what is typed is kept
const LONGEST = 2000; // milliseconds until it is kept while typing or dictating goes on without a pause
const AGAIN = 10000; // milliseconds before what could not be kept is tried again
const FAILED = "Not saved: this device could not keep it. What you typed stays on this page.";

// `keep(fields)` stores changed fields and resolves with {at} once they are safe; what it refuses is tried again.
// `problems()`: {field: words} of what the server would refuse. Such a field waits while it is being mended, and
// the strip says so; before the page is left it is kept as it is, for nothing typed may vanish.
export function keeping(keep, problems = () => ({})) {
  let unkept = {};
  let storing = {}; // on its way to the disk
  let timer = null;
  let since = null; // when the first of what is not kept was typed
  let why = "";
  let last = Promise.resolve();

  function edited(fields, wait = 0) {
    Object.assign(unkept, fields);
    clearTimeout(timer);
    since ??= performance.now();
    const left = Math.min(wait, since + LONGEST - performance.now());
    if (left <= 0) return now();
    timer = setTimeout(now, left);
    return last;
  }

  function now(whole = false) {
    clearTimeout(timer);
    since = null;
    last = last.then(() => once(whole === true));
    return last;
  }

  async function once(whole) {
    const wrong = whole ? {} : problems();
    const fields = Object.fromEntries(Object.entries(unkept).filter(([name]) => !(name in wrong)));
    const mend = Object.entries(wrong).find(([name]) => name in unkept)?.[1];
    why = "";
    if (Object.keys(fields).length) await store(fields);
    if (mend && !why) notSaved(`Not saved: ${mend}`);
  }

  async function store(fields) {
    for (const name of Object.keys(fields)) delete unkept[name];
    storing = fields;
    saving();
    try {
      savedHere((await keep(fields)).at);
    } catch (error) {
      unkept = { ...fields, ...unkept };
      why = error.words ?? FAILED;
      notSaved(why);
      timer = setTimeout(now, AGAIN);
    } finally {
      storing = {};
    }
  }

  const hidden = () => { if (document.visibilityState === "hidden") now(true); };
  const gone = () => now(true);
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", gone);

  return {
    edited,
    // Whether this field was typed in and is not kept yet: nothing from elsewhere may replace it on the page.
    holds: (name) => name in unkept || name in storing,
    // Before the page is left. Raises NotSaved where something could not be kept: the page then stays.
    async leave() {
      await now(true);
      if (why) throw new NotSaved(why);
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("pagehide", gone);
    },
  };
}
