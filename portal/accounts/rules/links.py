"""Where a sign-in may lead on to: paths of this site only."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 2000


def same_site_path(target: str | None) -> str | None:
    """The path if it is one of this site, else None.

    Refuses other hosts in all their spellings: //host, /\\host (browsers read \\ as /), schemes, and
    control characters, which browsers drop before they read the address.
    """
    if not target or len(target) > LONGEST or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(sign) < 33 or ord(sign) == 127 for sign in target):
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    return target
