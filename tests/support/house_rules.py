"""What must hold of the files in the repository. Each function returns one line for each breach."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_PYTHON_LINES = 300
_LONGER_FOR_A_REASON: dict[str, str] = {}

# Written in parts, so that this file does not name what it looks for.
_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb" + ".debian.org",
    "cdn.jsdelivr" + ".net",
    "un" + "pkg.com",
]
_MACHINE = re.compile(r"(?<![\w.])/(?:wo" + "rk|ho" + r"me|ro" + r"ot)/\w+")
_PUT_OFF = r"\b(TO" + "DO|FIX" + "ME|X" + r"XX)\b"
_UNFINISHED = re.compile(rf"(#|//|/\*|<!--|^\s*\*|^\s*\"\"\").*{_PUT_OFF}|raise NotImplemented" + "Error")
_UNFINISHED_TEXT = re.compile(rf"(?<!`){_PUT_OFF}")  # in backticks a text speaks of the word itself
_TEXTS = (".md", ".html", ".toml", ".txt")
_SWITCHED_OFF = re.compile(
    r"#\s*(?:noqa|type:\s*ignore)(?P<code>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w,\- ]+\])?(?P<reason>.*)"
)
_INLINE_STYLE = re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE)
_THIRD_PARTY = re.compile(r"\.min\.(js|css)$|/vendor/|node_modules/|\.(woff2?|ttf|otf)$")


def committed(root: Path = ROOT) -> list[str]:
    """Names of the files in the repository that are there, and of new ones not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(name for name in set(listed.stdout.split("\0")) if name and (root / name).is_file())


def _lines(root: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        try:
            text = (root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or the like
        for number, line in enumerate(text.splitlines(), start=1):
            yield f"{name}:{number}", line


def long_files(root: Path = ROOT) -> list[str]:
    """Python files in which two things probably live together."""
    found = []
    for name in committed(root):
        if name.endswith(".py") and name not in _LONGER_FOR_A_REASON:
            length = len((root / name).read_text(encoding="utf-8").splitlines())
            if length > MOST_PYTHON_LINES:
                found.append(f"{name} has {length} lines")
    return found


def registry_hosts(root: Path = ROOT) -> list[str]:
    """Lines that name the host of a package registry or a delivery network."""
    return [where for where, line in _lines(root, committed(root)) if any(host in line for host in _HOSTS)]


def machine_paths(root: Path = ROOT) -> list[str]:
    """Lines that hold a path of somebody's machine."""
    return [where for where, line in _lines(root, committed(root)) if _MACHINE.search(line)]


def unfinished(root: Path = ROOT) -> list[str]:
    """Lines that put something off."""
    found = []
    for name in committed(root):
        pattern = _UNFINISHED_TEXT if name.endswith(_TEXTS) else _UNFINISHED
        if not name.endswith(".lock"):
            breaches = [(where, line) for where, line in _lines(root, [name]) if pattern.search(line)]
            found += [f"{where}: {line.strip()[:80]}" for where, line in breaches]
    return found


def unexplained_exceptions(root: Path = ROOT) -> list[str]:
    """Checks switched off on a line without their code and, after it, the reason."""
    found = []
    for where, line in _lines(root, [name for name in committed(root) if name.endswith(".py")]):
        match = _SWITCHED_OFF.search(line)
        if match and not (match["code"] and re.search(r"\w", match["reason"])):
            found.append(f"{where}: {line.strip()[-80:]}")
    return found


def third_party(root: Path = ROOT) -> list[str]:
    """Files that look like other people's work; packages bring it at set-up."""
    return [name for name in committed(root) if _THIRD_PARTY.search(name)]


def inline_styles(templates: Path) -> list[str]:
    """Style attributes and elements in page templates, which the policy refuses. PDFs and mails may."""
    found = []
    for path in sorted(templates.rglob("*.html")):
        name = path.relative_to(templates)
        if name.parts[0] not in {"pdf", "email"} and _INLINE_STYLE.search(path.read_text(encoding="utf-8")):
            found.append(str(name))
    return found
