"""The materials that come with the portal, and which item of ips-25 an item of another scale is.

Read once and kept in memory: a page that suggests materials asks the database only for the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from portal.library.rules.finding import folded, vocabulary
from portal.library.rules.reading import Filed, load_material
from portal.scales.registry import registry
from portal.scales.rules.errors import DefinitionError

DATA = Path(__file__).parent / "data"
BASE_SCALE = "ips-25"


@cache
def item_titles() -> Mapping[str, str]:
    """Key to “4. Title” of each item that materials are filed under, in the scale's order."""
    items = registry().get(BASE_SCALE).items
    return {item.key: f"{item.number}. {item.title}" for item in items}


@cache
def filed() -> Mapping[str, Filed]:
    """The materials that come with the portal, by key. Raises DefinitionError where a file does not hold."""
    return read_folder(DATA)


def read_folder(folder: Path) -> dict[str, Filed]:
    """Every material in a folder. Raises DefinitionError and OSError."""
    found = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DefinitionError(path.name, "", f"byte {error.start + 1} is not UTF-8") from None
        one = load_material(text, path.name, item_titles())
        if path.stem != one.key:
            raise DefinitionError(path.name, "", f"“key” is “{one.key}”, and the file is named otherwise")
        found[one.key] = one
    return found


@cache
def folded_texts() -> Mapping[str, tuple[str, str, str]]:
    """Title, summary and text of each filed material as a search reads them."""
    return {
        key: (folded(one.text.title), folded(one.text.summary), vocabulary(one.text.body))
        for key, one in filed().items()
    }


@cache
def filed_under() -> Mapping[str, tuple[Filed, ...]]:
    """The filed materials of each item."""
    return {item: tuple(one for one in filed().values() if item in one.text.items) for item in item_titles()}


@cache
def base_items(item_key: str, scale_key: str = "") -> tuple[str, ...]:
    """The items of ips-25 that an item of a scale is by the scale's crosswalk.

    Without a scale the key is looked for in ips-25, then in every scale. Nothing where it is no item of
    any, or has no counterpart (peer support of scr).
    """
    if scale_key == BASE_SCALE or (not scale_key and item_key in item_titles()):
        return (item_key,) if item_key in item_titles() else ()
    known = [key for key in list(registry().keys()) if scale_key in ("", key)]
    found = [registry().get(key).crosswalk.get(BASE_SCALE, {}).get(item_key) for key in known]
    return tuple(dict.fromkeys(key for key in found if key))
