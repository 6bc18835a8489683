"""The pages of docs/ that are made from the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.commands import docs
from portal.scales.registry import registry
from portal.scales.rules.definition import Basis


@pytest.mark.parametrize("name", sorted(docs.PAGES))
def test_a_page_made_from_the_code_is_current(name: str) -> None:
    assert (docs.DOCS / name).read_text(encoding="utf-8") == docs.PAGES[name](), "run `portal docs`"


def test_a_stale_page_is_named_and_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "DOCS", tmp_path)
    refused = CliRunner().invoke(docs.docs, ["--check"])
    assert refused.exit_code == 1
    assert "docs/scales.md is stale" in refused.stderr
    assert CliRunner().invoke(docs.docs, []).exit_code == 0
    assert CliRunner().invoke(docs.docs, ["--check"]).exit_code == 0


def test_every_unchecked_and_derived_item_is_listed() -> None:
    text = docs.PAGES["scales.md"]()
    for scale in registry().all():
        for item in scale.items:
            if item.basis is Basis.DERIVED or not item.checked:
                assert f"{item.number} {item.title}" in text
