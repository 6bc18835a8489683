// Locking by itself when nobody has touched the page for a while.
import { isUnlocked } from "./vault.js";

const QUIET = 15 * 60_000; // milliseconds
const LOOK = 10_000;

let touched = { wall: Date.now(), steady: performance.now() };

export function guard(lock) {
  for (const event of ["pointerdown", "keydown", "input", "wheel"]) window.addEventListener(event, touch, { capture: true, passive: true });
  const look = () => isUnlocked() && quiet() >= QUIET && lock();
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look); // timers stand still while a tablet sleeps
}

function touch() {
  touched = { wall: Date.now(), steady: performance.now() };
}

// By whichever clock says more: one may be set, the other may stand still in sleep.
function quiet() {
  return Math.max(Date.now() - touched.wall, performance.now() - touched.steady);
}
