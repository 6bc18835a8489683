"""What an edit from a device says has one door: only these modules may read it."""

from __future__ import annotations

import ast
from pathlib import Path

PORTAL = Path(__file__).parents[2] / "portal"
OFFLINE = PORTAL / "reviews" / "offline"
SEALED = {"payload", "receipt", "stood"}  # columns of Operation and HeldOperation
MAY_READ = {
    "reviews/offline/sealed.py",  # reads, a rating for its author alone
    "reviews/offline/service/applying.py",  # answers a replay, to the device of its author
    "reviews/offline/service/journal.py",  # writes
    "reviews/offline/service/purging.py",  # empties
}
NAMES = {"Operation", "HeldOperation", "on_site_operations", "held_operations"}


def reads(tree: ast.AST) -> bool:
    """Whether a module of on-site work asks a row for one of the sealed columns."""
    return any(isinstance(node, ast.Attribute) and node.attr in SEALED for node in ast.walk(tree))


def names(tree: ast.AST) -> bool:
    """Whether a module imports the rows, reaches them as attributes, or names their tables."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ImportFrom)
            and "offline" in (node.module or "")
            and any(one.name in NAMES for one in node.names)
        ):
            return True
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in NAMES:
            return True
    return False


def _found(folder: Path, wanted: object) -> set[str]:
    assert callable(wanted)
    return {
        path.relative_to(PORTAL).as_posix()
        for path in folder.rglob("*.py")
        if wanted(ast.parse(path.read_text(encoding="utf-8")))
    }


def test_only_the_door_reads_what_an_edit_says() -> None:
    assert _found(OFFLINE, reads) - MAY_READ == set()


def test_nothing_outside_on_site_work_names_its_edits() -> None:
    outside = {one for one in _found(PORTAL, names) if not one.startswith("reviews/offline/")}
    assert outside == set()


def test_a_module_that_reads_or_names_them_would_be_found() -> None:
    for text in ("x = row.payload", "query = select(Operation.receipt)", "held.stood"):
        assert reads(ast.parse(text))
    for text in ("from portal.reviews.offline.models import Operation", "table = 'held_operations'"):
        assert names(ast.parse(text))
    assert not reads(ast.parse("row.reason"))


def test_the_door_asks_who_reads() -> None:
    tree = ast.parse((OFFLINE / "sealed.py").read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and reads(node)]
    assert [function.name for function in functions] == ["content_of"]
    first = functions[0].body[1]  # after its docstring
    assert isinstance(first, ast.If)
    assert "may_read(actor, operation.kind, operation.person_id)" in ast.unparse(first.test)
    assert ast.unparse(first.body[0]) == "return None"
