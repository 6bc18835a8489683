"""What is published, derived and unchecked of each scale, as a page of the documentation."""

from __future__ import annotations

from collections.abc import Sequence

from portal.scales.rules.definition import Basis, Item, Scale, ScaleUse

HEAD = """# Where each scale’s anchors come from

Written by `portal docs` from the definitions in `portal/scales/data/`: change them there, not here. A test
fails when this page is stale.

An anchor is *unchecked* until a person has compared it with the printed scale; it is then marked
`checked = true` in the definition, under a new version. A *derived* anchor is ours: the source gives a
guideline and no anchors. The pages of the portal say the same of each item.
"""
USES = {
    ScaleUse.ASSESS: "for assessments",
    ScaleUse.HISTORY: "for past results only",
    ScaleUse.INCOMPLETE: "incomplete, never scored",
}


def page(scales: Sequence[Scale]) -> str:
    """The whole page in Markdown."""
    return "\n".join([HEAD, *(line for scale in scales for line in _scale(scale))])


def _scale(scale: Scale) -> list[str]:
    unchecked = [item for item in scale.items if item.basis is Basis.PUBLISHED and not item.checked]
    derived = [item for item in scale.items if item.basis is Basis.DERIVED]
    checked = [item for item in scale.items if item.checked]
    lines = [f"## {scale.title}", "", f"`{scale.key}` {scale.version}, {USES[scale.use]}. {scale.source}", ""]
    lines += [f"- {_items('checked', checked)}"] if checked else []
    lines += [f"- {_items('to be checked against the printed scale', unchecked)}"] if unchecked else []
    lines += [f"- {_items('derived by us', derived)}"] if derived else []
    return [*lines, ""]


def _items(words: str, items: Sequence[Item]) -> str:
    names = "; ".join(f"{item.number} {item.title}" for item in items)
    return f"{len(items)} {words}: {names}"
