"""The process that reads one workbook: on standard input, answering rows as JSON on standard output.

Started by `portal.core.spreadsheets`, never imported by it. A small file can unpack to gigabytes or name a
cell at the far corner of a sheet, so it is read where memory and time are bounded and only this process dies.
Arguments: the most unpacked bytes, the most rows, the most columns.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import zipfile

from python_calamine import CalamineError, CalamineWorkbook

from portal.core.rules.cells import cell_text

MEMORY_LIMIT = 1024**3  # bytes of address space
TIME_LIMIT = 15  # seconds of processor time
MOST_ENTRIES = 1_000
CHUNK = 64 * 1024


class TooLarge(Exception):
    """The workbook holds more than is taken; the message says what."""


def count_unpacked(data: bytes, most: int) -> None:
    """Unpack every entry and throw it away, counting: the sizes that an archive states may be forged."""
    left = most
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise TooLarge("The file is packed in an unusual way. Copy the ratings into a new file")
        for entry in entries:
            with archive.open(entry) as packed:
                while chunk := packed.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise TooLarge("The file unpacks to more than is taken. Keep only the sheet you need")


def read(data: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    """The cells of the first sheet, from its first row and column, as text."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        sheet = workbook.get_sheet_by_index(0)
        last_row, last_column = sheet.end or (0, 0)
        if last_row >= most_rows:
            raise TooLarge(f"The sheet has more than {most_rows:,} rows")
        if last_column >= most_columns:
            raise TooLarge(f"The sheet has more than {most_columns:,} columns")
        return [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def main() -> None:
    """Read, answer, end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT, TIME_LIMIT))
    most_unpacked, most_rows, most_columns = (int(argument) for argument in sys.argv[1:4])
    data = sys.stdin.buffer.read()
    try:
        count_unpacked(data, most_unpacked)
        answer: dict[str, object] = {"rows": read(data, most_rows, most_columns)}
    except TooLarge as problem:
        answer = {"problem": str(problem)}
    except (CalamineError, zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        answer = {"problem": ""}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
