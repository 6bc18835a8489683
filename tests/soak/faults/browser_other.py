"""F9: another person takes the tablet: they read nothing, send nothing, and see that work is there."""

from __future__ import annotations

from tests.soak.browser.tablet import BrowserTablet
from tests.soak.faults.fault import CHROMIUM, Fault
from tests.soak.ground import LEAD, SECOND
from tests.soak.run import Run, demand

NAME = "Lead reviewer Person"


def another_person(run: Run) -> None:
    """A types, the tablet is locked, B signs in and looks everywhere; then A goes on."""
    review = run.review()
    tablet = BrowserTablet(run, review)
    tablet.proxy.fall()
    tablet.item(run.chance.randint(1, 20))
    secret = run.words()
    tablet.type("rationale", secret)
    tablet.client.presses("Lock now")
    tablet.client.heading("Unlock your work")
    tablet.sign_in(SECOND)
    tablet.proxy.rise()
    tablet.client.goes("/waiting")
    tablet.page.wait_for_timeout(300)
    tablet.page.reload()
    tablet.client.shows(NAME)
    waiting = "1 edit" if len(tablet.told.operations) == 1 else f"{len(tablet.told.operations)} edits"
    tablet.client.waits(f"{waiting} waiting to be sent")
    _unread(tablet, secret)
    tablet.client.checks_out()
    tablet.client.goes()
    tablet.client.shows(f"Work of {NAME} is on this device too, with {waiting} not sent yet")
    tablet.client.goes("/waiting")
    tablet.client.presses("Send now")
    tablet.client.shows("Nothing waits")
    demand(run.stored() == 0, "another person sent the first one's work")
    _unread(tablet, secret)
    run.facts["looked through"] += 2
    tablet.client.presses("Lock now")
    tablet.sign_in(LEAD)
    tablet.client.goes()
    section = tablet.page.get_by_role("region", name=f"Work of {NAME}")
    section.locator("input[type=password]").fill("four words far apart")
    section.get_by_role("button", name="Unlock").click()
    tablet.page.get_by_role("button", name="Lock now").wait_for()
    tablet.sent()
    demand(run.stored() == len(tablet.told.operations), "the first person's edit did not arrive")


def _unread(tablet: BrowserTablet, secret: str) -> None:
    """Neither scripts nor the profile's files find these words; what is planted has to be found."""
    word = secret.rsplit(maxsplit=1)[-1]
    planted = word[::-1]
    tablet.page.evaluate("word => localStorage.setItem('planted', word)", planted)
    stored = tablet.client.stored() + tablet.page.content()
    demand(planted in stored, "the search finds nothing at all: it proves nothing")
    demand(word not in stored, "a script finds the first one's words")
    for path in tablet.chromium.profile.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            found = any(word.encode(coding) in content for coding in ("utf-8", "utf-16-le"))
            demand(not found, f"{path.relative_to(tablet.chromium.profile)} has the first one's words")


FAULTS = (Fault("F9", "Another person on the tablet", 20, another_person, engines=CHROMIUM),)
