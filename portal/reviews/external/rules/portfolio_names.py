"""Names inside the portfolio's archive: no way out of its folder, and none twice."""

from __future__ import annotations

from portal.core.rules.uploads import clean_name

LONGEST_FOLDER = 60


def folder_name(position: int, title: str) -> str:
    """The folder of a document: 03 Caseload list of each specialist."""
    whole = title.replace("/", "-").replace("\\", "-").replace(".", " ")
    return f"{position:02} {clean_name(whole)[:LONGEST_FOLDER].strip()}"


def file_name(folder: str, name: str, taken: set[str]) -> str:
    """FOLDER/NAME, with a number where another file is called so (letters' case aside). Adds to `taken`."""
    clean = clean_name(name)
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        stem, ending = clean, ""
    wanted, number = f"{folder}/{clean}", 1
    while wanted.casefold() in taken:
        number += 1
        wanted = f"{folder}/{stem} ({number}){dot}{ending}"
    taken.add(wanted.casefold())
    return wanted
