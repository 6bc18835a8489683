"""What the documents say of settings and sign-ins is what the code says."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from portal.core.config import PREFIX, Settings
from portal.demonstration.people import SIGN_INS

ROOT = Path(__file__).resolve().parents[3]
ROW = re.compile(r"^\| `(PORTAL_[A-Z_]+)` \| (?:`([^`]*)`)? *\| (.+) \|$", re.MULTILINE)


def _shown(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_operations_lists_every_setting_with_its_default_and_meaning() -> None:
    written = ROW.findall((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    defined = [
        (PREFIX + spec.name.upper(), _shown(spec.default), spec.metadata["help"]) for spec in fields(Settings)
    ]
    assert written == defined


def test_every_demonstration_sign_in_is_in_a_guide() -> None:
    guides = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("using-the-portal-*.md")
    )
    assert [person.email for person in SIGN_INS if f"`{person.email}`" not in guides] == []


def test_every_link_of_the_readme_and_the_guides_leads_somewhere() -> None:
    pages = [
        ROOT / "README.md",
        ROOT / "docs" / "operations.md",
        *(ROOT / "docs").glob("using-the-portal-*.md"),
    ]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
