// Waits for something that is being made: asks every second, then every three, and reloads when it is there.
const place = document.querySelector("[data-waiting]");
let asked = 0;

async function ask() {
  asked += 1;
  try {
    const answer = await fetch(place.dataset.waiting, { headers: { Accept: "application/json" } });
    if (answer.ok && (await answer.json()).ready) {
      place.querySelector("[role=status]").textContent = place.dataset.ready ?? "The PDF is ready.";
      window.location.assign(window.location.href);
      return;
    }
  } catch {
    // The connection may come back: ask again.
  }
  if (asked < 200) window.setTimeout(ask, asked < 10 ? 1000 : 3000);
}

if (place) window.setTimeout(ask, 1000);
