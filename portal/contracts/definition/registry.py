"""The contracts that there are: those shipped in data/, and the operator's own in the data folder.

A file of the operator's with the key of a shipped one stands in its place. One that does not hold is left
out and named in the log and by `problems`, so that a slip in a file never stops the portal.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from portal.contracts.definition.rules.loader import load_contract
from portal.contracts.definition.rules.terms import Contract
from portal.core.config import Settings
from portal.programmes.rules.definition import DefinitionError
from portal.workforce.posts.definitions import leave_kinds

DATA = Path(__file__).parent / "data"
OWN = "contracts"  # the folder in the data folder
_log = logging.getLogger(__name__)
Stamps = tuple[tuple[str, int, int], ...]  # name, time of change, size


def from_environment() -> Path:
    """The data folder that the environment names."""
    return Path(Settings.from_env(os.environ).data_dir)


_data_folder: list[Callable[[], Path]] = [from_environment]


def use_data_folder(folder: Callable[[], Path]) -> None:
    """Say where the data folder is, for an application whose settings are not the environment's."""
    _data_folder[0] = folder


def contracts() -> Mapping[str, Contract]:
    """Every contract that holds, by key, in order of key. Raises DefinitionError for a shipped one."""
    return _all()[0]


def problems() -> tuple[str, ...]:
    """What is wrong with files of the operator's, one line each."""
    return _all()[1]


def own_keys() -> tuple[str, ...]:
    """The keys of the operator's files, whether they hold or not."""
    return tuple(name.removesuffix(".toml") for name, _, _ in _stamps(_data_folder[0]() / OWN))


def source_of(key: str) -> bytes:
    """The file of a contract as it is. Raises KeyError, OSError."""
    contracts()[key]
    own = _data_folder[0]() / OWN / f"{key}.toml"
    return own.read_bytes() if own.is_file() else (DATA / f"{key}.toml").read_bytes()


def read_contract(path: Path) -> Contract:
    """The contract in a file. Raises DefinitionError, OSError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DefinitionError(path.name, f"byte {error.start + 1} is not UTF-8") from None
    contract = load_contract(text, path.name)
    _demand_known_leave(contract, path.name)
    return contract


def _demand_known_leave(contract: Contract, file: str) -> None:
    every = [contract.signed, *(one.terms for one in contract.variations)]
    for indicator in (one for terms in every for one in terms.indicators):
        said = indicator.settings.get("leave_counts", {})
        if strange := sorted(set(said if isinstance(said, dict) else ()) - set(leave_kinds())):
            reason = f"says whether leave “{strange[0]}” counts; there are {', '.join(leave_kinds())}"
            raise DefinitionError(file, f"indicator {indicator.number} {reason}")


def _all() -> tuple[Mapping[str, Contract], tuple[str, ...]]:
    folder = _data_folder[0]() / OWN
    return _read(folder, _stamps(folder))


def _stamps(folder: Path) -> Stamps:
    if not folder.is_dir():
        return ()
    stats = [(path.name, path.stat()) for path in sorted(folder.glob("*.toml"))]
    return tuple((name, one.st_mtime_ns, one.st_size) for name, one in stats)


@lru_cache(maxsize=8)
def _read(folder: Path, stamps: Stamps) -> tuple[Mapping[str, Contract], tuple[str, ...]]:
    found, wrong = dict(_shipped()), []
    for name, _, _ in stamps:
        try:
            contract = _named(folder / name)
        except (DefinitionError, OSError) as error:
            wrong.append(str(error))
            _log.error("a contract is left out: %s", error)
            found.pop(name.removesuffix(".toml"), None)
        else:
            found[contract.key] = contract
    return MappingProxyType(dict(sorted(found.items()))), tuple(wrong)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Contract]:
    return {path.stem: _named(path) for path in sorted(DATA.glob("*.toml"))}


def _named(path: Path) -> Contract:
    contract = read_contract(path)
    if contract.key != path.stem:
        raise DefinitionError(path.name, f"“key” is “{contract.key}”, and the file is named otherwise")
    return contract
