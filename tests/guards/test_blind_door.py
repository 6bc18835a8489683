"""Blind ratings have one door: only these modules may name the table that holds them."""

from __future__ import annotations

import ast
from pathlib import Path

PORTAL = Path(__file__).parents[2] / "portal"
MAY_NAME = {
    "reviews/external/blind.py",  # reads, for the author or once unblinded
    "reviews/external/models/scoring.py",  # defines
    "reviews/external/service/scoring.py",  # writes the author's own
}


def _names(tree: ast.AST) -> bool:
    """Whether the module imports the model, reaches it as an attribute, or names its table."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(one.name == "BlindRating" for one in node.names):
            return True
        if isinstance(node, ast.Attribute) and node.attr == "BlindRating":
            return True
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "blind_ratings" in node.value:
            return True
    return False


def test_only_the_door_names_blind_ratings() -> None:
    found = {
        path.relative_to(PORTAL).as_posix()
        for path in PORTAL.rglob("*.py")
        if _names(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == MAY_NAME


def test_a_module_that_names_them_would_be_found() -> None:
    for text in (
        "from portal.reviews.external.models.scoring import BlindRating",
        "rows = scoring.BlindRating.rating",
        "query = 'select rating from blind_ratings'",
    ):
        assert _names(ast.parse(text))
