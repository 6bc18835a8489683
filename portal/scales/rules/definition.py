"""What a scale is: frozen dataclasses, as read from a definition file.

The file format is described in docs/scale-format.md; the loader in
`portal.scales.rules.loader` turns a file into these and refuses what does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class ScaleUse(StrEnum):
    """What the portal may do with a scale."""

    ASSESS = "assess"  # new assessments may start
    HISTORY = "history"  # past results may be imported; nothing new starts
    INCOMPLETE = "incomplete"  # shown for information; never scored


class Basis(StrEnum):
    """Where an item's anchors come from."""

    PUBLISHED = "published"  # paraphrase of anchors the source publishes
    DERIVED = "derived"  # the source gives a guideline only; the anchors are ours


class RuleKind(StrEnum):
    """How an item's calculator reaches a base rating, before floors and caps."""

    RATIO = "ratio"
    COMPONENTS = "components"
    LEVELS = "levels"
    DESCRIBED = "described"


@dataclass(frozen=True)
class Input:
    """A number that a person enters in a calculator."""

    key: str
    label: str
    unit: str = ""
    hint: str = ""
    whole: bool = False  # only whole numbers are accepted
    unit_one: str = ""  # the unit of exactly 1, where dropping a final "s" would not do ("person")
    from_service: str = ""  # the figure of the service's own record that may fill it


@dataclass(frozen=True)
class Fact:
    """A yes/no statement that a person ticks in a calculator."""

    key: str
    label: str
    from_service: str = ""  # what the service's own record says about it, shown beside it


@dataclass(frozen=True)
class Condition:
    """Facts that must all hold; `absent` ones must not.

    A numeric condition (`input` with `above` or `below`, both exclusive) may stand beside them.
    """

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    input: str | None = None
    above: Fraction | None = None
    below: Fraction | None = None


@dataclass(frozen=True)
class Bound:
    """A floor or a cap: where the condition holds, the rating is at least/at most `rating`."""

    rating: int
    when: Condition
    because: str  # shown beside the suggestion, a clause in plain words


@dataclass(frozen=True)
class Cutoff:
    """The figure that earns a rating; `strict` excludes the threshold itself."""

    rating: int
    threshold: Fraction
    strict: bool = False


@dataclass(frozen=True)
class Rule:
    """An item's scoring rule. Which fields are used depends on `kind`.

    ratio: figure = sum of `numerator` inputs / product of `denominator` inputs, times 100 when
    `percent`; `floor` drops the fraction first. `better` is "higher" or "lower". The best cut-off
    met gives the base rating, `otherwise` when none is. `direct` allows the figure itself to be
    entered as the input `figure`. `multiple` (rating, input, below, factor): where that input is
    above 0 and below `below`, a figure (before its fraction is dropped) of at least factor x input
    also earns that rating.
    components: number of ticked `components` indexes `ratings`.
    levels: base 1; `floors` raise it.
    described: no calculator.
    """

    kind: RuleKind
    inputs: tuple[Input, ...] = ()
    facts: tuple[Fact, ...] = ()
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    figure_label: str = ""
    figure_unit: str = ""
    percent: bool = False
    floor: bool = False
    direct: bool = False
    better: str = "higher"
    cutoffs: tuple[Cutoff, ...] = ()
    otherwise: int = 1
    multiple: Multiple | None = None
    components: tuple[Fact, ...] = ()
    ratings: tuple[int, ...] = ()
    floors: tuple[Bound, ...] = ()
    caps: tuple[Bound, ...] = ()
    note: str = ""  # how a gap or overlap between printed anchors was resolved


@dataclass(frozen=True)
class Multiple:
    """Item 17's other way to a rating: a multiple of a small number of people looking for work."""

    rating: int
    input: str
    below: Fraction
    factor: Fraction
    because: str


@dataclass(frozen=True)
class Item:
    """One item of a scale, with everything its page shows."""

    key: str
    number: int
    section: str
    number_in_section: int
    title: str
    definition: str
    why: str
    look_for: tuple[str, ...]
    sources: tuple[str, ...]  # MIS, DOC, INT, OBS, ISP
    questions: Mapping[str, tuple[str, ...]]  # interview role -> questions
    anchors: Mapping[int, str]  # rating -> text, every rating of the scale
    next_steps: Mapping[int, str]  # low rating -> what to do next; every rating but the highest
    rule: Rule
    basis: Basis = Basis.PUBLISHED
    checked: bool = False  # a person compared the anchors with the published text
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A group of items. `prefix` is the US numbering's word (Staff, Org, Serv)."""

    key: str
    title: str
    prefix: str


@dataclass(frozen=True)
class Band:
    """What a total earns: `lowest` to `highest`, both included."""

    key: str
    title: str
    lowest: int
    highest: int


@dataclass(frozen=True)
class Scale:
    """A complete definition. `digest` is the SHA-256 of its canonical content."""

    key: str
    version: str
    title: str
    short_title: str
    summary: str
    source: str
    licence: str
    use: ScaleUse
    rating_min: int
    rating_max: int
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    crosswalk: Mapping[str, Mapping[str, str]]  # other scale -> this item key -> its item key
    notes: tuple[str, ...] = ()
    digest: str = ""
    _by_key: Mapping[str, Item] = field(default_factory=dict, compare=False, repr=False)

    def item(self, key: str) -> Item:
        """The item with this key. Raises KeyError."""
        return self._by_key[key]

    def items_of(self, section: str) -> tuple[Item, ...]:
        """The items of one section, in order."""
        return tuple(item for item in self.items if item.section == section)

    @property
    def lowest_total(self) -> int:
        return self.rating_min * len(self.items)

    @property
    def highest_total(self) -> int:
        return self.rating_max * len(self.items)
