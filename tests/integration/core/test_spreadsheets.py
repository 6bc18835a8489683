"""Files of rows: every reading bounded, every refusal in words, every writing safe to open."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from portal.core.spreadsheets import Limits, SheetOut, SheetProblem, read_rows, write_csv, write_xlsx

COLUMNS = ("item", "rating", "note")
LIVE = ["=1+1", "+1", "-1", "@x", "\ttab", "＝1", '=HYPERLINK("http://x")', "'=1"]


def cells(name: str, data: bytes, limits: Limits | None = None) -> list[tuple[str, ...]]:
    return [row.cells for row in read_rows(name, data, limits)]


def workbook(*rows: list[object]) -> bytes:
    made, book = io.BytesIO(), Workbook()
    for row in rows:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose sheet is this XML, whatever it says."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["a"]))) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.namelist():
            body = xml.encode() if entry == "xl/worksheets/sheet1.xml" else source.read(entry)
            target.writestr(entry, body)
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_every_encoding_and_with_every_delimiter_excel_writes(
    encoding: str, delimiter: str
) -> None:
    text = delimiter.join(("item", "note")) + "\r\n" + delimiter.join(("1", "café")) + "\r\n"

    assert cells("a.csv", text.encode(encoding)) == [("item", "note"), ("1", "café")]


def test_rows_keep_their_number_in_the_file_and_empty_ones_are_left_out() -> None:
    rows = read_rows("a.csv", b'item,note\n,\n1,"two\nlines"\n2,x\n')

    assert [(row.number, row.cells[0]) for row in rows] == [(1, "item"), (3, "1"), (5, "2")]


def test_a_workbook_gives_whole_numbers_as_whole_and_dates_as_dates() -> None:
    assert cells("a.xlsx", workbook(["item", "on"], [1, date(2026, 11, 22)], ["2", 4.5])) == [
        ("item", "on"),
        ("1", "2026-11-22"),
        ("2", "4.5"),
    ]


@pytest.mark.parametrize("extra, read", [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_the_limits_on_rows_and_columns_are_exact(name: str, extra: int, read: bool) -> None:
    limits = Limits(rows=5, columns=4)
    for rows, columns in ((5 + extra, 2), (2, 4 + extra)):
        filled = [[str(column) for column in range(columns)] for _ in range(rows)]
        data = workbook(*filled) if name == "a.xlsx" else "\n".join(map(",".join, filled)).encode()
        if read:
            assert len(read_rows(name, data, limits)) == rows
        else:
            with pytest.raises(SheetProblem, match="more than"):
                read_rows(name, data, limits)


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n\n", "no rows"),
        ("a.xlsx", workbook([]), "no rows"),
        ("a.csv", b'a,"b"c\n', "Line 1"),
        ("a.csv", b'a\nb,"never closed', "Line 2"),
        ("a.csv", b"a\x00b", "not plain text"),
        ("a.csv", b"\x81\x8d", "not plain text"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "CSV or Excel"),
        ("a.xlsx", b"no archive", "cannot be read"),
        ("a.xlsx", workbook(["a"])[:-40], "cannot be read"),
        ("a.csv", b"x" * (5 * 1024**2 + 1), "smaller than 5 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(name: str, data: bytes, said: str) -> None:
    with pytest.raises(SheetProblem, match=said):
        read_rows(name, data)


def test_a_workbook_that_unpacks_to_too_much_is_refused_whatever_sizes_it_states() -> None:
    with pytest.raises(SheetProblem, match="unpacks to more"):
        read_rows("a.xlsx", with_sheet("<worksheet>" + " " * 300_000), Limits(unpacked=200_000))


def test_a_cell_at_the_far_corner_costs_neither_memory_nor_the_portal() -> None:
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    begun = time.monotonic()
    with pytest.raises(SheetProblem):
        read_rows("a.xlsx", with_sheet(xml))
    assert time.monotonic() - begun < 30


def test_an_entity_that_names_a_file_or_grows_without_end_is_not_followed() -> None:
    xml = (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">'
        '<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>x&a;&c;</t></is></c></row></sheetData></worksheet>'
    )
    try:
        read = str(cells("a.xlsx", with_sheet(xml)))
    except SheetProblem:
        return
    assert "root:" not in read
    assert "bbbb" not in read


def test_a_csv_export_runs_no_formula_and_comes_back_as_it_was() -> None:
    data = write_csv(COLUMNS, [(text, 5, None) for text in LIVE])

    assert data.startswith(b"\xef\xbb\xbfitem,rating,note\r\n")
    assert [row[0] for row in cells("a.csv", data)[1:]] == LIVE
    assert not [line for line in data.decode("utf-8-sig").splitlines() if line[0] in "=+-@\t"]


def test_a_workbook_export_runs_no_formula_and_comes_back_as_it_was() -> None:
    data = write_xlsx([SheetOut("Ratings", COLUMNS, [(text, 5, date(2026, 11, 22)) for text in LIVE])])
    page = load_workbook(io.BytesIO(data)).active

    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert [row[0] for row in cells("a.xlsx", data)[1:]] == LIVE
    assert cells("a.xlsx", data)[1][1:] == ("5", "2026-11-22")


def test_the_guard_on_exports_would_notice_a_live_formula() -> None:
    page = load_workbook(io.BytesIO(workbook(["=1+1"]))).active

    assert page["A1"].data_type == "f"


def test_a_template_offers_its_choices_and_freezes_its_heading() -> None:
    data = write_xlsx(
        [SheetOut("1: a/b", COLUMNS, [("1", None, None)], {0: 30}, {1: ("1", "2", "3", "4", "5")})]
    )
    page = load_workbook(io.BytesIO(data)).active

    assert page.title == "1  a b"
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].width == 30
    assert page.data_validations.dataValidation[0].formula1 == '"1,2,3,4,5"'
    assert str(page.data_validations.dataValidation[0].sqref) == "B2"
