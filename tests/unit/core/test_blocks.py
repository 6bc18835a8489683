"""Texts of pages: their blocks, and that no HTML comes of them."""

import pytest

from portal.core.rules.blocks import Block, BlockKind, Span, read_blocks, word_count


def test_each_kind_of_block_is_found() -> None:
    found = read_blocks("## A heading\n\nOne\nparagraph.\n\n- one\n- two\n  goes on\n\n1. first\n2. second\n")
    assert [block.kind for block in found] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST,
        BlockKind.STEPS,
    ]
    assert found[1].lines == ((Span("One paragraph."),),)
    assert found[2].lines == ((Span("one"),), (Span("two goes on"),))
    assert found[3].lines == ((Span("first"),), (Span("second"),))


def test_strong_words_are_spans_of_their_own() -> None:
    (block,) = read_blocks("It is **very** plain.")
    assert block.lines == ((Span("It is "), Span("very", strong=True), Span(" plain.")),)


def test_html_stays_text() -> None:
    assert read_blocks("<b>x</b>") == (Block(BlockKind.PARAGRAPH, ((Span("<b>x</b>"),),)),)


@pytest.mark.parametrize("text", ["an **open mark", "## Heading\nwith text"])
def test_what_is_not_closed_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not closed|blank line"):
        read_blocks(text)


def test_words_are_counted_in_every_block() -> None:
    assert word_count(read_blocks("## Two words\n\n- three **more** here\n\nOne.")) == 6
