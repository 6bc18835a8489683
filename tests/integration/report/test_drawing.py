"""The PDF: drawn once, kept, tagged, and served as the bytes that were kept."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from sqlalchemy import update

from portal.core.act import operational
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.jobs import worker
from portal.core.pdf import PdfFailed
from portal.core.storage.models import Attachment
from portal.directory.models import Service
from portal.reviews.assessment import report as drawing
from portal.reviews.assessment.models import PublishedReport
from portal.reviews.assessment.rules.workflow import Kind
from portal.reviews.assessment.service.drafting import ItemDraft
from tests.support.assessed import Proposing, World, all_rated, drafts
from tests.support.page_client import PageClient


def row_of(made: uuid.UUID) -> PublishedReport:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(PublishedReport, (made, 1))


def elements(element: Any) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, depth first."""
    element = element.get_object()
    if isinstance(element, DictionaryObject):
        if "/S" in element:
            yield element
        children = element.get("/K", [])
        children = children.get_object() if hasattr(children, "get_object") else children
        for child in children if isinstance(children, list) else [children]:
            if not isinstance(child, int):
                yield from elements(child)


@dataclass(frozen=True)
class Drawn:
    """A PDF as it is served, with what was kept of it."""

    data: bytes
    code: str
    digest: str
    pdf_digest: str

    @property
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.data))


_once: dict[str, Drawn] = {}  # by engine: drawing takes seconds, and these tests only read


@pytest.fixture
def drawn(request: pytest.FixtureRequest, engine_name: str) -> Drawn:
    """The PDF of a guided result with a last time, a long note and an item not agreed."""
    if engine_name not in _once:
        _once[engine_name] = _draw(request.getfixturevalue("world"), request.getfixturevalue("client"))
    return _once[engine_name]


def _draw(world: World, client: PageClient) -> Drawn:
    world.past(date(2025, 5, 20), all_rated(3))
    sheet = drafts(all_rated(4, n1=5, n15=2))
    sheet["disclosure"] = ItemDraft(4, evidence="A long note. " * 400)
    made = world.final(sheet, {"rapid-job-search": Proposing(1)})
    worker.run_all()
    client.sign_in(world.email("commissioner"))
    response = client.get(f"/assessments/{made}/report.pdf").response
    row = row_of(made)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["ETag"] == f'"{row.pdf_digest}"'
    assert "no-cache" in response.headers["Cache-Control"]
    unchanged = {"If-None-Match": response.headers["ETag"]}
    assert client.get(f"/assessments/{made}/report.pdf", headers=unchanged, expect=304).response.data == b""
    return Drawn(response.data, row.code, row.digest, row.pdf_digest or "")


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_pdf_is_tagged_and_says_everything_that_the_page_says(drawn: Drawn) -> None:
    reader = drawn.reader
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Guided self-assessment of Bridge IPS"

    found = list(elements(root["/StructTreeRoot"]))
    kinds = [str(element["/S"]) for element in found]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/H4", "/Table", "/TH", "/TD", "/Figure", "/L", "/LI", "/Link", "/Caption"} <= set(
        kinds
    )
    alts = [str(element.get("/Alt", "")) for element in found if element["/S"] == "/Figure"]
    assert len(alts) == 3
    assert "98 of 125" in alts[0]
    assert all(alts)

    text = text_of(reader)
    squeezed = text.replace(" ", "")
    assert drawn.code in text
    assert drawn.digest in squeezed
    assert f"/verify/{drawn.code}" in squeezed
    for said in (
        "98 of 125",
        "Fair fidelity",
        "Done well",
        "Priorities",
        "Not agreed",
        "25. Assertive engagement",
    ):
        assert said in text


def test_the_pdf_has_bookmarks_contents_with_links_and_a_first_page_that_stands_alone(drawn: Drawn) -> None:
    def titles(outline: Any) -> list[str]:
        return [t for part in outline for t in (titles(part) if isinstance(part, list) else [part["/Title"]])]

    reader = drawn.reader
    found = titles(reader.outline)
    assert found[0] == "Bridge IPS"
    assert [title for title in found if title in {"Staffing", "Organisation", "Services"}] == [
        "Staffing", "Organisation", "Services",
    ]  # fmt: skip
    assert sum(title.split(".")[0].isdigit() for title in found) == 25
    links = {str(note.get_object()["/Dest"]) for note in reader.pages[1]["/Annots"]}
    assert len(links) == 25 + 3 + 5
    assert {"item-1", "item-25", "section-services", "summary", "proof"} <= links
    first = " ".join(reader.pages[0].extract_text().split())
    for said in ("98 of 125", "Done well", "Priorities", "Code"):
        assert said in first


