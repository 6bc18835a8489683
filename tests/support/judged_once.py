"""Judge alike pages once a run: two that differ only in their keys and tokens are equally sound.

Every test runs on both engines and most open the same few pages, so the same page comes many times over
with other UUIDs, another nonce and another token of its form. Each of these is replaced by its place in the
order of appearance, one for one, which keeps what the judges look at: ids that repeat, references that lead
somewhere, a nonce that is the policy's. A page with a fault is never kept, so it fails every test that
opens it.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.support import html_judge, run_folder
from tests.support.pages import Page

_KEY = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_TOKEN = r'(?<=name="csrf_token" type="hidden" value=")[\w.-]+'
_NONCE = r"""(?<=nonce=")[\w-]+(?=")|(?<='nonce-)[\w-]+(?=')"""
_OWN = re.compile(f"{_KEY}|{_TOKEN}|{_NONCE}")


def problems(page: Page) -> list[str]:
    """Every fault of a page, as `html_judge` finds them."""
    policy = page.response.headers.get("Content-Security-Policy", "")
    sound = _kept() / fingerprint(page.response.text, policy)
    if sound.exists():
        return []
    faults = html_judge.problems(page.response.text, policy, page.soup)
    if not faults:
        sound.touch()
    return faults


def fingerprint(html: str, policy: str) -> str:
    """The same for two pages that are alike but for their keys and tokens."""
    places: dict[str, str] = {}
    alike = _OWN.sub(lambda own: places.setdefault(own[0], f"\0{len(places)}\0"), f"{policy}\n{html}")
    return sha256(alike.encode()).hexdigest()


@cache
def _kept() -> Path:
    folder = run_folder.folder() / "judged"
    folder.mkdir(exist_ok=True)
    return folder
