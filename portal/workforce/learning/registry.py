"""The modules, external courses and required sets that come with the portal, read when first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.accounts.rules.roles import Role
from portal.scales.rules.errors import DefinitionError
from portal.workforce.learning.rules.module import ClinicalCourse, ExternalCourse, Module, RequiredSet
from portal.workforce.learning.rules.reading import load_clinical, load_external, load_module, load_required

DATA = Path(__file__).parent / "data"
EXTERNAL = "external.toml"
CLINICAL = "clinical.toml"
Course = Module | ExternalCourse


@dataclass(frozen=True)
class Catalogue:
    """Everything that can be learned, by key."""

    modules: Mapping[str, Module]
    external: Mapping[str, ExternalCourse]
    sets: Mapping[str, RequiredSet]
    clinical: Mapping[str, ClinicalCourse]

    def course(self, key: str) -> Course | None:
        """The module or external course with this key."""
        return self.modules.get(key) or self.external.get(key)

    def title(self, key: str) -> str:
        """A course's title; its key where it is no longer offered."""
        found = self.course(key) or self.clinical.get(key)
        return found.title if found else key

    def offered(self, roles: Iterable[Role]) -> tuple[RequiredSet, ...]:
        """The sets that may be set for somebody with these roles."""
        held = {role.value for role in roles}
        return tuple(one for one in self.sets.values() if held & set(one.roles))


@cache
def catalogue() -> Catalogue:
    """What comes with the portal. Raises DefinitionError where a file does not hold."""
    return read_catalogue(DATA)


def read_catalogue(folder: Path) -> Catalogue:
    """Everything in a folder. Raises DefinitionError and OSError."""
    modules = {}
    for path in sorted((folder / "modules").glob("*.toml")):
        module = load_module(_text(path), path.name)
        _named_after(path, module.key)
        modules[module.key] = module
    path = folder / EXTERNAL
    external = {course.key: course for course in load_external(_text(path), path.name)}
    both = sorted(set(modules) & set(external))
    if both:
        raise DefinitionError(path.name, "", f"“{both[0]}” is a module already")
    courses, roles = [*modules, *external], [role.value for role in Role]
    sets = {}
    for path in sorted((folder / "required").glob("*.toml")):
        one = load_required(_text(path), path.name, roles, courses)
        _named_after(path, one.key)
        sets[one.key] = one
    path = folder / CLINICAL
    clinical = {course.key: course for course in load_clinical(_text(path), path.name)}
    return Catalogue(modules, external, sets, clinical)


def _named_after(path: Path, key: str) -> None:
    if path.stem != key:
        raise DefinitionError(path.name, "", f"“key” is “{key}”, and the file is named otherwise")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, "", f"byte {error.start + 1} is not UTF-8") from None
