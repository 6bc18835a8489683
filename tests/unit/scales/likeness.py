"""How alike two anchors are, to catch texts made from a template.

Alike: the share of words that two texts have in common, in order, once words without meaning of
their own are left out (2 x common / all; 1 is the same text). Two texts from one template that differ
by a noun or an adverb come out at 0.67 and more ("X is always done", "Y is always done"), and at
0.5 where the noun is two words of four. Separate thoughts about one subject stay below 0.45.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

TOO_ALIKE = 0.5
_STOP = """a an and any are as at be been but by can do does each for from has have he her his if in into is
it its no not of on one or our own she so than that the their them there these they this those to two under
up was were what when where which while who whose will with without you your"""
# Words in -ly that are no adverbs, or that name how often something is done and so can be observed.
_MEASURED = "daily weekly fortnightly monthly quarterly yearly early family only supply reply"
_ADVERBS = "always often sometimes seldom never usually mostly rather quite very well almost ever"

STOP_WORDS = frozenset(_STOP.split())
MEASURED = frozenset(_MEASURED.split())
ADVERBS = frozenset(_ADVERBS.split())


def words(text: str) -> list[str]:
    """The words of a text that carry meaning, in lower case; numbers are words."""
    found = re.findall(r"[a-z]+(?:['’-][a-z]+)*|[0-9]+(?:\.[0-9]+)?%?", text.lower())
    return [word for word in found if word not in STOP_WORDS]


def likeness(one: str, other: str) -> float:
    """0 for nothing in common, 1 for the same words in the same order."""
    first, second = words(one), words(other)
    common = sum(
        block.size for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    )
    return 2 * common / (len(first) + len(second))


def is_adverb(word: str) -> bool:
    """Whether the word says only how or how often, without a measure."""
    return word in ADVERBS or (word.endswith("ly") and word not in MEASURED)


def differ_only_by_adverbs(one: str, other: str) -> bool:
    """Whether nothing but adverbs (or nothing at all) tells the two texts apart."""
    first, second = set(words(one)), set(words(other))
    return all(is_adverb(word) for word in first ^ second)
