"""PDFs: tagged, made in another process, and closed to everything outside the document."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from portal.core.pdf import STYLE, PdfFailed, Printer, render_pdf

TEMPLATES = STYLE.parent.parent
PAGE = """
{% extends "pdf/base.html" %}
{% block title %}Self-assessment of “Barnsley & co”{% endblock %}
{% block note %}22 November 2026{% endblock %}
{% block cover %}<h1>Barnsley</h1>{% endblock %}
{% block content %}
<h2 id="result">Result</h2>
<p>The total is 104.</p>
<figure><figcaption>Total</figcaption>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20" role="img"><title>104 of 125</title>
<rect width="83" height="20" fill="#1d4f5a"/></svg></figure>
<table><caption>Ratings</caption>
<thead><tr><th scope="col">Item</th><th scope="col">Rating</th></tr></thead>
<tbody><tr><th scope="row">Caseload</th><td>5</td></tr></tbody></table>
<ul><li>One thing</li></ul>
{% endblock %}
"""


@pytest.fixture(scope="module")
def made() -> PdfReader:
    templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    html = templates.from_string(PAGE).render(contents=[{"href": "#result", "text": "Result"}])
    return PdfReader(BytesIO(render_pdf(html, title="Self-assessment of “Barnsley & co”")))


def tags(element: Any) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, depth first."""
    element = element.get_object()
    if isinstance(element, DictionaryObject):
        if "/S" in element:
            yield element
        children = element.get("/K", [])
        children = children.get_object() if hasattr(children, "get_object") else children
        for child in children if isinstance(children, list) else [children]:
            if not isinstance(child, int):
                yield from tags(child)


def test_a_pdf_says_its_language_title_and_that_it_is_tagged(made: PdfReader) -> None:
    root = made.trailer["/Root"]

    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata is not None
    assert made.metadata.title == "Self-assessment of “Barnsley & co”"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_a_pdf_carries_headings_tables_lists_and_described_figures(made: PdfReader) -> None:
    found = list(tags(made.trailer["/Root"]["/StructTreeRoot"]))
    kinds = {element["/S"] for element in found}

    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/Figure", "/Caption", "/L", "/LI", "/Link"} <= kinds
    figures = [element for element in found if element["/S"] == "/Figure"]
    assert any("104 of 125" in str(figure.get("/Alt")) for figure in figures)


def test_a_pdf_has_bookmarks_a_linked_contents_page_and_page_numbers(made: PdfReader) -> None:
    first = made.outline[0]

    assert first["/Title"] == "Barnsley"
    assert made.outline[1][0]["/Title"] == "Result"
    assert len(made.pages) == 3
    assert "Page 2 of 3" in made.pages[1].extract_text()
    assert "Result3" in made.pages[1].extract_text().replace(" ", "").replace("\n", "")
    assert made.pages[1]["/Annots"][0]["/Subtype"] == "/Link"


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_made() -> None:
    printer = Printer(time_limit=0.5)
    try:
        endless = "<table>" + "<tr><td>a<td>b" * 20_000 + "</table>"
        with pytest.raises(PdfFailed, match="given up"):
            printer.render(endless, "", "Endless")

        printer.time_limit = 30
        assert printer.render("<p>Next</p>", "", "Next").startswith(b"%PDF")
    finally:
        printer.close()


def test_a_broken_document_fails_alone() -> None:
    printer = Printer()
    try:
        with pytest.raises(PdfFailed, match="could not be made"):
            printer.render("<p>Text", None, "No style")  # type: ignore[arg-type]  # broken on purpose
        first = printer._process
        assert printer.render("<p>Next</p>", "", "Next").startswith(b"%PDF")
        assert printer._process is first
    finally:
        printer.close()


class Canary(BaseHTTPRequestHandler):
    """Notes every address that is asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/redirect"):
            self.send_response(302)
            self.send_header("Location", "/redirected")
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if "css" in self.path else "image/svg+xml")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Noting", (Canary,), {"asked": asked})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def hostile(address: str, secret: Path) -> str:
    """Everything a document can ask for from outside."""
    file = secret.as_uri()
    return f"""<html lang="en"><head><title>x</title><base href="{address}/">
    <link rel="stylesheet" href="{address}/linked.css"><link rel="attachment" href="{address}/attached">
    <link rel="attachment" href="{file}"><link rel="icon" href="{address}/icon">
    <style>@import "{address}/imported.css"; @font-face {{ font-family: f; src: url({address}/font) }}
    p {{ font-family: f; background: url({address}/background); list-style-image: url({address}/bullet) }}
    p::after {{ content: url({address}/content) }}</style></head><body>
    <p>text</p><img src="{address}/img"><img src="{address}/redirect"><img src="{file}"><img src="relative">
    <object data="{address}/object"></object><embed src="{address}/embed">
    <iframe src="{address}/frame"></iframe>
    <a rel="attachment" href="{file}">file</a><a rel="attachment" href="{address}/attached-link">link</a>
    <svg width="9" height="9"><image href="{address}/svg-image" width="9" height="9"/>
    <use href="{address}/used.svg#a"/><style>@import "{address}/svg.css";</style></svg></body></html>"""


def embedded(pdf: bytes) -> list[str]:
    return list(PdfReader(BytesIO(pdf)).attachments)


def test_a_document_reaches_nothing_outside_itself(canary: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = canary
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    html = hostile(address, secret)

    assert embedded(render_pdf(html, title="Hostile")) == []
    assert asked == []

    # The positive control: the same document, with WeasyPrint as it comes, does reach out.
    open_fetcher = URLFetcher()
    loose = HTML(string=html, url_fetcher=open_fetcher).write_pdf(stylesheets=[CSS(string="")])
    assert len(asked) >= 5
    assert "/redirected" in asked
    assert embedded(loose)
