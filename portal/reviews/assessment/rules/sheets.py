"""What is sealed when an assessment is submitted, returned or made final: plain data and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from portal.core.rules.chain import canonical


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(content)).hexdigest()
