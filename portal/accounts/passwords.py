"""Hashing and judging passwords. Slow on purpose: call before a verb's transaction, never inside it."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from portal.accounts.rules import passwords as rules

# argon2id with OWASP's parameters (Password Storage Cheat Sheet): 19 MiB, so a flood of tries stays small.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
LEAST_SCORE = 3  # zxcvbn: at least 10^8 guesses
JUDGED = 64  # zxcvbn is slow on long texts; what is strong in its first 64 characters is strong
_PORTAL_WORDS = ("fidelity", "portal", "placement", "employment specialist")


def problem(password: str, name: str, email: str) -> str | None:
    """What is wrong with a new password of this person, as a sentence; None where nothing is."""
    parts = rules.personal_parts(name, email)
    found = rules.length_problem(password) or rules.personal_problem(password, parts)
    if found:
        return found
    if zxcvbn(_normal(password)[:JUDGED], user_inputs=[*parts, *_PORTAL_WORDS])["score"] < LEAST_SCORE:
        return "Choose a password that is harder to guess, such as four words that do not belong together"
    return None


def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    return _hasher.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether the password is right. Takes as long when there is none to compare with."""
    if len(password) > rules.LONGEST:
        password, kept = password[: rules.LONGEST], None
    try:
        _hasher.verify(kept or _nobodys_hash(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def _normal(password: str) -> str:
    """One spelling of a password whichever keyboard typed it (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("the password of an account that does not exist")
