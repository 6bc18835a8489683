"""The house rules hold of every file, and each rule catches a planted breach."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import house_rules
from tests.support.house_rules import ROOT

Rule = Callable[[Path], list[str]]
RULES: list[Rule] = [
    house_rules.long_files,
    house_rules.registry_hosts,
    house_rules.machine_paths,
    house_rules.unfinished,
    house_rules.unexplained_exceptions,
    house_rules.third_party,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_repository_keeps(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(
    "rule, name, text",
    [
        (house_rules.long_files, "long.py", "x = 1\n" * 301),
        (house_rules.registry_hosts, "a.lock", "url = https://pypi" + ".org/simple"),
        (house_rules.registry_hosts, "package-lock.json", '"resolved": "https://registry.npm' + 'js.org/x"'),
        (house_rules.machine_paths, "a.md", "see /wo" + "rk/main/docs"),
        (house_rules.machine_paths, "a.py", "PATH = '/ro" + "ot/project'"),
        (house_rules.unfinished, "a.py", "# TO" + "DO later"),
        (house_rules.unfinished, "a.html", "FIX" + "ME"),
        (house_rules.unfinished, "a.py", '"""TO' + 'DO"""'),
        (house_rules.unfinished, "a.js", "// X" + "XX"),
        (house_rules.unfinished, "a.toml", 'why = "TO' + 'DO"'),
        (house_rules.unfinished, "a.py", "raise NotImplemented" + "Error"),
        (house_rules.unexplained_exceptions, "a.py", "import x  # no" + "qa"),
        (house_rules.unexplained_exceptions, "a.py", "import x  # no" + "qa: F401"),
        (house_rules.unexplained_exceptions, "a.py", "x = y()  # type: " + "ignore[misc]"),
        (house_rules.unexplained_exceptions, "a.py", "x = y()  # type: " + "ignore  # why"),
        (house_rules.third_party, "static/lib.min.js", "x"),
        (house_rules.third_party, "static/face.woff2", "x"),
    ],
)
def test_a_planted_breach_is_seen(rule: Rule, name: str, text: str, tmp_path: Path) -> None:
    _repository(tmp_path, name, text)
    assert len(rule(tmp_path)) == 1


@pytest.mark.parametrize(
    "rule, text",
    [
        (house_rules.long_files, "x = 1\n" * 300),
        (house_rules.machine_paths, "route('/reviews/work" + "/main')"),
        (
            house_rules.unexplained_exceptions,
            "x = y()  # type: " + "ignore[misc]  # the library has no types",
        ),
        (house_rules.unexplained_exceptions, "import x  # no" + "qa: F401  # registers the models"),
        (house_rules.unfinished, "# A todo list is no breach"),
        (house_rules.unfinished, "PLACEHOLDERS = ('TO" + "DO',)"),
    ],
)
def test_what_is_allowed_passes(rule: Rule, text: str, tmp_path: Path) -> None:
    _repository(tmp_path, "a.py", text)
    assert rule(tmp_path) == []


def _repository(folder: Path, name: str, text: str) -> None:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_no_page_template_styles_inline() -> None:
    assert house_rules.inline_styles(ROOT / "portal" / "templates") == []


@pytest.mark.parametrize(
    "text", ['<p style="color:red">', "<style>p{}</style>", '<p class="a"\n style = "x">']
)
def test_an_inline_style_is_seen(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(text)
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "report.html").write_text(text)
    assert house_rules.inline_styles(tmp_path) == ["a.html"]
