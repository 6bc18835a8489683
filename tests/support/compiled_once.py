"""What every app of a run would compile anew, compiled once: routes, SQL, and templates.

Each test has an app and a database of its own, and thousands of them are made in a run. What is kept here
depends on the code alone, never on an app's data: the function that builds a route's address, the SQL of a
statement for an engine, the code of a template.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from werkzeug.routing import Rule

from portal.app import create_app
from portal.core.config import Settings
from portal.core.db import db
from tests.support import run_folder

_Builder = Callable[..., tuple[str, str]]
_compile_builder = Rule._compile_builder
_builders: dict[tuple[str, tuple[tuple[bool, str], ...], bool], _Builder] = {}
_engines: dict[str, Engine] = {}  # by dialect: the first engine of its kind in this process


def portal(settings: Settings) -> Flask:
    """The portal as `create_app` makes it, without compiling what an earlier app of this process did."""
    Rule._compile_builder = _kept_builder  # type: ignore[assignment,method-assign]  # only while the app is made
    try:
        app = create_app(settings)
    finally:
        Rule._compile_builder = _compile_builder  # type: ignore[method-assign]  # as it was
    cache = run_folder.folder() / "templates"
    cache.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(cache))
    with app.app_context():
        _share_statements(db.engine)
    return app


def _kept_builder(rule: Rule, append_unknown: bool = True) -> _Builder:
    if rule.defaults:
        return _compile_builder(rule, append_unknown)  # they are compiled into it
    key = (rule.rule, tuple(rule._trace), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


def _share_statements(engine: Engine) -> None:
    """Give an engine the dialect of the first of its kind, by which compiled statements are kept."""
    if engine.dialect.name not in _engines:
        with engine.connect():  # a dialect learns at its first connection what its server can do
            _engines[engine.dialect.name] = engine
    first: Any = _engines[engine.dialect.name]
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache
