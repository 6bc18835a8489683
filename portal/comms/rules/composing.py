"""What a newsletter is put together from: a subject, words of its own, and blocks of the portal's content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from portal.core.rules.blocks import read_blocks

SUBJECT_LONGEST = 120
INTRO_LONGEST = 6000
MOST_BLOCKS = 30
STOP_MARK = "https://stop.invalid/"  # stands for each recipient's own address in what is kept of a mail


class BlockKind(StrEnum):
    """Where a block comes from."""

    EVENT = "event"
    VACANCY = "vacancy"
    NOTE = "note"

    @property
    def words(self) -> str:
        return {"event": "Event", "vacancy": "Vacancy", "note": "Practice note"}[self.value]


@dataclass(frozen=True)
class Piece:
    """A block as it is drawn. `facts`: one line of when, where or how much; `path`: below the portal."""

    kind: BlockKind
    id: str
    title: str
    facts: str
    summary: str
    path: str

    @property
    def ref(self) -> str:
        """How a form names it."""
        return f"{self.kind.value}:{self.id}"

    def plain(self) -> dict[str, str]:
        """As it is kept once sent."""
        return {name: str(value) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Draft:
    """What a newsletter says, as typed: `blocks` are pairs (kind, id) in their order."""

    subject: str
    intro: str
    blocks: tuple[tuple[BlockKind, str], ...] = ()


def piece_from(kept: Mapping[str, Any]) -> Piece:
    """A block of a newsletter that was sent."""
    return Piece(**{**kept, "kind": BlockKind(kept["kind"])})


def ref_from(text: str) -> tuple[BlockKind, str] | None:
    """A block that a form names; None for anything else."""
    kind, _, id_ = text.partition(":")
    if kind not in {one.value for one in BlockKind} or not 0 < len(id_) <= 140:
        return None
    return BlockKind(kind), id_


def in_order(chosen: Iterable[str], numbers: Mapping[str, int | None]) -> tuple[tuple[BlockKind, str], ...]:
    """The chosen blocks by their numbers; those of the same number as they stand on the page, others last."""
    listed = list(dict.fromkeys(chosen))
    ranked = sorted(listed, key=lambda ref: (numbers.get(ref) is None, numbers.get(ref) or 0))
    return tuple(found for ref in ranked if (found := ref_from(ref)) is not None)


def problems(draft: Draft) -> dict[str, str]:
    """What is wrong, by field."""
    found = {}
    if not draft.subject.strip():
        found["subject"] = "Enter a subject"
    elif len(draft.subject) > SUBJECT_LONGEST:
        found["subject"] = f"The subject must be {SUBJECT_LONGEST} characters or fewer"
    if len(draft.intro) > INTRO_LONGEST:
        found["intro"] = f"The text must be {INTRO_LONGEST:,} characters or fewer"
    else:
        try:
            read_blocks(draft.intro)
        except ValueError as error:
            found["intro"] = f"The text cannot be read: {error}"
    if len(draft.blocks) > MOST_BLOCKS:
        found["blocks"] = f"Choose {MOST_BLOCKS} blocks or fewer"
    return found


def nothing_to_send(draft: Draft, pieces: int) -> bool:
    """A newsletter says something: text of its own, or at least one block that still stands."""
    return not draft.intro.strip() and pieces == 0


def ready_to_go(html: str, text: str, link: str) -> tuple[str, str]:
    """Both parts with the recipient's own address to stop."""
    return html.replace(STOP_MARK, link), text.replace(STOP_MARK, link)