def test_no_heading_stands_alone_at_the_foot_of_a_page(drawn: Drawn) -> None:
    for page in drawn.reader.pages[2:]:
        lines = [line for line in page.extract_text().splitlines() if line.strip()]
        body = [line for line in lines if not line.startswith("Page ") and not line.startswith("Guided self")]
        assert not body[-1].lstrip().startswith(("Recommendation", "Evidence", "Staffing", "Services"))


def test_the_bytes_served_are_those_kept_and_hashed(drawn: Drawn) -> None:
    assert hashlib.sha256(drawn.data).hexdigest() == drawn.pdf_digest


def test_a_pdf_is_never_drawn_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = world.past(date(2025, 5, 20), all_rated(3))
    answers = iter([b"%PDF-first", b"%PDF-second"])
    monkeypatch.setattr(drawing, "render_pdf", lambda *_, **__: next(answers))
    drawing.draw_paper({"assessment_id": str(made)})
    with operational() as session:
        session.execute(update(Service).values(name="Renamed"))
    drawing.draw_paper({"assessment_id": str(made)})

    assert row_of(made).pdf_digest == hashlib.sha256(b"%PDF-first").hexdigest()
    assert next(answers) == b"%PDF-second"  # never asked for


def test_of_two_drawn_at_once_the_first_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = world.past(date(2025, 5, 20), all_rated(3))
    inner = iter([True])

    def draw(*_args: object, **_more: object) -> bytes:
        if next(inner, False):
            drawing.draw_paper({"assessment_id": str(made)})  # another worker, while this one draws
            return b"%PDF-second"
        return b"%PDF-first"

    monkeypatch.setattr(drawing, "render_pdf", draw)
    drawing.draw_paper({"assessment_id": str(made)})
    assert row_of(made).pdf_digest == hashlib.sha256(b"%PDF-first").hexdigest()
    assert db.session.query(Attachment).count() == 1


def test_drawing_holds_no_transaction(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = world.past(date(2025, 5, 20), all_rated(3))
    seen = []

    def draw(*_args: object, **_more: object) -> bytes:
        seen.append(db.session().in_transaction())
        return b"%PDF-1"

    monkeypatch.setattr(drawing, "render_pdf", draw)
    drawing.draw_paper({"assessment_id": str(made)})
    assert seen == [False]


def test_a_failed_drawing_keeps_nothing_and_is_tried_again(
    world: World, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = world.final(drafts(all_rated(4)), kind=Kind.SELF)

    def fails(*_args: object, **_more: object) -> bytes:
        raise PdfFailed("too long")

    monkeypatch.setattr(drawing, "render_pdf", fails)
    worker.run_all()
    assert row_of(made).pdf_digest is None
    assert db.session.query(Attachment).count() == 0
    client.sign_in(world.email("manager"))
    assert client.get(f"/assessments/{made}/report.pdf", expect=202).heading == "The PDF is being made"


def test_a_job_for_nothing_is_refused(app: Flask) -> None:
    with pytest.raises(NotFound):
        drawing.draw_paper({"assessment_id": str(uuid.uuid4())})


def test_what_people_wrote_cannot_fetch_or_run_in_the_pdf(world: World) -> None:
    hostile = '<img src="file:///etc/hostname"><script>x</script><a rel="attachment" href="file:///etc/hostname">x</a>'
    sheet = drafts(all_rated(4))
    sheet["disclosure"] = ItemDraft(4, evidence=hostile)
    made = world.final(sheet, kind=Kind.SELF)
    found = drawing.published(made)
    assert found is not None
    html = drawing.pdf_html(found.report, "0" * 64)
    assert "<script>x" not in html
    reader = PdfReader(BytesIO(drawing.render_pdf(html, title="x")))
    assert not list(reader.attachments)
    assert "file:///etc/hostname" in text_of(reader)
