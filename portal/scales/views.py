"""The scales for everybody to read: what each item means and how it is scored."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.core.access import Public, access
from portal.core.errors import NotFound
from portal.scales.registry import registry
from portal.scales.rules.definition import Basis, RuleKind, ScaleUse
from portal.scales.rules.numbering import us_number
from portal.scales.rules.words import describe

blueprint = Blueprint("scales", __name__)

USE_WORDS = {
    ScaleUse.ASSESS: ("Open for assessments", "green"),
    ScaleUse.HISTORY: ("Past results only", "grey"),
    ScaleUse.INCOMPLETE: ("Incomplete, not for scoring", "orange"),
}
SOURCES = {
    "MIS": "management information",
    "DOC": "documents",
    "INT": "interviews",
    "OBS": "observation",
    "ISP": "individual plans and case notes",
}


@blueprint.get("/scales")
@access(Public("the scales are published knowledge"))
def index() -> str:
    """Every scale, those open for assessments first."""
    order = list(ScaleUse)
    scales = sorted(registry().all(), key=lambda scale: (order.index(scale.use), scale.key))
    return render_template("scales/index.html", scales=scales, use_words=USE_WORDS)


@blueprint.get("/scales/<key>")
@access(Public("the scales are published knowledge"))
def scale(key: str) -> str:
    """One scale, every item in full."""
    try:
        found = registry().get(key)
    except KeyError:
        raise NotFound("There is no such scale.") from None
    return render_template(
        "scales/scale.html",
        scale=found,
        derived=[item for item in found.items if item.basis is Basis.DERIVED],
        unchecked=[item for item in found.items if not item.checked],
        use_words=USE_WORDS,
        sources=SOURCES,
        describe=describe,
        us_number=us_number,
        described=RuleKind.DESCRIBED,
        derived_basis=Basis.DERIVED,
    )
