"""A page is judged anew unless it is one that was found sound, but for its keys and tokens."""

from __future__ import annotations

from tests.support.judged_once import fingerprint

POLICY = "script-src 'self' 'nonce-{nonce}'"
PAGE = """<script nonce="{nonce}"></script><a href="/services/{service}">A</a><b id="{item}"></b>
<input name="csrf_token" type="hidden" value="{token}"><a href="#{item}">B</a>"""
ONE, OTHER, THIRD = (f"{digit * 8}-0000-4000-8000-00000000000{digit}" for digit in "123")
PARTS = {"nonce": "abc-D_1", "service": ONE, "item": OTHER, "token": "IjE.aB-c.x_9"}


def _print(html: str = PAGE, **parts: str) -> str:
    every = PARTS | parts
    return fingerprint(html.format(**every), POLICY.format(nonce=every["nonce"]))


def test_pages_that_differ_in_keys_and_tokens_are_alike() -> None:
    assert _print() == _print(service=THIRD, item=ONE, nonce="zzz", token="Other.token")


def test_one_key_in_two_places_is_not_like_two_keys() -> None:
    assert _print() != _print(item=ONE)


def test_a_reference_to_another_key_is_not_alike() -> None:
    assert _print() != _print(PAGE.replace('href="#{item}"', f'href="#{THIRD}"'))


def test_another_nonce_than_the_policy_names_is_not_alike() -> None:
    assert _print() != _print(PAGE.replace('nonce="{nonce}"', 'nonce="other"'))


def test_other_words_are_not_alike() -> None:
    assert _print() != _print(PAGE.replace(">A<", "><"))
