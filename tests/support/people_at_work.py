"""The demonstration as browser tests use it: its addresses, and people who each have a browser."""

from __future__ import annotations

from dataclasses import dataclass

from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Locator, Page, expect

from tests.support.site import Site


@dataclass(frozen=True)
class Demo:
    """The demonstration, served. `facts`: its assessments by state, and what rare_states.py added."""

    site: Site
    facts: dict[str, str]

    def at(self, path: str) -> str:
        """The address of a path, in which {names} stand for facts: "/assessments/{half}"."""
        return self.site.url + path.format(**self.facts)

    def cookie(self, role: str) -> SetCookieParam:
        """The cookie with which a browser is the demonstration's person of this role."""
        name, value = self.site.cookie_for(f"{role}@example.org")
        return {"name": name, "value": value, "url": self.site.url, "httpOnly": True}


@dataclass(frozen=True)
class Somebody:
    """A person of the demonstration with a browser."""

    demo: Demo
    role: str
    page: Page

    def opens(self, path: str) -> Page:
        """Go to a path, see Demo.at."""
        self.page.goto(self.demo.at(path))
        return self.page

    def button(self, name: str) -> Locator:
        """A button by its exact name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def presses(self, name: str) -> None:
        """Press the button, or the link that looks like one; a page that it leads to has its scripts then."""
        self.button(name).click()
        self.page.wait_for_load_state()

    def follows(self, name: str) -> None:
        """Follow the link whose name contains these words, until the page is there with its scripts."""
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def types(self, label: str, text: str) -> None:
        """Replace what a field holds, as fast as a paste."""
        self.page.get_by_label(label, exact=True).fill(text)

    def reads(self, text: str) -> None:
        """Fail unless the page's main part says this."""
        expect(self.page.locator("main")).to_contain_text(text)

    def heading(self, text: str) -> None:
        """Fail unless the page's heading says this."""
        expect(self.page.locator("h1")).to_contain_text(text)
