"""Reading the rule of an item. What it means is in definition.Rule; the checks are in checking_rule."""

from __future__ import annotations

from portal.scales.rules.definition import (
    Bound,
    Condition,
    Cutoff,
    Fact,
    Input,
    Multiple,
    Rule,
    RuleKind,
)
from portal.scales.rules.fields import Fields


def read_rule(fields: Fields) -> Rule:
    """The rule in the table `fields`. Raises DefinitionError for what it cannot read."""
    kind = RuleKind(fields.choice("kind", tuple(RuleKind)))
    rule = _KINDS[kind](fields)
    fields.finish()
    return rule


def _ratio(fields: Fields) -> Rule:
    multiple = fields.table("multiple") if fields.has("multiple") else None
    return Rule(
        kind=RuleKind.RATIO,
        inputs=_inputs(fields),
        facts=_facts(fields, "facts"),
        numerator=fields.texts("numerator"),
        denominator=fields.texts("denominator", needed=False),
        figure_label=fields.text("figure_label"),
        figure_unit=fields.text("figure_unit", ""),
        percent=fields.flag("percent"),
        floor=fields.flag("floor"),
        direct=fields.flag("direct"),
        better=fields.choice("better", ("higher", "lower")),
        cutoffs=_cutoffs(fields),
        otherwise=fields.whole("otherwise", 1),
        multiple=_multiple(multiple) if multiple else None,
        floors=_bounds(fields, "floors"),
        caps=_bounds(fields, "caps"),
        note=fields.text("note", ""),
    )


def _components(fields: Fields) -> Rule:
    return Rule(
        kind=RuleKind.COMPONENTS,
        inputs=_inputs(fields),
        facts=_facts(fields, "facts"),
        components=_facts(fields, "components", needed=True),
        ratings=fields.wholes("ratings"),
        floors=_bounds(fields, "floors"),
        caps=_bounds(fields, "caps"),
        note=fields.text("note", ""),
    )


def _levels(fields: Fields) -> Rule:
    return Rule(
        kind=RuleKind.LEVELS,
        inputs=_inputs(fields),
        facts=_facts(fields, "facts", needed=True),
        floors=_bounds(fields, "floors", needed=True),
        caps=_bounds(fields, "caps"),
        note=fields.text("note", ""),
    )


def _described(fields: Fields) -> Rule:
    return Rule(kind=RuleKind.DESCRIBED, note=fields.text("note", ""))


_KINDS = {
    RuleKind.RATIO: _ratio,
    RuleKind.COMPONENTS: _components,
    RuleKind.LEVELS: _levels,
    RuleKind.DESCRIBED: _described,
}


def _inputs(fields: Fields) -> tuple[Input, ...]:
    found = []
    for row in fields.tables("inputs", needed=False):
        found.append(
            Input(
                key=row.slug("key"),
                label=row.text("label"),
                unit=row.text("unit", ""),
                hint=row.text("hint", ""),
                whole=row.flag("whole"),
                unit_one=row.text("unit_one", ""),
                from_service=row.text("from_service", ""),
            )
        )
        row.finish()
    return tuple(found)


def _facts(fields: Fields, field: str, needed: bool = False) -> tuple[Fact, ...]:
    found = []
    for row in fields.tables(field, needed):
        found.append(Fact(row.slug("key"), row.text("label"), row.text("from_service", "")))
        row.finish()
    return tuple(found)


def _cutoffs(fields: Fields) -> tuple[Cutoff, ...]:
    """Best rating first."""
    strict = set(fields.wholes("strict")) if fields.has("strict") and fields.get("strict") else set()
    name = fields.name("cutoffs")
    found = [
        Cutoff(rating, fields.threshold_in(value, f"{name}, rating {rating},"), rating in strict)
        for rating, value in fields.by_rating("cutoffs").items()
    ]
    unused = strict - {cutoff.rating for cutoff in found}
    if unused:
        raise fields.error(f"{fields.name('strict')} names {min(unused)}, which has no cut-off")
    return tuple(reversed(found))


def _multiple(fields: Fields) -> Multiple:
    below, factor = fields.threshold("below"), fields.threshold("factor")
    if below is None or factor is None:
        raise fields.error(f"{fields.name('below')} and {fields.name('factor')} are both needed")
    multiple = Multiple(
        rating=fields.whole("rating"),
        input=fields.text("input"),
        below=below,
        factor=factor,
        because=fields.text("because"),
    )
    fields.finish()
    return multiple


def _bounds(fields: Fields, field: str, needed: bool = False) -> tuple[Bound, ...]:
    return tuple(_bound(row) for row in fields.tables(field, needed))


def _bound(row: Fields) -> Bound:
    condition = Condition(
        present=row.texts("present", needed=False),
        absent=row.texts("absent", needed=False),
        input=row.text("input") if row.has("input") else None,
        above=row.threshold("above"),
        below=row.threshold("below"),
    )
    bound = Bound(row.whole("rating"), condition, row.text("because"))
    row.finish()
    return bound
