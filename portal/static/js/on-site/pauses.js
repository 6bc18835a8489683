// What holds up sending, in words, and what the person can do about it.
import { loadCheckOuts } from "./loading.js";
import { isUnlocked, mine, people } from "./vault.js";

const A_DAY = 24 * 60 * 60_000;
const SAFE = "What you type is kept on this device.";
const OLD = "Some edits have waited for more than a day: connect this device, or save them as an encrypted file.";
const NOTHING = { words: null, link: null };

// {words, link} for how a round ended; words are null when nothing holds it up. `left`: edits still waiting.
export async function pausedBy(outcome, left) {
  if (!isUnlocked()) return NOTHING;
  const paused = await PAUSES[outcome.state](outcome);
  return paused.words && left && (await oldestIsOld()) ? { ...paused, words: `${paused.words} ${OLD}` } : paused;
}

const PAUSES = {
  done: ({ missing }) => (missing.length ? { words: lost(missing), link: null } : NOTHING),
  locked: () => NOTHING,
  unreachable: () => ({ words: `No connection to the portal. ${SAFE}`, link: null }),
  trouble: () => ({ words: `Sending failed on this device and is tried again. ${SAFE}`, link: null }),
  refused: ({ words }) => ({ words: `The portal could not take your edits just now${words ? ` (${words})` : ""}. They are sent again by themselves. ${SAFE}`, link: null }),
  "signed-out": () => ({
    words: `Sending is paused: you are signed out. ${SAFE}`,
    link: { text: "Sign in in a new tab", href: "/sign-in?next=/on-site/", attributes: { target: "_blank", rel: "noopener" } },
  }),
  "other-person": ({ name }) => ({
    words: `Sending is paused: ${name} is signed in, and only ${mine().name} can send these edits. ${SAFE}`,
    link: { text: "Change who is signed in", href: "/account", attributes: { target: "_blank", rel: "noopener" } },
  }),
  "unknown-device": async () => ({
    words: `Sending is paused: the portal no longer knows this device. ${SAFE}`,
    link: await checkOutAgain(),
  }),
};

// Numbers that neither this device nor the server has: nobody must find that out later.
function lost(missing) {
  const number = missing.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const [what, are] = number === 1 ? ["edit", "is"] : ["edits", "are"];
  return `${number} ${what} made on this device never arrived and ${are} no longer stored here. Your lead reviewer is told. Look through your ratings and notes.`;
}

async function checkOutAgain() {
  const [first] = await loadCheckOuts();
  return first ? { text: "Check out again", href: `#/check-out/${first.review}` } : null;
}

async function oldestIsOld() {
  const me = (await people()).find((person) => person.personId === mine().personId);
  return Boolean(me?.oldest) && Date.now() - Date.parse(me.oldest) > A_DAY;
}
