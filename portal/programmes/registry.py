"""The programmes that the portal ships, read once from data/."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from portal.programmes.rules.definition import DefinitionError, Programme
from portal.programmes.rules.loader import load_programme
from portal.programmes.rules.review import ReviewProcess
from portal.programmes.rules.review_loader import load_review

DATA = Path(__file__).parent / "data"
DEFAULT_REVIEW = "ips-grow"


@cache
def registry() -> Mapping[str, Programme]:
    """Every programme by key, in order of key. Raises DefinitionError."""
    return MappingProxyType(read_folder(DATA))


@cache
def reviews() -> Mapping[str, ReviewProcess]:
    """Every review process by key. Raises DefinitionError."""
    return MappingProxyType(read_reviews(DATA / "reviews"))


def default_review() -> ReviewProcess:
    """The process of a service without a programme, or with one that is no longer shipped."""
    return reviews()[DEFAULT_REVIEW]


def review_of(programme_key: str | None) -> ReviewProcess:
    """The process under which a programme's services are reviewed."""
    programme = registry().get(programme_key or "")
    return programme.review if programme else default_review()


def read_folder(folder: Path) -> dict[str, Programme]:
    """The programmes in a folder, with the processes in its folder “reviews”; each file is named after
    its key. Raises DefinitionError."""
    known = read_reviews(folder / "reviews")
    found = {}
    for path in sorted(folder.glob("*.toml")):
        programme = load_programme(_text(path), path.name, known)
        _demand_name(programme.key, path)
        found[path.stem] = programme
    return found


def read_reviews(folder: Path) -> dict[str, ReviewProcess]:
    """The review processes in a folder; each file is named after its key. Raises DefinitionError."""
    found = {}
    for path in sorted(folder.glob("*.toml")):
        process = load_review(_text(path), path.name)
        _demand_name(process.key, path)
        found[path.stem] = process
    return found


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


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, f"byte {error.start + 1} is not UTF-8") from None


def _demand_name(key: str, path: Path) -> None:
    if key != path.stem:
        raise DefinitionError(path.name, f"“key” is “{key}”, and the file is named otherwise")
