"""The scales that the portal ships, read from data/ when first asked for and then kept.

A file is named after its scale's key, so that one scale can be had without reading the others.
data/published.toml pins every published version to its content hash.
"""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from portal.scales.rules.definition import Scale
from portal.scales.rules.errors import DefinitionError
from portal.scales.rules.loader import load_scale

DATA = Path(__file__).parent / "data"
PUBLISHED = "published.toml"
_PINS_HEADING = """\
# Published versions of the scale definitions, and the SHA-256 of their content.
# Written by `portal scales pin`. A published version never changes: to change a definition,
# raise its version, then pin the new one.
"""


class Registry:
    """The definitions in one folder. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._scales: dict[str, Scale] = {}
        self._loading: list[str] = []
        self._lock = threading.RLock()

    def keys(self) -> tuple[str, ...]:
        """The keys of all scales, from the names of the files."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.toml") if path.name != PUBLISHED))

    def get(self, key: str) -> Scale:
        """The scale with this key. Raises KeyError, or DefinitionError when its file does not hold."""
        found = self._scales.get(key)
        if found is not None:
            return found
        if key not in self.keys():
            raise KeyError(key)
        with self._lock:
            return self._scales.get(key) or self._load(key)

    def all(self) -> tuple[Scale, ...]:
        """Every scale, by key. Raises DefinitionError."""
        return tuple(self.get(key) for key in self.keys())

    def _load(self, key: str) -> Scale:
        path = self.folder / f"{key}.toml"
        if key in self._loading:
            raise DefinitionError(path.name, "", "“extends” goes round in a circle")
        self._loading.append(key)
        try:
            scale = read_definition(path, self)
        finally:
            self._loading.remove(key)
        if scale.key != key:
            raise DefinitionError(path.name, "", f"“key” is “{scale.key}”, and the file is named otherwise")
        self._scales[key] = scale
        return scale


@cache
def registry() -> Registry:
    """The scales that come with the portal."""
    return Registry(DATA)


def read_definition(path: Path, known: Registry) -> Scale:
    """The scale in one file; `extends` finds its base among `known`.

    Raises DefinitionError (bytes that are not UTF-8 included) and OSError.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, "", f"byte {error.start + 1} is not UTF-8") from None
    return load_scale(text, path.name, known.get)


def check_crosswalk(scale: Scale, file: str, known: Registry) -> None:
    """Every crosswalk names items that the other scale has. Raises DefinitionError.

    Not part of loading: scales may point at each other, and one must load without the other.
    """
    for other, pairs in scale.crosswalk.items():
        try:
            keys = {item.key for item in known.get(other).items}
        except KeyError:
            reason = f"“crosswalk” names “{other}”, which is not a scale here"
            raise DefinitionError(file, "", reason) from None
        for key, target in pairs.items():
            if target not in keys:
                reason = f"the crosswalk names “{target}”, which {other} does not have"
                raise DefinitionError(file, key, reason)


def pins(folder: Path = DATA) -> Mapping[tuple[str, str], str]:
    """(key, version) -> digest of every published version."""
    path = folder / PUBLISHED
    if not path.exists():
        return {}
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {(key, version): digest for key, versions in raw.items() for version, digest in versions.items()}


def broken_pins(known: Registry) -> tuple[Scale, ...]:
    """The scales whose content changed although their version is published."""
    published = pins(known.folder)
    return tuple(s for s in known.all() if published.get((s.key, s.version), s.digest) != s.digest)


def pin_new(known: Registry) -> tuple[Scale, ...]:
    """Write a pin for every version that has none, and say which. Writes nothing when none is new."""
    published = dict(pins(known.folder))
    new = tuple(scale for scale in known.all() if (scale.key, scale.version) not in published)
    if new:
        published |= {(scale.key, scale.version): scale.digest for scale in new}
        (known.folder / PUBLISHED).write_text(_pins_text(published), encoding="utf-8")
    return new


def _pins_text(published: Mapping[tuple[str, str], str]) -> str:
    lines = [_PINS_HEADING]
    for key in sorted({key for key, _ in published}):
        lines.append(f"[{key}]")
        for (pinned, version), digest in sorted(published.items()):
            if pinned == key:
                lines.append(f'"{version}" = "{digest}"')
        lines.append("")
    return "\n".join(lines)
