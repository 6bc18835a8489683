"""Copy front-end files from their npm packages into the folder the portal serves them from.

The portal does not stand on a gov.uk domain, so GOV.UK's crest, crown, icons and its font GDS Transport
stay behind (GOV.UK Design System, "Using the GOV.UK Frontend outside GOV.UK"): no image and no font is
copied, and the style sheet is cleaned of every mention of them. Standard library only.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

FILES = ("govuk-frontend.min.css", "govuk-frontend.min.js", "idb.js")

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_TRANSPORT = re.compile(r"[\"']?GDS Transport[\"']?\s*,\s*arial", re.IGNORECASE)
_CREST = re.compile(r"[a-z-]+:[^;{}]*url\([^)]*govuk-crest[^)]*\)[^;{}]*;?")
_SOURCE_MAP = re.compile(r"\n?(?:/\*|//)# sourceMappingURL=.*$", re.MULTILINE)


class BrandLeftover(ValueError):
    """The cleaned style sheet still names a font, an image or the crest: the package has changed."""


def debrand(css: str) -> str:
    """GOV.UK Frontend's style sheet with system fonts and without the crest.

    Raises BrandLeftover when something that must not be served is still in it.
    """
    for pattern, replacement in ((_SOURCE_MAP, ""), (_COMMENT, ""), (_FONT_FACE, ""), (_CREST, "")):
        css = pattern.sub(replacement, css)
    css = _TRANSPORT.sub("Arial", css)
    for trace in ("url(/", "GDS Transport", "crest.svg", "@font-face"):
        if trace in css:
            raise BrandLeftover(f"govuk-frontend.min.css still holds {trace!r} after cleaning")
    return css


def copy_all(packages: Path, target: Path) -> None:
    """Fill `target` with what the pages need from `packages` (a node_modules folder), and nothing else."""
    source = packages / "govuk-frontend" / "dist" / "govuk"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    css = (source / "govuk-frontend.min.css").read_text(encoding="utf-8")
    (target / "govuk-frontend.min.css").write_text(debrand(css), encoding="utf-8")
    script = (source / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (target / "govuk-frontend.min.js").write_text(_SOURCE_MAP.sub("", script), encoding="utf-8")
    shutil.copyfile(packages / "idb" / "build" / "index.js", target / "idb.js")
