"""Searching materials: every word must begin a word of the title, the summary or the text.

A word counts 8 in the title, 3 in the summary and 1 in the text, once for each place; the materials with
the highest sum come first. Accents and capitals make no difference, and every sign but letters and figures
parts words. There is no engine's own full-text search in it, so SQLite and PostgreSQL find the same.
"""

from __future__ import annotations

import re
import unicodedata

IN_TITLE, IN_SUMMARY, IN_BODY = 8, 3, 1
MOST_WORDS = 8  # of a search; more are left out
_PARTS = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """The words of a text in small plain letters, with a blank before each."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "").casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "".join(f" {word}" for word in _PARTS.split(plain) if word)


def words_of(asked: str) -> tuple[str, ...]:
    """The words of a search, each once, in their order."""
    return tuple(dict.fromkeys(folded(asked).split()))[:MOST_WORDS]


def score(words: tuple[str, ...], title: str, summary: str, body: str) -> int:
    """How well folded texts match: 0 where a word is nowhere, 1 where nothing was asked for."""
    total = 0 if words else 1
    for word in words:
        here = sum(
            weight
            for weight, text in ((IN_TITLE, title), (IN_SUMMARY, summary), (IN_BODY, body))
            if f" {word}" in text
        )
        if not here:
            return 0
        total += here
    return total
