"""Which assessments are looked at though nothing flags them: a share that nobody can choose."""

from __future__ import annotations

import hashlib
from uuid import UUID


def sampled(assessment_id: UUID, percent: int) -> bool:
    """Whether this one is in the sample of so many in a hundred: the same answer whenever asked.

    By the SHA-256 of its id, which is drawn before anybody has rated anything.
    """
    digest = hashlib.sha256(assessment_id.bytes).digest()
    return int.from_bytes(digest[:8], "big") * 100 < percent << 64
