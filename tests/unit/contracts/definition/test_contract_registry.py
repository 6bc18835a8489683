"""Files of contracts: what is read, and what a slip in one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.contracts.definition import registry
from portal.contracts.definition.registry import read_contract
from portal.programmes.rules.definition import DefinitionError
from tests.support.contract_texts import HEAD, ONE


def test_leave_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    text = ONE.replace(
        'number = "1"', 'number = "1"\nmeasure = "eism-fte"\ntarget = 4\nsettings = {leave_counts = {SET}}'
    )
    file = tmp_path / "x.toml"
    file.write_text(HEAD + text.replace("{SET}", "{unpaid = true}"), encoding="utf-8")
    assert read_contract(file).signed.indicators[0].settings == {"leave_counts": {"unpaid": True}}
    file.write_text(HEAD + text.replace("{SET}", "{sabbatical = true}"), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"x.toml: indicator 1 says whether leave “sabbatical” counts"):
        read_contract(file)


@pytest.mark.parametrize("content", [b"key = ", b"\xff"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(DefinitionError, match=r"x\.toml: "):
        read_contract(tmp_path / "x.toml")


def test_files_of_the_operator_are_taken_in_as_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_data_folder", [lambda: tmp_path])
    assert "x" not in registry.contracts()
    folder = tmp_path / registry.OWN
    folder.mkdir()
    (folder / "x.toml").write_text(HEAD + ONE, encoding="utf-8")
    assert registry.contracts()["x"].signed.title == "X"
    assert "ohid-ips-ad-2023" in registry.contracts()
    (folder / "x.toml").write_text(HEAD.replace('"X"', '"Longer title"') + ONE, encoding="utf-8")
    assert registry.contracts()["x"].signed.title == "Longer title"
    assert registry.source_of("x").startswith(b"\nkey")


def test_a_slip_in_an_operators_file_leaves_out_that_contract_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_data_folder", [lambda: tmp_path])
    folder = tmp_path / registry.OWN
    folder.mkdir()
    (folder / "x.toml").write_text("key = 1", encoding="utf-8")
    (folder / "y.toml").write_text(HEAD + ONE, encoding="utf-8")
    assert set(registry.contracts()) == {"demonstration-2025", "ohid-ips-ad-2023"}
    assert [one.partition(":")[0] for one in registry.problems()] == ["x.toml", "y.toml"]
    assert "named otherwise" in registry.problems()[1]
