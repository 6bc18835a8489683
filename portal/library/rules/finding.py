"""Searching materials: every word must begin a word of the title, the summary or the text.

A word counts where it counts most: 8 in the title, else 3 in the summary, else 1 in the text; the materials
with the highest sum come first. Accents and capitals make no difference, and every sign but letters and
figures parts words. There is no engine's own full-text search in it, so SQLite and PostgreSQL find the same.
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


def vocabulary(text: str) -> str:
    """Each word of a text once, folded: what a search needs of a long one."""
    return "".join(f" {word}" for word in sorted(set(folded(text).split())))


def words_of(asked: str) -> tuple[str, ...]:
    """The words of a search, each once, in their order."""
    return tuple(dict.fromkeys(folded(asked).split()))[:MOST_WORDS]


def score(words: tuple[str, ...], title: str, summary: str, body: str) -> int:
    """How well folded texts match: 0 where a word is nowhere or none was asked for."""
    points = [_points(f" {word}", title, summary, body) for word in words]
    return sum(points) if all(points) else 0


def _points(word: str, title: str, summary: str, body: str) -> int:
    if word in title:
        return IN_TITLE
    if word in summary:
        return IN_SUMMARY
    return IN_BODY if word in body else 0
