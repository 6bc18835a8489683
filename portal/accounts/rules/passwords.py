"""What a password must be (Cyber Essentials; OWASP ASVS 5.0, 6.2): long, not common, no name.

No rule on kinds of characters and no forced change. Whether a password is common is judged with zxcvbn's
lists in `portal.accounts.passwords`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORTEST = 12
LONGEST = 128
SHORTEST_PART = 4  # shorter parts of a name stand in many harmless words


def length_problem(password: str) -> str | None:
    """What is wrong with the length, or None. Counted in characters, never cut."""
    if not password:
        return "Enter a password"
    if len(password) < SHORTEST:
        return f"Password must be {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"Password must be {LONGEST} characters or fewer"
    return None


def personal_parts(name: str, email: str) -> tuple[str, ...]:
    """The parts of a person's name and email address that their password may not contain, in lower case."""
    local, _, domain = email.partition("@")
    found = re.split(r"[^\w]+", f"{name} {local} {domain.rsplit('.', 1)[0]}".casefold().replace("_", " "))
    return tuple(dict.fromkeys(part for part in found if len(part) >= SHORTEST_PART and not part.isdigit()))


def personal_problem(password: str, parts: Iterable[str]) -> str | None:
    """What is wrong when the password contains one of these parts, or None."""
    lowered = password.casefold()
    if any(part in lowered for part in parts):
        return "Choose a password that does not contain your name or email address"
    return None
