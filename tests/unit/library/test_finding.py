"""Searching materials by words."""

import pytest

from portal.library.rules.finding import folded, score, words_of

TITLE, SUMMARY, BODY = (
    folded("Employers’ diary"),
    folded("For team leaders"),
    folded("Meet an employer weekly."),
)


@pytest.mark.parametrize(
    "text, words",
    [
        ("Café, Re-opened!", " cafe re opened"),
        ("the employer’s log", " the employers log"),
        ("", ""),
        ("  – ", ""),
        ("20.4 clients", " 20 4 clients"),
    ],
)
def test_texts_are_folded_to_their_words(text: str, words: str) -> None:
    assert folded(text) == words


@pytest.mark.parametrize(
    "asked, points",
    [
        ("", 1),
        ("employer", 9),  # title and text
        ("DIARY", 8),
        ("leader", 3),
        ("weekly", 1),
        ("diary weekly", 9),
        ("diary monthly", 0),  # every word must be somewhere
        ("mployer", 0),  # a word is found from its beginning
        ("employer employer", 9),  # said twice counts once
    ],
)
def test_a_word_counts_most_in_the_title(asked: str, points: int) -> None:
    assert score(words_of(asked), TITLE, SUMMARY, BODY) == points


def test_a_search_has_at_most_eight_words() -> None:
    assert words_of("a b c d e f g h i") == tuple("abcdefgh")
