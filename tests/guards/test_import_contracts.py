"""The import contracts cover every package there is, and catch an import that goes upwards."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support.house_rules import ROOT

FRAMEWORKS = ("flask", "sqlalchemy", "wtforms", "flask_login", "portal.core.config", "portal.core.clock")
ROOMS = {"models", "service", "queries", "views", "forms", "rules"}


def _contract(name: str) -> dict[str, Any]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (found,) = [each for each in contracts if each["name"] == name]
    contract: dict[str, Any] = found
    return contract


def _named(contract: dict[str, Any]) -> set[str]:
    assert contract["exhaustive"] is True
    return {part for layer in contract["layers"] for part in re.findall(r"\w+", layer)}


def test_the_order_of_features_names_every_package_and_no_other() -> None:
    modules = {path.stem for path in (ROOT / "portal").glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in (ROOT / "portal").glob("*/__init__.py")}
    assert _named(_contract("Features import downwards only")) == modules | packages


def test_the_order_of_the_reviews_names_every_part_and_no_other() -> None:
    parts = {path.parent.name for path in (ROOT / "portal/reviews").glob("*/__init__.py")}
    assert _named(_contract("Parts of the reviews import downwards only")) == parts


def test_the_order_of_rooms_covers_every_feature() -> None:
    features = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "portal").rglob("*")
        if path.stem in ROOMS and path.parent != ROOT / "portal" and "static" not in path.parts
    }
    features -= {"portal.core", "portal.templates"}
    features = {
        name for name in features if not re.search(r"\.(views|forms|rules|service|templates)(\.|$)", name)
    }
    assert features <= set(_contract("Rooms of a feature import downwards only")["containers"])


def _broken(tmp_path: Path, where: str, line: str) -> str:
    shutil.copytree(
        ROOT / "portal", tmp_path / "portal", ignore=shutil.ignore_patterns("static", "__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / where
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    (target.parent / "__init__.py").touch()
    with target.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize(
    "where, line, said",
    [
        (
            "portal/core/clock.py",
            "import portal.accounts.models",
            "portal.core is not allowed to import portal.acc",
        ),
        ("portal/accounts/models.py", "import portal.scales.registry", "not allowed to import portal.scales"),
        ("portal/accounts/rules/roles.py", "import portal.accounts.models", "rules is not allowed to import"),
        ("portal/scales/rules/planted.py", "import flask", "not allowed to import flask"),
        ("portal/scales/rules/planted.py", "import portal.core.db", "not allowed to import"),
        (
            "portal/reviews/moderation/models.py",
            "import portal.reviews.assessment.models",
            "portal.reviews.moderation is not allowed to import portal.reviews.assessment",
        ),
        (
            "portal/plans/rules/planted.py",
            "import portal.core.clock",
            "not allowed to import portal.core.clock",
        ),
        ("portal/newcomer/models.py", "", "portal.newcomer"),
    ],
)
def test_a_forbidden_import_is_seen(where: str, line: str, said: str, tmp_path: Path) -> None:
    assert said in " ".join(_broken(tmp_path, where, line).split())


def test_a_rule_loads_no_framework() -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "portal").rglob("rules/**/*.py")
        if path.stem != "__init__"
    )
    assert modules
    program = f"import sys, {', '.join(modules)}\nprint([m for m in {FRAMEWORKS} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
