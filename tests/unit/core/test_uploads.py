"""Files are what their content says, and their names cannot lead anywhere."""

from __future__ import annotations

import io
import zipfile

import pytest

from portal.core.rules.uploads import LONGEST_NAME, NotAllowed, clean_name, recognise


def archive(*names: str, first: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, first or b"x")
    return made.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")
EXCEL = archive("[Content_Types].xml", "xl/workbook.xml")
ODS_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
ODS = archive("mimetype", "content.xml", first=ODS_KIND)
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


@pytest.mark.parametrize(
    "name, data, content_type",
    [
        ("a.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("a.PDF", b"%PDF-1.7\n", "application/pdf"),
        ("a.docx", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", EXCEL, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.ods", ODS, "application/vnd.oasis.opendocument.spreadsheet"),
        ("a.csv", "Größe,1\r\n".encode("cp1252"), "text/csv"),
        ("a.txt", b"Notes\n", "text/plain"),
        ("a.png", PNG, "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic", "image/heic"),
    ],
)
def test_a_file_whose_content_fits_its_ending_is_taken(name: str, data: bytes, content_type: str) -> None:
    assert recognise(name, data).content_type == content_type


@pytest.mark.parametrize(
    "name, data",
    [
        ("empty.pdf", b""),
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("report.pdf.exe", b"%PDF-1.7\n"),
        ("program.pdf", b"MZ\x90\x00"),
        ("noending", b"%PDF-1.7\n"),
        ("picture.png", b"\xff\xd8\xff\xe0"),
        ("letter.docx", EXCEL),
        ("letter.docx", b"PK\x03\x04broken"),
        ("letter.docm", WORD),
        ("letter.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("sheet.ods", archive("content.xml", "mimetype")),
        ("sheet.ods", archive("mimetype", "Basic/Standard/M.xml", first=ODS_KIND)),
        ("bomb.xlsx", archive("[Content_Types].xml", "xl/workbook.xml", *(f"x{n}" for n in range(5_000)))),
        ("binary.txt", b"text\x00more"),
        ("late.pdf", b"GIF89a%PDF-1.7"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_or_not_of_a_taken_kind_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(NotAllowed) as reason:
        recognise(name, data)
    assert "Choose" in str(reason.value) or "Save it again" in str(reason.value)


@pytest.mark.parametrize(
    "given, cleaned",
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\a\\report.pdf", "report.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("\u202egnp.exe.pdf", "gnp.exe.pdf"),
        (".hidden", "hidden"),
        ("..", "file"),
        ("", "file"),
        ('a"b<c>;d.pdf', "a_b_c__d.pdf"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("two   words.pdf", "two words.pdf"),
    ],
)
def test_a_name_loses_whatever_could_lead_or_mislead(given: str, cleaned: str) -> None:
    assert clean_name(given) == cleaned


@pytest.mark.parametrize("length", [LONGEST_NAME - 1, LONGEST_NAME, LONGEST_NAME + 1, 5_000])
def test_a_long_name_is_cut_and_keeps_its_ending(length: int) -> None:
    cleaned = clean_name("x" * (length - 4) + ".pdf")

    assert len(cleaned) == min(length, LONGEST_NAME)
    assert cleaned.endswith(".pdf")
