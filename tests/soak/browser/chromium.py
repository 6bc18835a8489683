"""Chromium on a profile that outlives it, as a process that can be killed, whole or in part."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from tests.support.browsing import STARTS

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-GB",
    "--window-size=768,1024",
    "--disable-features=StaticStorageQuota",  # else a shrunk quota is not heeded
    "--remote-debugging-port=0",
)
START_SECONDS = 30


@dataclass
class Chromium:
    """One browser; opened again it has what it had on the disk."""

    playwright: Playwright
    profile: Path
    _process: subprocess.Popen[bytes] | None = None
    _browser: Browser | None = None

    def open(self) -> Page:
        """Start it and give its page. Raises RuntimeError where it does not start, nor does another."""
        for _ in range(STARTS - 1):
            with contextlib.suppress(Error, RuntimeError):
                return self._start()
            self.kill()  # on a busy machine one in some hundreds hangs before it can be spoken to
        return self._start()

    def _start(self) -> Page:
        told = self.profile / "DevToolsActivePort"
        self.profile.mkdir(parents=True, exist_ok=True)
        told.unlink(missing_ok=True)
        for left in self.profile.glob("Singleton*"):
            left.unlink()  # of a browser that was killed
        self._process = subprocess.Popen(
            [shutil.which("chromium") or "chromium", *FLAGS, f"--user-data-dir={self.profile}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + START_SECONDS
        while not (told.exists() and told.read_text().count("\n")):
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError("Chromium did not start")
            time.sleep(0.02)
        port = told.read_text().split("\n")[0]
        self._browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        return self.page()

    @property
    def context(self) -> BrowserContext:
        assert self._browser is not None
        return self._browser.contexts[0]

    def page(self) -> Page:
        """A new page, the others closed."""
        page = self._new_page()
        for other in self.context.pages:
            if other is not page:
                with contextlib.suppress(Exception):  # a page whose renderer was killed
                    other.close()
        return page

    def _new_page(self) -> Page:
        for _ in range(20):
            try:
                return self.context.new_page()
            except Error:  # a process kept ready for a new page was killed with the others
                time.sleep(0.1)
        return self.context.new_page()

    def kill_renderers(self) -> int:
        """SIGKILL every process that draws pages or runs their scripts. Returns how many."""
        assert self._process is not None
        killed = 0
        for pid in _descendants(self._process.pid):
            with contextlib.suppress(OSError):
                if b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
        return killed

    def kill(self) -> None:
        """SIGKILL the whole browser, as a battery that falls out does."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=20)
        self._process = None
        if self._browser is not None:
            with contextlib.suppress(Exception):  # it notices that nobody is there
                self._browser.close()
            self._browser = None


def _descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                yield int(child)
                yield from _descendants(int(child))
