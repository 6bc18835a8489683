"""The programmes that the portal ships, read once from data/."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from portal.programmes.rules.definition import DefinitionError, Programme
from portal.programmes.rules.loader import load_programme

DATA = Path(__file__).parent / "data"


@cache
def registry() -> Mapping[str, Programme]:
    """Every programme by key, in order of key. Raises DefinitionError."""
    return MappingProxyType(read_folder(DATA))


def read_folder(folder: Path) -> dict[str, Programme]:
    """The programmes in a folder; each file is named after its key. Raises DefinitionError."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}


def unknown_scales(programmes: Mapping[str, Programme], scales: tuple[str, ...]) -> list[str]:
    """Where a programme names a scale that is not there, one line each.

    Not part of loading, so that a programme can be read without reading every scale.
    """
    return [
        f"{programme.key}.toml: there is no scale “{scale}”"
        for programme in programmes.values()
        for scale in programme.scales
        if scale not in scales
    ]


def title_of(key: str | None) -> str:
    """A programme's short title; the key itself where the programme is no longer shipped; empty for None."""
    if key is None:
        return ""
    programme = registry().get(key)
    return programme.short_title if programme else key


def _read(path: Path) -> Programme:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, f"byte {error.start + 1} is not UTF-8") from None
    programme = load_programme(text, path.name)
    if programme.key != path.stem:
        raise DefinitionError(path.name, f"“key” is “{programme.key}”, and the file is named otherwise")
    return programme
