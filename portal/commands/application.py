"""The application, for commands that need one."""

from __future__ import annotations

from flask import Flask

from portal.app import create_app


def application() -> Flask:
    """An app from the environment's settings. Settings that cannot be read end the command with 2."""
    try:
        return create_app()
    except ValueError as error:
        raise SystemExit(f"portal: {error}") from error
