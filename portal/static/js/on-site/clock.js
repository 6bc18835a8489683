// What time it is. A tablet's clock may be a day wrong, and a note dated tomorrow is refused: what the server said
// at the last contact sets it right, also later without a network. Edits keep the tablet's own time.

const KEY = "on-site-clock"; // milliseconds that the server is ahead of this device
const USUAL = 10 * 60_000; // a difference that no date hangs on

export function heard(serverTime) {
  const ahead = Date.parse(serverTime) - Date.now();
  try {
    if (Math.abs(ahead) > USUAL) localStorage.setItem(KEY, String(ahead));
    else localStorage.removeItem(KEY);
  } catch {
    // this browser keeps nothing: its own clock has to do
  }
}

export function now() {
  return new Date(Date.now() + ahead());
}

function ahead() {
  try {
    return Number(localStorage.getItem(KEY)) || 0;
  } catch {
    return 0;
  }
}
