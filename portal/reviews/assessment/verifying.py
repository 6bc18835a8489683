"""What anybody with a report's code may know, and whether a file is the one that was published."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import IO

from portal.core import clock
from portal.reviews.assessment.report_queries import Published

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024

MATCHES = {
    "pdf": "It is the report’s PDF, unchanged.",
    "certificate": "It is the certificate, unchanged.",
    "json": "It is the report’s data (JSON), unchanged.",
    "none": "It is not a file of this report: it was changed, or it belongs to something else.",
}


@dataclass(frozen=True)
class Proof:
    """All that is disclosed. `pdf_digest` is None until the PDF has been drawn.

    version, newest: of the report; a correction replaces the versions before it. valid_until: the last
    day of the accreditation that the result earned, None where it earned none.
    """

    code: str
    service: str
    scale: str
    kind: str
    final_on: date
    total: int
    maximum: int
    band: str | None
    has_bands: bool
    superseded: bool
    external: bool
    digest: str
    pdf_digest: str | None
    version: int = 1
    newest: int = 1
    valid_until: date | None = None
    certificate_digest: str | None = None
    today: date = date.min

    @property
    def replaced(self) -> bool:
        """Whether a correction has replaced this version."""
        return self.version < self.newest

    @property
    def expired(self) -> bool:
        """Whether the accreditation has run out."""
        return self.valid_until is not None and self.valid_until < self.today

    @property
    def accredited(self) -> bool:
        """Whether it is in force: not run out, and no later version or result has taken its place."""
        return self.valid_until is not None and not (self.expired or self.replaced or self.superseded)


def proof_of(found: Published) -> Proof:
    """What the verification page shows, from the report as it was frozen."""
    report, row = found.report, found.row
    return Proof(
        code=row.code,
        service=report.service,
        scale=f"{report.scale.title}, version {report.scale.version}",
        kind=report.kind_title,
        final_on=report.final_on,
        total=report.total,
        maximum=report.maximum,
        band=report.band.title if report.band else None,
        has_bands=bool(report.bands),
        superseded=found.newer is not None,
        external=found.external,
        digest=row.digest,
        pdf_digest=row.pdf_digest,
        version=row.number,
        newest=found.newest,
        valid_until=report.review.valid_until if report.review else None,
        certificate_digest=row.certificate_digest,
        today=clock.today(),
    )


def read_digest(typed: str) -> str | None:
    """A SHA-256 as somebody pasted it, in either case and with blanks; None where it is none."""
    signs = "".join(typed.split()).lower()
    return signs if _DIGEST.fullmatch(signs) else None


def digest_of_file(file: IO[bytes]) -> str:
    """SHA-256 of a file that was sent, read piece by piece; the file is not kept."""
    summed = hashlib.sha256()
    while piece := file.read(_CHUNK):
        summed.update(piece)
    return summed.hexdigest()


def match(proof: Proof, digest: str) -> str:
    """Which of the report's files has this digest: a key of `MATCHES`."""
    if digest == proof.pdf_digest:
        return "pdf"
    if digest == proof.certificate_digest:
        return "certificate"
    return "json" if digest == proof.digest else "none"
