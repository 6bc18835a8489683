"""Showing both versions, field by field, when somebody else saved first."""

from __future__ import annotations

from typing import Any

from portal.core.errors import Stale
from portal.core.filters import day
from portal.core.form_pages import Differing
from portal.core.rules.whole import whole
from portal.directory.rules.settings import Setting


def version_of(form: Any) -> int:
    """The version that the person saw; 0, which no service has, where it was tampered with."""
    return whole(form.version.data) or 0


def what_stands(form: Any, stale: Stale) -> Differing:
    """(label, typed, as it stands) of each field of a service that differs."""
    current = stale.current
    names = {choice.value: choice.label for choice in form.also.choices}
    areas = {choice.value: choice.label for choice in form.areas.choices}
    typed = form.details()
    rows = [
        ("Name", typed.name, str(current["name"])),
        ("Setting", typed.setting.title, Setting(str(current["setting"])).title),
        ("Local authorities", _joined(typed.authorities, names), _joined(current["authorities"], names)),
        ("Lots", _joined(typed.areas, areas), _joined(current["areas"], areas)),
        ("Started", day(typed.starts), day(current["starts"])),  # type: ignore[arg-type]  # a date or None
        ("Specialists (FTE)", f"{typed.specialists_fte:.2f}", str(current["specialists_fte"])),
        ("About", typed.about, str(current["about"])),
    ]
    return [row for row in rows if row[1].strip() != row[2].strip()]


def _joined(keys: Any, names: dict[str, str]) -> str:
    return ", ".join(sorted(names.get(key, key) for key in keys))
