"""Settings: every one a PORTAL_… environment variable with a default that works on a laptop.

`portal settings` lists them; docs/operations.md is checked against this file.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

PREFIX = "PORTAL_"


def _setting(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True)
class Settings:
    """All settings. Field `database_url` is read from PORTAL_DATABASE_URL, and so on."""

    data_dir: str = _setting("instance", "Folder of the SQLite database, attachments and the secret key")
    database_url: str = _setting("", "SQLAlchemy URL; empty means SQLite in the data folder")
    secret_key: str = _setting("", "Signs sessions; empty means one made once and kept in the data folder")
    host: str = _setting("127.0.0.1", "Address to listen on")
    port: int = _setting(8000, "Port to listen on")
    base_url: str = _setting("", "Address in e-mails and on reports; empty means http://HOST:PORT")
    secure_cookies: bool = _setting(
        False, "true where the portal is served over HTTPS: __Host- cookies and HSTS"
    )
    trusted_proxies: int = _setting(
        0, "How many proxies of yours stand in front; the visitor's address is read behind them"
    )
    session_idle_minutes: int = _setting(120, "A sign-in ends after this long without a request")
    session_hours: int = _setting(12, "A sign-in ends after this long in any case")
    mail_server: str = _setting("", "SMTP server; empty keeps mails in the outbox (shown to administrators)")
    mail_port: int = _setting(25, "SMTP port")
    mail_from: str = _setting("portal@localhost", "Sender of e-mails")
    attachment_max_mib: int = _setting(10, "Largest evidence file, in MiB")
    scan_command: str = _setting(
        "", "Virus scanner of evidence files: a command that reads the file on its input; 0 means clean"
    )
    leaver_name_months: int = _setting(
        24, "Names of people who left a service are removed from its workforce so many months later"
    )
    embedded_worker: bool = _setting(True, "Run the job worker inside the web process")
    threads: int = _setting(8, "Requests served at one time by a process")
    processes: int = _setting(1, "Web processes; more than one needs PostgreSQL, since SQLite has one writer")
    demo: bool = _setting(
        True, "Fill a new SQLite database with demonstration data, where only this machine can reach it"
    )
    demo_anchor: str = _setting("2026-11-20", "The date the demonstration data are counted back from")
    testing: bool = _setting(False, "Set by tests only")

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read PORTAL_… variables. Raises ValueError naming the variable that cannot be read."""
        values: dict[str, Any] = {}
        for spec in fields(cls):
            name = PREFIX + spec.name.upper()
            if name in environ:
                values[spec.name] = _parse(name, environ[name], type(spec.default))
        settings = cls(**values)
        date.fromisoformat(settings.demo_anchor)
        return settings

    @property
    def sqlalchemy_url(self) -> str:
        return self.database_url or f"sqlite:///{(Path(self.data_dir) / 'portal.sqlite').resolve()}"

    @property
    def public_url(self) -> str:
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    def kept_secret_key(self) -> str:
        """The secret key: the setting, or one made on first use and kept readable by the owner only."""
        if self.secret_key:
            return self.secret_key
        path = Path(self.data_dir) / "secret_key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32), encoding="ascii")
        return path.read_text(encoding="ascii").strip()


def _parse(name: str, text: str, kind: type) -> object:
    if kind is bool:
        if text.lower() not in {"true", "false", "1", "0", "yes", "no"}:
            raise ValueError(f"{name}: {text!r} is not true or false")
        return text.lower() in {"true", "1", "yes"}
    if kind is int:
        if not text.isdigit():
            raise ValueError(f"{name}: {text!r} is not a whole number")
        return int(text)
    return text
