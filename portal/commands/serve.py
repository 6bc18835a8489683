"""`portal serve` and `portal worker`: the portal and its job worker."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from jinja2 import FileSystemBytecodeCache

from portal.accounts.rules.actors import PORTAL
from portal.commands.application import application
from portal.commands.seed import report, sign_ins_text
from portal.core import pdf
from portal.core.config import Settings
from portal.core.db import db
from portal.core.jobs import worker as jobs
from portal.core.migrating import upgrade
from portal.core.storage import service as storage
from portal.demonstration import building
from portal.demonstration.making import is_new, make_aside
from portal.directory.service import load_reference

LONGEST_REQUEST_SECONDS = 120
PAPERS_AFTER = 3.0  # seconds: the first visitors come before the first paper
LONGEST_FAREWELL_SECONDS = 10  # also for a worker told to end while it starts, which does not hear it


@click.command()
@click.option(
    "--demo/--no-demo", default=None, help="Whether to fill a new database with demonstration data."
)
def serve(demo: bool | None) -> None:
    """Bring the database up to date and serve the portal until interrupted."""
    app = application()
    settings: Settings = app.config["SETTINGS"]
    _demand_free_port(settings)
    _demand_one_writer(app, settings)
    if (wanted_by_default(settings) if demo is None else demo) and is_new(settings):
        click.echo("Making demonstration data: about a minute, once …")
        report(make_aside(settings))
    upgrade(app)
    _keep_compiled_templates(app, settings)
    with app.app_context():
        load_reference(PORTAL)
        storage.sweep()
        notice = sign_ins_text() if building.built() else ""
    _serve(app, settings, f"The portal is at {settings.public_url}\n{notice}")


def wanted_by_default(settings: Settings) -> bool:
    """Demonstration data come by themselves only where nobody else can sign in with their password."""
    local = settings.host in {"127.0.0.1", "::1", "localhost"} and not settings.base_url
    return settings.demo and local and not settings.database_url and not settings.secure_cookies


@click.command()
def worker() -> None:
    """Do background jobs until interrupted, beside web processes or other workers on PostgreSQL."""
    app = application()
    if _is_sqlite(app):
        click.echo("portal: a worker of its own needs PostgreSQL: SQLite has one writer.", err=True)
        raise SystemExit(2)
    pdf.warm_up(0)
    jobs.serve(app)


class Server(BaseApplication):  # type: ignore[misc]  # as above
    """Gunicorn with threads, around an app that is made already."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app = app
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app to serve."""
        return self.app


def _keep_compiled_templates(app: Flask, settings: Settings) -> None:
    """The macros take a second to compile: done once, not by the first visitor after every start."""
    folder = Path(settings.data_dir).resolve() / "templates"
    folder.mkdir(mode=0o700, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _serve(app: Flask, settings: Settings, greeting: str) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # no connection may cross the fork
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    options = {
        "bind": f"{host}:{settings.port}",
        "workers": settings.processes,
        "worker_class": "gthread",
        "threads": settings.threads,
        "timeout": LONGEST_REQUEST_SECONDS,
        "graceful_timeout": LONGEST_FAREWELL_SECONDS,
        "keepalive": 5,
        "loglevel": "warning",
        "control_socket_disable": True,
        "post_worker_init": lambda _worker: _begin_worker(app, settings),
        "when_ready": lambda _server: click.echo(greeting),
    }
    Server(app, options).run()


def _begin_worker(app: Flask, settings: Settings) -> None:
    """What a web process does before its first request."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the server tells each to end, once
    if settings.embedded_worker:
        jobs.start_embedded(app)
        pdf.warm_up(PAPERS_AFTER)


def _demand_free_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            click.echo(
                f"portal: cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
                "Stop what uses it, or choose another with PORTAL_PORT.",
                err=True,
            )
            raise SystemExit(2) from error


def _demand_one_writer(app: Flask, settings: Settings) -> None:
    if settings.processes > 1 and _is_sqlite(app):
        click.echo("portal: PORTAL_PROCESSES above 1 needs PostgreSQL: SQLite has one writer.", err=True)
        raise SystemExit(2)


def _is_sqlite(app: Flask) -> bool:
    return str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")


commands: list[click.Command] = [serve, worker]
