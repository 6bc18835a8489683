"""Migrations are one numbered line whose newest is pinned, so that two people's never merge unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.support.house_rules import ROOT

MIGRATIONS = ROOT / "migrations"


def faults(folder: Path) -> list[str]:
    """What is wrong with the line of migrations in a folder."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    script = ScriptDirectory.from_config(config)
    found = []
    heads = script.get_heads()
    pinned = (folder / "HEAD").read_text(encoding="utf-8").strip()
    if list(heads) != [pinned]:
        found.append(f"HEAD pins {pinned}, the migrations end in {', '.join(heads)}")
    revisions = list(reversed(list(script.walk_revisions())))
    for number, revision in enumerate(revisions, start=1):
        if revision.revision != Path(revision.path).stem:
            found.append(f"{Path(revision.path).name} calls itself {revision.revision}")
        if not revision.revision.startswith(f"{number:04d}_"):
            found.append(f"{revision.revision} stands in place {number}")
        if not hasattr(revision.module, "downgrade"):
            found.append(f"{revision.revision} goes one way only")
    return found


def test_the_migrations_are_one_numbered_line_with_its_head_pinned() -> None:
    assert faults(MIGRATIONS) == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the migrations to spoil."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations"))


def _plant(folder: Path, name: str, revision: str, after: str | None, downgrade: bool = True) -> None:
    text = f"revision = {revision!r}\ndown_revision = {after!r}\ndef upgrade(): pass\n"
    (folder / "versions" / f"{name}.py").write_text(text + ("def downgrade(): pass\n" if downgrade else ""))


def _head(folder: Path) -> str:
    return (folder / "HEAD").read_text().strip()


def test_a_migration_that_is_not_pinned_is_seen(copied: Path) -> None:
    following = f"{int(_head(copied)[:4]) + 1:04d}_planted"
    _plant(copied, following, following, _head(copied))
    assert faults(copied) == [f"HEAD pins {_head(copied)}, the migrations end in {following}"]


def test_two_heads_are_seen(copied: Path) -> None:
    _plant(copied, "0002_planted", "0002_planted", "0001_audit")
    assert any("the migrations end in" in fault for fault in faults(copied))


def test_a_wrong_number_a_wrong_name_and_a_one_way_migration_are_seen(copied: Path) -> None:
    _plant(copied, "9999_planted", "9999_other", _head(copied), downgrade=False)
    (copied / "HEAD").write_text("9999_other")
    assert len(faults(copied)) == 3
