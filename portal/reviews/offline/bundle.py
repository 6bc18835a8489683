"""What the on-site client is made of, and one hash of it all that tells a version from the next."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from portal.core.assets import asset, on_site_modules

# Modules of the portal's own pages that the client calculates with; what they import is named here too.
SHARED = ("js/exact.js", "js/rules.js", "js/worksheet_sums.js")
LOOKS = ("css/portal.css", "vendor/govuk-frontend.min.css")
ICONS = ("icon.svg", "icons/192.png", "icons/512.png", "icons/maskable.png")
_TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "on_site"


def files() -> list[str]:
    """Addresses, with their hashes, of all that the client loads beside its shell."""
    return [asset(name) for name in (*SHARED, *on_site_modules(), *LOOKS, *ICONS)]


@lru_cache(maxsize=1)
def build() -> str:
    """The version of the client: it changes when anything does that the client is made of."""
    made = hashlib.sha256("\n".join(files()).encode())
    for path in sorted(path for path in _TEMPLATES.iterdir() if path.is_file()):
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()[:16]
