"""Addresses of styles and scripts with their content hash, so that browsers may keep them for a year."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

STATIC = Path(__file__).resolve().parent.parent / "static"
ONE_YEAR = 31536000


@lru_cache(maxsize=256)
def asset(name: str) -> str:
    """The address of a static file, e.g. asset('css/portal.css') -> /static/css/portal.css?v=1f2e…

    Found once: files do not change while a process lives.
    """
    path = STATIC / name
    if not path.exists():
        raise FileNotFoundError(f"{name} is missing: run `make setup`")
    return f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"


@lru_cache(maxsize=2)
def import_map(on_site: bool = False) -> str:
    """For browsers: the address with its hash of every module, so that one finds another's newest. JSON.

    The pages of the on-site client, and only they, have its modules in it too.
    """
    names = sorted(f"js/{path.name}" for path in (STATIC / "js").glob("*.js"))
    names += on_site_modules() if on_site else []
    return json.dumps({"imports": {f"/static/{name}": asset(name) for name in names}})


def on_site_modules() -> list[str]:
    """The modules of the on-site client and the library it keeps its store with."""
    paths = (STATIC / "js" / "on-site").rglob("*.js")
    return [*sorted(path.relative_to(STATIC).as_posix() for path in paths), "vendor/idb.js"]


def _cache(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 304):
        age = ONE_YEAR if request.args.get("v") else 3600
        kept = ", immutable" if age == ONE_YEAR else ""
        response.headers["Cache-Control"] = f"public, max-age={age}{kept}"
    return response


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(asset=asset, import_map=import_map)
    app.after_request(_cache)
