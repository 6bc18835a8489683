"""Roles and materials: what ships is whole, and what is wrong is named by file, field and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.workforce.hub.materials import BadMaterial, as_rtf, materials, read_material
from portal.workforce.hub.roles import FOLDER, BadRole, read_role, role_title, roles

HEAD = "title: T\norder: 1\nsummary: S\nfor: F\nsource: X\n"


def test_the_roles_that_the_hub_needs_are_there_in_order() -> None:
    assert list(roles()) == [
        "employment-specialist",
        "senior-employment-specialist",
        "team-leader",
        "peer-employment-specialist",
    ]
    for role in roles().values():
        assert len(role.does) >= 3
        assert any("specification" in source for source in role.sources)
    assert role_title("team-leader") == "IPS team leader"
    assert role_title("gone") == "gone"


def test_the_materials_of_a_campaign_are_there() -> None:
    assert list(materials()) == [
        "advert",
        "social-posts",
        "interview-questions",
        "induction-checklist",
        "day-in-the-life",
        "campaign-plan",
    ]
    for one in materials().values():
        assert {block.kind for block in one.blocks} >= {"heading"}
        assert len(one.text.split()) > 150
        assert one.plain.startswith(one.title)
        assert "\n## " not in one.plain
        document = as_rtf(one).decode("ascii")
        assert rf"{{\title {one.title}}}" in document
        assert document.count(r"\outlinelevel1") == sum(block.kind == "heading" for block in one.blocks)
        assert "## " not in document


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("title =", "titel ="), "title: is missing"),
        (("order = 1", 'order = "1"'), "order: must be a whole number"),
        (("order = 1", "order = true"), "order: must be a whole number"),
        (("order = 1", "order = 1\nmore = 2"), "more: is no field of a role"),
        (("does = [", "does = []\nbrings_ = ["), "brings_: is no field of a role"),
    ],
)
def test_a_role_that_cannot_be_used_says_why(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "one.toml"
    path.write_text((FOLDER / "employment-specialist.toml").read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(BadRole, match=rf"one\.toml: {said}"):
        read_role(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, "text: is missing"),
        (HEAD.replace("for: F\n", "") + "\nText", "for: is missing"),
        (HEAD.replace("order: 1", "order: one") + "\nText", "order: must be a whole number"),
        (HEAD + "owner: me\n\nText", "owner: is no field of a material"),
        (HEAD + "\nA **word", "text: “\\*\\*” is not closed"),
    ],
)
def test_a_material_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "one.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(BadMaterial, match=rf"one\.txt: {said}"):
        read_material(path)
