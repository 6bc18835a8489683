"""What set-up installs is pinned by hash, meets what the project asks for, and bears no GOV.UK brand."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.support.house_rules import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


vendor = _script("vendor")
system_packages = _script("system_packages")
setup = _script("setup")


def _pins(lock: str) -> dict[str, str]:
    entries = re.split(r"\n(?=\S)", lock)
    pins: dict[str, str] = {}
    for entry in entries:
        pin = re.match(r"([\w.-]+)==(\S+)", entry)
        if pin:
            assert "--hash=sha256:" in entry, f"{pin[1]} is not pinned by hash"
            pins[pin[1].lower()] = pin[2]
    return pins


def _astray(requirements: list[str], lock: str) -> list[str]:
    """Requirements that the lock does not meet."""
    pins = _pins(lock)
    wanted = [Requirement(text) for text in requirements]
    return [str(each) for each in wanted if not each.specifier.contains(pins.get(each.name.lower(), "0"))]


@pytest.mark.parametrize(
    "group, lock",
    [(None, "requirements.lock"), ("build", "requirements.lock"), ("dev", "requirements-dev.lock"),
     ("node", "requirements-node.lock")],
)  # fmt: skip
def test_the_lock_meets_what_the_project_asks_for(group: str | None, lock: str) -> None:
    wanted = PROJECT["dependency-groups"][group] if group else PROJECT["project"]["dependencies"]
    assert _astray(wanted, (ROOT / lock).read_text()) == []


def test_a_lock_that_lags_or_lacks_a_hash_is_seen() -> None:
    lock = "flask==3.0.0 \\\n    --hash=sha256:00\n"
    assert _astray(["flask>=3.1", "huey>=1"], lock) == ["flask>=3.1", "huey>=1"]
    with pytest.raises(AssertionError, match="huey is not pinned"):
        _pins(lock + "huey==3.5.4\n")


def test_the_two_locks_agree_where_both_name_a_package() -> None:
    portal, tests = (_pins((ROOT / f"requirements{part}.lock").read_text()) for part in ("", "-dev"))
    assert {name: tests[name] for name in portal.keys() & tests.keys()} == {
        name: portal[name] for name in portal.keys() & tests.keys()
    }


def test_the_front_end_is_pinned_to_one_version_with_its_hash() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, version in wanted.items():
        package = locked[f"node_modules/{name}"]
        assert package["version"] == version
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def test_the_style_sheet_loses_fonts_crest_and_comments() -> None:
    css = (
        "/*! not available */@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif;color:red}"
        ".b{width:1px;background-image:url(/assets/images/govuk-crest.svg);color:blue}"
        "\n/*# sourceMappingURL=govuk-frontend.min.css.map */"
    )
    assert vendor.debrand(css) == ".a{font-family:Arial,sans-serif;color:red}.b{width:1px;color:blue}"


@pytest.mark.parametrize(
    "css", [".a{font-family:'GDS Transport'}", ".b{background:url(/assets/images/new.svg)}"]
)
def test_a_style_sheet_that_still_carries_the_brand_is_refused(css: str) -> None:
    with pytest.raises(vendor.BrandLeftover):
        vendor.debrand(css)


def test_only_the_named_files_reach_the_pages() -> None:
    vendored = ROOT / "portal" / "static" / "vendor"
    assert {path.name for path in vendored.rglob("*") if path.is_file()} == set(vendor.FILES)


def test_a_step_runs_once_until_what_it_is_made_from_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    (tmp_path / "lock").write_text("one")
    runs: list[int] = []
    made = tmp_path / "made"

    def make() -> None:
        runs.append(1)
        made.touch()

    def step() -> None:
        setup.step("planted", ["lock"], make, [made])

    step()
    step()
    assert len(runs) == 1
    (tmp_path / "lock").write_text("two")
    step()
    assert len(runs) == 2
    made.unlink()
    step()
    assert len(runs) == 3


def test_a_step_that_fails_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps")
    (tmp_path / "lock").write_text("one")
    for _ in range(2):
        with pytest.raises(SystemExit):
            setup.step("planted", ["lock"], sys.exit)


def test_what_is_missing_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = system_packages.SystemPackage("no-such-package", lambda: False, for_portal=False)
    monkeypatch.setattr(system_packages, "PACKAGES", (absent,))
    monkeypatch.setattr(system_packages, "may_install", lambda: False)
    assert system_packages.ensure(for_tests=False) == []
    assert system_packages.ensure(for_tests=True) == ["no-such-package"]
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "no-such-package" in said[0]
