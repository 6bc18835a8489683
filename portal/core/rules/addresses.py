"""Addresses of other people's pages that the portal links to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST = 500
HTTPS = "Enter an address that begins with https://, like https://www.example.org/jobs/123"
_HOST = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def secure(address: str) -> bool:
    """Whether this is a plain https address of a named host: no password, port, blank or quote in it."""
    if len(address) > LONGEST or any(not 32 < ord(sign) < 127 or sign in '\\"<>^`{|}' for sign in address):
        return False
    try:
        parts = urlsplit(address)
        strange = parts.port is not None or parts.username is not None
    except ValueError:
        return False
    return parts.scheme == "https" and not strange and bool(_HOST.fullmatch(parts.hostname or ""))
