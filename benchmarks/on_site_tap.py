"""The on-site client in Chromium (issue 4, Performance): a tap on a rating, and 500 waiting edits sent.

python -m benchmarks.on_site_tap     kept in benchmarks/results/on_site_tap.txt
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.timing import Figure, spread
from tests.support import databases, reviewing, run_folder
from tests.support.assessing import email
from tests.support.on_site_client import Client
from tests.support.site import serving

RESULT = Path(__file__).parent / "results" / "on_site_tap.txt"
TAPS, WARM_UP, WAITING = 200, 20, 500

# From the tap until the strip says that it is saved on this device; as a person would, not all at once.
_TAPS = """async (number) => {
    const state = document.getElementById('on-site-state');
    const radios = [...document.querySelectorAll('main input[type=radio]')];
    const times = [];
    for (let tap = 0; tap < number; tap += 1) {
        state.dataset.state = 'measured';
        const saved = new Promise((resolve) => {
            const watch = new MutationObserver(() => {
                if (state.dataset.state !== 'here') return;
                watch.disconnect();
                resolve(performance.now());
            });
            watch.observe(state, { attributes: true });
        });
        const begun = performance.now();
        radios[tap % radios.length].click();
        times.push((await saved) - begun);
        await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    return times;
}"""

_TYPE = """async ([review, number]) => {
    const { openReview } = await import('/static/js/on-site/work.js');
    const opened = await openReview(review);
    const { items } = opened.pack;
    for (let at = 0; at < number; at += 1) {
        const { key } = items[at % items.length];
        await opened.edit('rating', key, { rationale: `Heard in the interview, number ${at}` });
    }
}"""

_SEND = """async () => {
    const { sendNow } = await import('/static/js/on-site/sync.js');
    const begun = performance.now();
    const { state } = await sendNow();
    if (state !== 'done') throw new Error(state);
    return performance.now() - begun;
}"""


def on_site_tap(folder: Path) -> Iterator[Figure]:
    """Both figures, from a tablet that is off the network and then on it again."""
    with _tablet(folder) as client:
        page = client.page
        page.context.set_offline(True)
        client.goes(f"/review/{client.review_id}/item/1")
        page.locator("#rationale").wait_for()
        median, late = spread(page.evaluate(_TAPS, TAPS + WARM_UP)[WARM_UP:])
        yield Figure("On site: tap to saved on this device", median, late, bound=50)
        page.context.set_offline(False)
        page.evaluate(_SEND)
        page.context.set_offline(True)
        page.evaluate(_TYPE, [str(client.review_id), WAITING])
        page.context.set_offline(False)
        took = page.evaluate(_SEND) / 1000
        yield Figure(f"On site: {WAITING} waiting edits sent by the client", took, unit="s", bound=5)


@contextmanager
def _tablet(folder: Path) -> Iterator[Client]:
    """A lead reviewer's tablet with a review on it."""
    with (
        databases.copy_of_template("sqlite", folder, "reviewing", reviewing.fill) as url,
        serving(url, folder / "data", worker=False) as site,
        sync_playwright() as playwright,
    ):
        with site.app.app_context():
            review_id = reviewing.in_fieldwork()
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page: Page = chromium.new_context(viewport={"width": 768, "height": 1024}).new_page()
        name, value = site.cookie_for(email("lead-reviewer"))
        page.context.add_cookies([{"name": name, "value": value, "url": site.url, "httpOnly": True}])
        client = Client(page, site, review_id)
        client.checks_out()
        yield client
        chromium.close()


def main() -> int:
    """Measure, print and keep. Returns 0: figures are measurements, not tests."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ.setdefault(run_folder.VARIABLE, folder)
        lines = [_line(figure) for figure in on_site_tap(Path(folder) / "tablet")]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _line(figure: Figure) -> str:
    late = "" if figure.p95 is None else f", p95 {figure.p95:.1f}"
    line = f"{figure.name}: median {figure.value:.1f}{late} {figure.unit}, bound {figure.bound:g}"
    print(line, flush=True)
    return line


if __name__ == "__main__":
    sys.exit(main())
