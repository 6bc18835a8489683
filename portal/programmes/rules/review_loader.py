"""From a review process's file to a ReviewProcess. Refuses what does not hold, in one line with the file."""

from __future__ import annotations

from portal.programmes.rules.definition import DefinitionError
from portal.programmes.rules.review import Anchor, Basis, Fact, ReviewProcess, Step, StepKind, Unit, Who
from portal.programmes.rules.tables import Table, parse

_BASIS = {"source", "ours", "note"}
_TABLES = {
    "moderation": {
        "quorum",
        "lean_mean_difference",
        "lean_reviews",
        "edge_points",
        "apart",
        "change",
        "guided_sample_percent",
    },
    "independence": {"months"},
    "accreditation": {"bands", "valid_months", "next_accredited_months", "next_months"},
    "accuracy": {"days"},
    "records": {"sample"},
    "purge": {"step"},
}
_TOP = {"key", "title", "source", "summary", "steps", *_TABLES}
_STEP = {
    "key",
    "title",
    "who",
    "anchor",
    "offset",
    "unit",
    "document",
    "source",
    "detail",
    "kind",
    "until",
    "fact",
    "virtual",
    "ours",
}
# The largest offset of each unit: beyond two years it is a slip of the pen.
_MOST = {Unit.DAYS: 730, Unit.WEEKS: 104, Unit.MONTHS: 24}


def load_review(text: str, file: str) -> ReviewProcess:
    """The process that a file describes. Raises DefinitionError naming the file and the reason."""
    top = parse(text, file, _TOP)
    tables = {name: top.table(name, fields | _BASIS) for name, fields in _TABLES.items()}
    moderation, accreditation = tables["moderation"], tables["accreditation"]
    process = ReviewProcess(
        key=top.slug("key"),
        title=top.text("title"),
        source=top.text("source"),
        summary=top.text("summary"),
        steps=tuple(_step(one) for one in top.tables("steps", "step", _STEP)),
        quorum=moderation.whole("quorum", 1, 20),
        lean_mean_difference=moderation.fraction("lean_mean_difference"),
        lean_reviews=moderation.whole("lean_reviews", 1, 1000),
        edge_points=moderation.whole("edge_points", 0, 100),
        apart=moderation.whole("apart", 1, 4),
        change=moderation.whole("change", 1, 4),
        guided_sample_percent=moderation.whole("guided_sample_percent", 0, 100),
        independence_months=tables["independence"].whole("months", 0, 120),
        accredited_bands=accreditation.slugs("bands"),
        valid_months=accreditation.whole("valid_months", 1, 120),
        next_accredited_months=accreditation.whole("next_accredited_months", 1, 120),
        next_months=accreditation.whole("next_months", 1, 120),
        accuracy_days=tables["accuracy"].whole("days", 1, 90),
        record_sample=tables["records"].whole("sample", 1, 200),
        purge_step=tables["purge"].slug("step"),
        basis={name: _basis(table) for name, table in tables.items()},
    )
    _demand_whole(process, file)
    return process


def _demand_whole(process: ReviewProcess, file: str) -> None:
    """Raise DefinitionError where the steps do not fit together."""
    keys = [step.key for step in process.steps]
    if not keys:
        raise DefinitionError(file, "needs at least one step")
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise DefinitionError(file, f"two steps have the key “{twice[0]}”")
    facts = [step.fact for step in process.steps if step.fact is not None]
    if double := sorted({fact.value for fact in facts if facts.count(fact) > 1}):
        raise DefinitionError(file, f"two steps are completed by “{double[0]}”")
    if process.purge_step not in keys:
        raise DefinitionError(file, f"purge names the step “{process.purge_step}”, which is not there")
    if process.by_key[process.purge_step].anchor is not Anchor.PUBLICATION:
        raise DefinitionError(file, f"the step “{process.purge_step}” must count from publication")
    presented = next((step for step in process.steps if step.fact is Fact.PRESENTED), None)
    if presented is None or presented.anchor is not Anchor.FIELDWORK_END:
        raise DefinitionError(
            file,
            "needs a step with the fact “presented” that counts from fieldwork-end",
        )


def _step(table: Table) -> Step:
    key = table.slug("key")
    table.place = f"step {key}"
    unit = table.choice("unit", Unit)
    kind = table.choice("kind", StepKind, StepKind.DEADLINE)
    anchor = table.choice("anchor", Anchor)
    until = table.choice("until", Anchor) if "until" in table.raw else None
    if (kind is StepKind.SPAN) != (until is not None):
        table.refuse("needs “until” if it is a span, and only then")
    if until is not None and list(Anchor).index(until) <= list(Anchor).index(anchor):
        table.refuse("needs an “until” that comes after its “anchor”")
    return Step(
        key=key,
        title=table.text("title"),
        who=table.choice("who", Who),
        anchor=anchor,
        offset=table.whole("offset", -_MOST[unit], _MOST[unit]),
        unit=unit,
        source=table.text("source"),
        document=table.text("document", ""),
        detail=table.text("detail", ""),
        kind=kind,
        until=until,
        fact=table.choice("fact", Fact) if "fact" in table.raw else None,
        virtual=table.flag("virtual"),
        ours=table.flag("ours"),
    )


def _basis(table: Table) -> Basis:
    return Basis(table.text("source"), table.flag("ours"), table.text("note", ""))
