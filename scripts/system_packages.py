"""System packages the portal and its tests need: what is missing, and installing it where we may.

Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SystemPackage:
    """A Debian package, whether it is here, and whether the portal itself (not only its tests) needs it."""

    name: str
    present: Callable[[], bool]
    for_portal: bool


def _library(file_name: str) -> Callable[[], bool]:
    def present() -> bool:
        try:
            ctypes.CDLL(file_name)
        except OSError:
            return False
        return True

    return present


def _command(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _liberation_fonts() -> bool:
    return any(Path("/usr/share/fonts").rglob("Liberation*"))


def _postgresql() -> bool:
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _venv() -> bool:
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


PACKAGES: tuple[SystemPackage, ...] = (
    SystemPackage("python3-venv", _venv, for_portal=True),
    SystemPackage("libpango-1.0-0", _library("libpango-1.0.so.0"), for_portal=True),
    SystemPackage("libpangoft2-1.0-0", _library("libpangoft2-1.0.so.0"), for_portal=True),
    SystemPackage("libharfbuzz0b", _library("libharfbuzz.so.0"), for_portal=True),
    SystemPackage("libharfbuzz-subset0", _library("libharfbuzz-subset.so.0"), for_portal=True),
    SystemPackage("libfontconfig1", _library("libfontconfig.so.1"), for_portal=True),
    SystemPackage("fonts-liberation", _liberation_fonts, for_portal=True),
    SystemPackage("chromium", _command("chromium"), for_portal=False),
    # The node that Playwright brings is linked against it, and chromium does not bring it along.
    SystemPackage("libatomic1", _library("libatomic.so.1"), for_portal=False),
    SystemPackage("poppler-utils", _command("pdftotext"), for_portal=False),
    SystemPackage("postgresql-15", _postgresql, for_portal=False),
)


def missing(for_tests: bool) -> list[str]:
    """Names of the packages that are not here, of those the portal needs or, `for_tests`, of all."""
    wanted = [package for package in PACKAGES if for_tests or package.for_portal]
    return [package.name for package in wanted if not package.present()]


def may_install() -> bool:
    """Whether we are root on a Debian system."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(names: Sequence[str]) -> bool:
    """Install packages with apt-get, its lists brought up to date first; False if that failed."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names],
    )
    for command in commands:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            last_lines = done.stderr.strip().splitlines()[-3:]
            print(f"{' '.join(command[:2])} failed: {' '.join(last_lines)}", file=sys.stderr)
            return False
    return True


def ensure(for_tests: bool) -> list[str]:
    """Bring the system packages; return those still missing, having said so in one line."""
    names = missing(for_tests)
    if not names:
        return []
    if may_install():
        print(f"Installing system packages: {' '.join(names)}", flush=True)
        install(names)
        importlib.invalidate_caches()
        names = missing(for_tests)
    if names:
        print(f"Missing, to be installed by root with apt-get install: {' '.join(names)}", file=sys.stderr)
    return names
