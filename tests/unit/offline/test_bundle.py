"""All that the on-site client loads is in its bundle, and a change of any of it is a new version."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from portal.core import assets
from portal.reviews.offline import bundle

STATIC = assets.STATIC
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


def imported(path: Path) -> set[Path]:
    """Files that a module imports."""
    return {(path.parent / name).resolve() for name in IMPORT.findall(path.read_text(encoding="utf-8"))}


def test_every_module_that_is_imported_is_in_the_bundle_and_in_the_import_map() -> None:
    listed = {STATIC / address.removeprefix("/static/").partition("?")[0] for address in bundle.files()}
    mapped = set(json.loads(assets.import_map(on_site=True))["imports"])
    modules = [path for path in listed if path.suffix == ".js"]
    assert any(path.name == "app.js" for path in modules)
    wanted = {each for path in modules for each in imported(path)}
    assert wanted - listed == set()
    assert {f"/static/{path.relative_to(STATIC).as_posix()}" for path in wanted} - mapped == set()


def test_the_shell_links_no_file_that_is_not_in_the_bundle() -> None:
    shell = (assets.STATIC.parent / "templates" / "on_site" / "shell.html").read_text(encoding="utf-8")
    wanted = {assets.asset(name) for name in re.findall(r"asset\('([^']+)'\)", shell)}
    assert wanted
    assert wanted - set(bundle.files()) == set()


def test_other_pages_do_not_carry_the_clients_modules() -> None:
    assert "on-site" not in assets.import_map()


@pytest.fixture
def forgotten() -> None:
    bundle.build.cache_clear()


def test_a_changed_file_makes_a_new_version(monkeypatch: pytest.MonkeyPatch, forgotten: None) -> None:
    before = bundle.build()
    bundle.build.cache_clear()
    assert bundle.build() == before
    bundle.build.cache_clear()
    monkeypatch.setattr(bundle, "files", lambda: ["/static/js/on-site/app.js?v=of-tomorrow"])
    assert bundle.build() != before
    bundle.build.cache_clear()
