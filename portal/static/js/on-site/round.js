// One round of sending: everything that waits, then photos, then what is new on the server. Only ever the work
// of the person who is both unlocked here and signed in there.
import { Refusal, deposit, sendOperations, whoAmI } from "./api.js";
import { nextBatch } from "./batches.js";
import { tellHere } from "./channel.js";
import { loadCheckOuts } from "./loading.js";
import { refreshPacks } from "./refreshing.js";
import { sendAll } from "./sending.js";
import { sendPhotos } from "./sending_photos.js";
import { mine } from "./vault.js";

// How a round ended: {state, …}. States: "done" (with `sent` and `missing`, see sending.js), "signed-out",
// "other-person" (with `name`), "unknown-device". Raises Unreachable, and Refusal for what the server could not
// take just now.
export async function round() {
  const { personId } = mine();
  try {
    const me = await whoAmI();
    tellHere({ what: "build", build: me.build });
    if (me.person_id !== personId) return { state: "other-person", name: me.name };
    const done = await sendAll((text) => withToken(me, text));
    await sendPhotos(me.token);
    await refreshPacks();
    return { state: "done", ...done };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 401) return depositAll();
    if (error.status === 403 && error.error === "device") return { state: "unknown-device" };
    if (error.status === 409 && error.error === "unknown-device") return { state: "unknown-device" };
    throw error;
  }
}

// A token lives as long as its sign-in: when that was renewed meanwhile, ask for the new one, once.
async function withToken(me, text) {
  try {
    return await sendOperations(me.token, text);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 400 || error.error !== "token") throw error;
    const again = await whoAmI();
    if (again.person_id !== me.person_id) throw new Refusal(401, { error: "sign-in" });
    me.token = again.token;
    return sendOperations(me.token, text);
  }
}

// Nobody is signed in. Somebody who may no longer sign in can still hand in what they had typed.
async function depositAll() {
  const batch = await nextBatch();
  const secret = (await loadCheckOuts()).sort((one, other) => (one.at < other.at ? 1 : -1))[0]?.depositToken;
  if (batch.operations.length === 0 || !secret) return { state: "signed-out" };
  try {
    const { sent } = await sendAll((text) => deposit(secret, text));
    return { state: "done", sent, missing: [] };
  } catch (error) {
    if (error instanceof Refusal && (error.status === 401 || error.status === 403)) return { state: "signed-out" };
    throw error;
  }
}
