"""An edit field by field: what its author began from and made of it, what stands, and what is chosen.

The calculator's entries are one map to a device and one field each to a person who has to choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

ENTRIES = "entries"
OF_ENTRIES = ENTRIES + "."
EMPTY = "(empty)"


class Widget(StrEnum):
    """How a third value is written."""

    TEXT = "text"
    LINE = "line"
    DATE = "date"
    ONE = "one"  # one of the options
    MANY = "many"  # several of the options
    NUMBER = "number"  # one of the options, kept as a number
    TICK = "tick"  # yes or no, kept as a truth value
    NONE = "none"  # one of the two only


class Choice(StrEnum):
    """Whose value is to stand."""

    YOURS = "yours"
    THEIRS = "theirs"
    THIRD = "third"


MIXED, ASIDE = "mixed", "aside"
YES_NO = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True)
class Shape:
    """What a field is called, and how it is written. `options`: stored value -> words."""

    label: str
    widget: Widget = Widget.LINE
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One field with its three values, as JSON has them; None where there is none."""

    name: str
    shape: Shape
    base: Any
    yours: Any
    theirs: Any

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose."""
        return (self.yours or "") == (self.theirs or "") and (self.yours is False) == (self.theirs is False)

    def words(self, value: Any) -> str:
        """A value as people read it."""
        return in_words(self.shape, value)


@dataclass(frozen=True)
class Decision:
    """What a person chose of one field; `third` is as the form sent it."""

    choice: Choice
    third: Any = None


def in_words(shape: Shape, value: Any) -> str:
    """A value as people read it."""
    if shape.widget is Widget.NONE and shape.options:
        return shape.options["yes" if value else "no"]
    if value is None or value in ("", [], {}):
        return EMPTY
    if isinstance(value, bool):
        return YES_NO["yes" if value else "no"]
    if isinstance(value, list):
        return "; ".join(shape.options.get(str(one), str(one)) for one in value)
    if shape.widget is Widget.DATE:
        return _day(str(value))
    return shape.options.get(str(value), str(value))


def parts(
    base: Mapping[str, Any], fields: Mapping[str, Any], stands: Mapping[str, Any], shapes: Mapping[str, Shape]
) -> list[Part]:
    """The fields that an edit changes, in the order of `shapes`; those that nobody knows come last."""
    ours, before, now = flat(fields), flat(base), flat(stands)
    if ENTRIES in fields:  # the map was sent whole: what it lacks was taken out
        ours = {name: None for name in now if name.startswith(OF_ENTRIES)} | ours
    order = {name: place for place, name in enumerate(shapes)}
    names = sorted(ours, key=lambda name: (order.get(name, len(order)), name))
    return [
        Part(name, shapes.get(name, Shape(name)), before.get(name), ours[name], now.get(name))
        for name in names
    ]


def flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with each entry of the calculator as one of its own."""
    found = {str(name): value for name, value in fields.items() if name != ENTRIES}
    entries = fields.get(ENTRIES)
    if isinstance(entries, Mapping):
        found |= {OF_ENTRIES + str(key): value for key, value in entries.items()}
    elif ENTRIES in fields:
        found[ENTRIES] = entries
    return found


def chosen(
    found: Iterable[Part], decisions: Mapping[str, Decision], stands: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields to apply, so that what was chosen stands. Empty where all of theirs stays."""
    wanted = {
        part.name: _value(part, decisions[part.name])
        for part in found
        if part.name in decisions and decisions[part.name].choice is not Choice.THEIRS
    }
    entries = {name: value for name, value in wanted.items() if name.startswith(OF_ENTRIES)}
    fields = {name: value for name, value in wanted.items() if name not in entries}
    if entries:
        whole = dict(stands.get(ENTRIES) or {}) | {
            name.removeprefix(OF_ENTRIES): value for name, value in entries.items()
        }
        fields[ENTRIES] = {key: value for key, value in whole.items() if value not in (None, "")}
    return fields


def choice_of(decisions: Iterable[Decision]) -> str:
    """All choices in one word: yours, theirs, third, or mixed. Without any, theirs stays."""
    made = {one.choice for one in decisions} or {Choice.THEIRS}
    return MIXED if len(made) > 1 else next(iter(made)).value


def _value(part: Part, decision: Decision) -> Any:
    if decision.choice is Choice.YOURS:
        return part.yours
    sent, widget = decision.third, part.shape.widget
    if widget is Widget.MANY:
        return list(sent or ())
    if widget is Widget.NUMBER:
        text = str(sent or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
    if widget is Widget.TICK:
        return {"yes": True, "no": False}.get(str(sent))
    return str(sent or "")


def _day(value: str) -> str:
    try:
        on = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{on.day} {on:%B %Y}"
