"""Set up what a command needs: `setup.py run` for the portal itself, `setup.py test` for its tests too.

Each step is stamped with the hash of what it was made from, so a second call does nothing in a fraction
of a second and a changed lock file is followed. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import system_packages
import vendor

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / ".stamps"
PYTHON = VENV / "bin" / "python"


def _run(command: Sequence[str | Path]) -> None:
    """Run a command in the project's folder, or end with its exit code and what it was."""
    environment = os.environ | {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f"Set-up stopped: {' '.join(str(part) for part in command)} ended with {done.returncode}.")


def _digest(names: Sequence[str]) -> str:
    hashed = hashlib.sha256(sys.version.encode())
    for name in names:
        hashed.update((ROOT / name).read_bytes())
    return hashed.hexdigest()


def step(name: str, made_from: Sequence[str], action: Callable[[], None], made: Sequence[Path] = ()) -> None:
    """Run an action unless it was run before from the same files and what it made is still there."""
    stamp, digest = STAMPS / name, _digest(made_from)
    if stamp.exists() and stamp.read_text() == digest and all(path.exists() for path in made):
        return
    print(f"Setting up: {name}", flush=True)
    action()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(digest)


def _venv_works() -> bool:
    check = [str(PYTHON), "-c", "import pip"]
    return PYTHON.exists() and subprocess.run(check, capture_output=True, check=False).returncode == 0


def make_venv() -> None:
    """Make the one virtual environment, `.venv`, unless a working one is there."""
    if not _venv_works():
        print("Setting up: virtual environment", flush=True)
        _run([sys.executable, "-m", "venv", "--clear", VENV])


def _pip(*arguments: str) -> None:
    _run([PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--no-input", *arguments])


def _install_locked(lock: str) -> None:
    _pip("--require-hashes", "--only-binary=:all:", "--no-deps", "-r", lock)


def _install_project() -> None:
    _pip("--no-deps", "--no-build-isolation", "--editable", ".")


def _bring_front_end() -> None:
    if not shutil.which("npm") and not (VENV / "bin" / "npm").exists():
        _install_locked("requirements-node.lock")
    _run(["npm", "ci", "--silent"])
    vendor.copy_all(ROOT / "node_modules", ROOT / "portal" / "static" / "vendor")


def main(arguments: Sequence[str]) -> None:
    """Set up for `run` or `test`."""
    if list(arguments) not in (["run"], ["test"]):
        sys.exit("Usage: setup.py run|test")
    if sys.version_info[:2] != (3, 11):
        sys.exit(f"The portal needs Python 3.11, this is {sys.version.split()[0]}: make PYTHON=python3.11")
    for_tests = arguments[0] == "test"
    still_missing = system_packages.ensure(for_tests)
    if "python3-venv" in still_missing and not PYTHON.exists():
        sys.exit(1)
    make_venv()
    step("packages", ["requirements.lock"], lambda: _install_locked("requirements.lock"))
    if for_tests:
        step("test packages", ["requirements-dev.lock"], lambda: _install_locked("requirements-dev.lock"))
    step("portal", ["pyproject.toml"], _install_project, [VENV / "bin" / "portal"])
    front_end = ["package-lock.json", "requirements-node.lock", "scripts/vendor.py"]
    made = [ROOT / "portal" / "static" / "vendor" / name for name in vendor.FILES]
    step("front end", front_end, _bring_front_end, made)


if __name__ == "__main__":
    main(sys.argv[1:])
