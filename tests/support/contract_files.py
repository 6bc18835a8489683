"""Contracts of the operator for tests: copies of shipped files with other parties, in the data folder."""

from __future__ import annotations

import re
from pathlib import Path

from portal.contracts.definition import registry

NATIONAL = registry.DATA / "demonstration-2025.toml"
LOCAL = Path(__file__).parents[2] / "docs/examples/local-provider-2025.toml"


def lay(data_dir: str | Path, key: str, pattern: Path = NATIONAL, **fields: str) -> str:
    """Lay a copy with this key, and other values of the head: buyer="ohid". Returns the key."""
    text = pattern.read_text(encoding="utf-8")
    for name, value in {"key": key, **fields}.items():
        text, found = re.subn(rf'^{name} = ".*"$', f'{name} = "{value}"', text, count=1, flags=re.MULTILINE)
        assert found, f"the file has no {name} in its head"
    folder = Path(data_dir) / registry.OWN
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{key}.toml").write_text(text, encoding="utf-8")
    return key
