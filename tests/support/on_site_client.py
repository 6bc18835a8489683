"""The on-site client in a browser: checking out, locking, edits as its pages make them, what is stored."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.support.assessing import email
from tests.support.browsing import PATIENCE
from tests.support.site import Site

PASSPHRASE = "four words far apart"
ARRIVES_SECONDS = PATIENCE / 1000

_EDIT = """async ([review, kind, key, fields]) => {
    const work = await import('/static/js/on-site/work.js');
    const status = await import('/static/js/on-site/status.js');
    const { count } = await import('/static/js/on-site/count.js');
    const opened = await work.openReview(review);
    status.saving();
    try {
        const { at } = await opened.edit(kind, key, fields);
        status.savedHere(at);
        await count(); // the strip counts this edit before a test reads it
        return null;
    } catch (error) {
        if (!(error instanceof work.NotSaved)) throw error;
        status.notSaved(error.words);
        return error.words;
    }
}"""

_SEND = "async () => { await (await import('/static/js/on-site/sync.js')).sendNow(); }"

# Marks what the client shows, where another address of it is about to be opened: gone once that is drawn.
_LEAVING = """(hash) => {
    const shown = document.querySelector('#main-content > *');
    if (location.hash !== hash) shown?.setAttribute('data-leaving', '');
}"""

_RECORD = """async ([review, kind, key]) => {
    const { openReview } = await import('/static/js/on-site/work.js');
    return (await openReview(review)).record(kind, key);
}"""

_PHOTO = """async ([review, note]) => {
    const { openReview } = await import('/static/js/on-site/work.js');
    const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 1200 });
    const drawing = canvas.getContext('2d');
    const noise = drawing.createImageData(1600, 1200);
    for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : (at * 7919) % 251;
    drawing.putImageData(noise, 0, 0);
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', 0.9); });
    return (await (await openReview(review)).addPhoto(note, blob, 'The vacancy board')).id;
}"""

# Everything that scripts can find of what is stored here, as one text: databases, caches, both storages.
_DUMP = """async () => {
    const isBytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
    const field = ([name, each]) => `${name}: ${text(each)}`;
    const fields = (value) => Object.entries(value).map(field).join('\\n');
    const text = (value) => {
        if (isBytes(value)) return new TextDecoder('latin1').decode(value);
        return value && typeof value === 'object' ? fields(value) : String(value);
    };
    const done = (request) => new Promise((resolve) => {
        request.onsuccess = () => resolve(request.result);
    });
    const found = [...Object.values(localStorage), ...Object.values(sessionStorage)];
    found.push(document.documentElement.outerHTML);
    for (const { name } of await indexedDB.databases()) {
        const db = await done(indexedDB.open(name));
        for (const store of db.objectStoreNames) {
            const rows = await done(db.transaction(store).objectStore(store).getAll());
            found.push(`store ${store}`, ...rows.map(text));
        }
        db.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            found.push(`kept ${request.url}`, await (await cache.match(request)).text());
        }
    }
    return found.join('\\n');
}"""


def interview(text: str, item_key: str) -> tuple[str, dict[str, object]]:
    """A new note of an interview: its key and its fields."""
    fields = {"kind": "interview", "role": "clinician", "source": "INT", "heading": "Ward", "text": text}
    return str(uuid.uuid4()), fields | {"item_keys": [item_key], "taken_on": "2026-03-02"}


@dataclass(frozen=True)
class Client:
    """A page of the client, for one review."""

    page: Page
    site: Site
    review_id: UUID

    def goes(self, hash_: str = "/") -> None:
        """Open a page of the client by its address after the #."""
        self.page.goto(f"{self.site.url}/on-site/#{hash_}")

    def opens(self, path: str) -> Page:
        """Open a page of the review by its path: "/item/3"."""
        hash_ = f"/review/{self.review_id}{path}"
        self.page.evaluate(_LEAVING, f"#{hash_}")
        self.goes(hash_)
        expect(self.page.locator("#main-content > [data-leaving]")).to_have_count(0)
        expect(self.page).to_have_title(re.compile("– On site –"))
        return self.page

    def checks_out(self) -> None:
        """Check the review out as whoever is signed in, with a new passphrase or their own."""
        self.goes(f"/check-out/{self.review_id}")
        expect(self.page.get_by_role("button", name="Check out to this device")).to_be_visible()
        self.page.locator("#passphrase").fill(PASSPHRASE)
        if self.page.locator("#again").count():
            self.page.locator("#again").fill(PASSPHRASE)
        self.presses("Check out to this device")
        self.heading("Checked out to this device")

    def signs_in(self, who: str) -> None:
        """Make the browser this person's."""
        name, value = self.site.cookie_for(email(who))
        self.page.context.add_cookies(
            [{"name": name, "value": value, "url": self.site.url, "httpOnly": True}]
        )

    def ready(self) -> Client:
        """With the review on it, at the list of what is on it."""
        self.checks_out()
        self.goes()
        self.heading("Reviews on this device")
        self.page.evaluate(_SEND)  # the round of sending that checking out begins is over
        return self

    def unlocks(self) -> None:
        """Type the passphrase."""
        self.page.locator("input[type=password]").first.fill(PASSPHRASE)
        self.presses("Unlock")
        expect(self.page.get_by_role("button", name="Lock now")).to_be_visible()

    def presses(self, name: str) -> None:
        """Press a button by its exact name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def heading(self, words: str) -> None:
        """Fail unless this page is shown."""
        expect(self.page.locator("h1")).to_have_text(words)

    def shows(self, words: str) -> None:
        """Fail unless the page says this."""
        expect(self.page.locator("main")).to_contain_text(words)

    def state(self, words: str) -> None:
        """Fail unless the strip says so of what was typed."""
        expect(self.page.locator("#on-site-state")).to_contain_text(words)

    def waits(self, words: str) -> None:
        """Fail unless the strip counts so."""
        expect(self.page.locator("#on-site-count")).to_have_text(words)

    def notice(self, words: str) -> None:
        """Fail unless the strip says this of sending."""
        expect(self.page.locator("#on-site-notice")).to_contain_text(words)

    def edits(self, kind: str, key: str, /, **fields: Any) -> str | None:
        """Make an edit as a page of work does; what it says when the browser refuses it."""
        refused: str | None = self.page.evaluate(_EDIT, [str(self.review_id), kind, key, fields])
        return refused

    def record(self, kind: str, key: str) -> dict[str, Any] | None:
        """A record as pages of work see it at this moment, if there is one."""
        found: dict[str, Any] | None = self.page.evaluate(_RECORD, [str(self.review_id), kind, key])
        return found

    def holds(self, kind: str, key: str) -> dict[str, Any]:
        """The fields of a record at this moment; none where there is no such record."""
        fields: dict[str, Any] = (self.record(kind, key) or {"fields": {}})["fields"]
        return fields

    def version(self, kind: str, key: str) -> int:
        """The version of a record at this moment; 0 where there is no such record."""
        version: int = (self.record(kind, key) or {"version": 0})["version"]
        return version

    def comes_to_hold(self, kind: str, key: str, /, **fields: Any) -> dict[str, Any]:
        """The record, once it has these values, typed here or come from the portal; fails if it never has."""
        until = monotonic() + ARRIVES_SECONDS
        while True:
            found = self.record(kind, key)
            if found is not None and fields.items() <= found["fields"].items():
                return found
            held = found and found["fields"]
            assert monotonic() < until, f"the device still holds {held}, not {fields}"
            self.page.wait_for_timeout(50)

    def takes_photo(self, note: str) -> str:
        """Add a large photo to a note; its id."""
        made: str = self.page.evaluate(_PHOTO, [str(self.review_id), note])
        return made

    def photo_states(self, note: str) -> list[str]:
        """How far the photos of a note have got."""
        found: list[str] = self.page.evaluate(
            """async ([review, note]) => {
                const { openReview } = await import('/static/js/on-site/work.js');
                return (await openReview(review)).photos(note).map(({ state }) => state);
            }""",
            [str(self.review_id), note],
        )
        return found

    def stored(self) -> str:
        """All that is stored on the device, as text."""
        found: str = self.page.evaluate(_DUMP)
        return found
