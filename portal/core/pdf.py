"""HTML in, tagged PDF out, made in a process of its own.

One document is made at a time, at low priority, so that ten reports in a row slow no request. The
process is kept, because loading WeasyPrint and its fonts costs about a second: it is started with the
server (`warm_up`) or on first use, killed when a document takes too long, and replaced after a number
of documents so that what it gathers in memory is bounded. It gets no setting or secret of the portal.
"""

from __future__ import annotations

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from pathlib import Path

PACKAGE_ROOT = Path(__file__).resolve().parent.parent.parent
STYLE = Path(__file__).resolve().parent.parent / "templates" / "pdf" / "print.css"
TIME_LIMIT = 120.0  # seconds for one document; one takes about a second, more on a busy machine
QUEUE_LIMIT = 600.0  # seconds to wait for those before it
DOCUMENTS_EACH = 100  # after so many the process is replaced


class PdfFailed(RuntimeError):
    """No PDF could be made: the document took too long, was too large, or is broken."""


class Printer:
    """The process and its pipe; safe to call from several threads."""

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0  # the process id that started it: a forked child must not share the pipe
        self._made = 0

    def render(self, html: str, css: str, title: str) -> bytes:
        """Make one document. Raises PdfFailed."""
        if not self._turn.acquire(timeout=QUEUE_LIMIT):
            raise PdfFailed("Other reports are still being made")
        try:
            made = self._ask(json.dumps({"html": html, "css": css, "title": title}).encode())
            self._running()  # where it is time to replace the process, the next one loads meanwhile
            return made
        finally:
            self._turn.release()

    def warm_up(self) -> None:
        """Start the process before it is needed: it loads while nobody waits."""
        if self._turn.acquire(blocking=False):
            try:
                self._running()
            finally:
                self._turn.release()

    @property
    def process_id(self) -> int | None:
        """The number of the process, where one runs."""
        return self._process.pid if self._process is not None else None

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.communicate()

    def _ask(self, body: bytes) -> bytes:
        process = self._running()
        clock = threading.Timer(self.time_limit, process.kill)
        clock.start()
        try:
            answer = _exchange(process, body)
        except OSError:
            answer = b""
        finally:
            clock.cancel()
        self._made += 1
        if not answer:
            self.close()
            raise PdfFailed(f"The document was given up after at most {self.time_limit:g} seconds")
        if answer[:1] != b"+":
            raise PdfFailed(f"The document could not be made: {answer[1:].decode()}")
        return answer[1:]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            self._process = None
        if self._process is not None and (self._process.poll() is not None or self._made >= DOCUMENTS_EACH):
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "portal.core.pdf_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                process_group=0,  # Ctrl-C is the server's business: this one ends when its pipe does
            )
            self._owner, self._made = os.getpid(), 0
        return self._process


def _exchange(process: subprocess.Popen[bytes], body: bytes) -> bytes:
    """Send a frame and read the answer; empty when the process ended instead."""
    asking, answering = process.stdin, process.stdout
    if asking is None or answering is None:
        raise OSError("The process has no pipe")
    asking.write(struct.pack(">I", len(body)) + body)
    asking.flush()
    head = answering.read(4)
    if len(head) < 4:
        return b""
    length: int = struct.unpack(">I", head)[0]
    answer = answering.read(length)
    return answer if len(answer) == length else b""


def _environment() -> dict[str, str]:
    """What the process gets to know: where programs, fonts and our package are; no setting, no secret."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(PACKAGE_ROOT)}


_printer = Printer()
atexit.register(_printer.close)


def warm_up(after: float) -> None:
    """Start the process in so many seconds, in the background. Call after any fork."""
    timer = threading.Timer(after, _printer.warm_up)
    timer.daemon = True
    timer.start()


def render_pdf(html: str, *, title: str) -> bytes:
    """Make a tagged PDF (profile PDF/UA-1) of a page drawn from templates/pdf/base.html.

    Call it in a job or a command, outside any transaction: it takes about a second. Nothing but
    `data:` addresses is fetched. Raises PdfFailed when it takes over two minutes.
    """
    return _printer.render(html, STYLE.read_text(encoding="utf-8"), title)
