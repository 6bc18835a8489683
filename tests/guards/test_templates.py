"""Every template compiles, whether or not a page has drawn it yet, and asks only for templates that exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta

from tests.support.house_rules import ROOT

TEMPLATES = ROOT / "portal" / "templates"


def faults(environment: Environment, folder: Path) -> list[str]:
    """Templates that cannot be compiled or that name one that is not there."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            tree = environment.parse(path.read_text(encoding="utf-8"), name)
            environment.compile(tree, name)
            for wanted in meta.find_referenced_templates(tree):
                if wanted is not None:
                    environment.get_template(wanted)
        except TemplateSyntaxError as error:
            found.append(f"{name}:{error.lineno}: {error.message}")
        except TemplateNotFound as error:
            found.append(f"{name}: no template {error.name}")
    return found


def test_every_template_compiles(built_app: Flask) -> None:
    assert faults(built_app.jinja_env, TEMPLATES) == []


@pytest.mark.parametrize("text", ["{% if x %}", "{{ x | no_such_filter }}", '{% include "no/such.html" %}'])
def test_a_broken_template_is_seen(built_app: Flask, text: str, tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_text(text)
    assert len(faults(built_app.jinja_env, tmp_path)) == 1
