"""The questionnaires that come with the portal, read when first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from portal.scales.rules.errors import DefinitionError
from portal.surveys.rules.questionnaire import Questionnaire
from portal.surveys.rules.reading import load_questionnaire

DATA = Path(__file__).parent / "data"


@cache
def questionnaires() -> Mapping[str, Questionnaire]:
    """By key. Raises DefinitionError where a file does not hold."""
    return read_folder(DATA)


def read_folder(folder: Path) -> dict[str, Questionnaire]:
    """Every questionnaire of a folder, by key. Raises DefinitionError and OSError."""
    found = {}
    for path in sorted(folder.glob("*.toml")):
        made = load_questionnaire(path.read_text(encoding="utf-8"), path.name)
        if path.stem != made.key:
            raise DefinitionError(path.name, "", f"“key” is “{made.key}”, and the file is named otherwise")
        found[made.key] = made
    return found


def raw(key: str) -> dict[str, Any]:
    """The table that a survey keeps when it is sent, so that a later file changes nothing of it."""
    return tomllib.loads((DATA / f"{key}.toml").read_text(encoding="utf-8"))
