"""The process that makes PDFs: reads documents from standard input, answers on standard output.

Started by `portal.core.pdf`, never imported by it: WeasyPrint is slow to load, and in a thread beside
a busy one it slows from a second to over sixty. Nothing outside the document is fetched: the URL
fetcher takes `data:` addresses only (assurance, campaign row 9).

A frame is four bytes of length and then the body. In: JSON with `html`, `css` and `title`. Out: `+` and
the PDF, or `-` and the reason.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import struct
import sys
from typing import BinaryIO

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

MEMORY_LIMIT = 2 * 1024**3  # bytes of address space; a report needs about a tenth
VARIANT = "pdf/ua-1"
NICENESS = 5  # pages come before papers, but papers are not starved on a busy machine


def make_pdf(html: str, css: str, title: str) -> bytes:
    """One document, tagged as PDF/UA-1 asks."""
    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    style = CSS(string=css, url_fetcher=fetcher)
    page = HTML(string=html, url_fetcher=fetcher)
    document = page.render(stylesheets=[style], pdf_variant=VARIANT)
    document.metadata.title = title
    made: bytes = document.write_pdf(pdf_variant=VARIANT)
    return made


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next body, or None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    return stream.read(struct.unpack(">I", head)[0])


def write_frame(stream: BinaryIO, body: bytes) -> None:
    """Send a body."""
    stream.write(struct.pack(">I", len(body)))
    stream.write(body)
    stream.flush()


def main() -> None:
    """Answer until the parent closes the pipe."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # refused addresses are no news
    os.nice(NICENESS)
    with contextlib.suppress(ValueError):  # the machine may allow less than that already
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    make_pdf("<p>Ready</p>", "", "")  # finds the fonts, before anybody waits for a document
    asking, answering = sys.stdin.buffer, sys.stdout.buffer
    while (body := read_frame(asking)) is not None:
        try:
            answer = b"+" + make_pdf(**json.loads(body))
        except Exception as problem:  # noqa: BLE001  whatever is wrong with a document, the next must be made
            answer = b"-" + type(problem).__name__.encode()
        write_frame(answering, answer)


if __name__ == "__main__":
    main()
