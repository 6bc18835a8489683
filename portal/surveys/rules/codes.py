"""Invitation codes of an open survey: ten signs, too many to guess within the tries that are allowed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no 0, 1, O and I, which look alike
LENGTH = 10
TRIES, WITHIN = 30, timedelta(hours=1)  # from one computer: a team in one office may share its address
REFUSAL = "Too much was sent from here in the last hour. Try again later."


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A code of signs chosen by `choose` (secrets.choice)."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def written(code: str) -> str:
    """A code as people read it: ABCDE-FGHJK."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def normal(typed: str) -> str:
    """What was typed, as codes are kept."""
    return "".join(sign for sign in typed.upper() if sign in ALPHABET)


def refused(tries: int) -> bool:
    """Whether a computer has sent too much already."""
    return tries >= TRIES
