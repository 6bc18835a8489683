"""A vacancy for search engines: schema.org JobPosting as JSON-LD."""

from __future__ import annotations

import json
from datetime import datetime, time
from html import escape
from typing import Any

from sqlalchemy import Row

from portal.core import clock
from portal.core.urls import public_url
from portal.workforce.hub.models import Vacancy
from portal.workforce.hub.rules.checking import Contract

FULL_TIME_FROM = 30  # hours a week; our reading, since schema.org names no limit
_ENDS = {Contract.FIXED_TERM, Contract.SECONDMENT}


def job_posting(row: Row[Any]) -> str:
    """The JSON of a vacancy, safe inside a script element: no sign in it can end the element.

    Fields as schema.org/JobPosting names them; the description is HTML there.
    """
    vacancy: Vacancy = row.Vacancy
    opened = vacancy.opened_at or vacancy.created_at
    last = datetime.combine(vacancy.closes_on, time(23, 59, 59), clock.UK)
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": vacancy.title,
        "description": _html(vacancy.description),
        "identifier": {"@type": "PropertyValue", "name": row.employer, "value": str(vacancy.id)},
        "datePosted": clock.uk(opened).date().isoformat(),
        "validThrough": last.isoformat(),
        "employmentType": _kinds(vacancy),
        "hiringOrganization": {"@type": "Organization", "name": row.employer},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": vacancy.place,
                "addressRegion": vacancy.region,
                "addressCountry": "GB",
            },
        },
        "workHours": f"{vacancy.weekly_hours.normalize():f} hours a week",
        "directApply": False,
        "url": f"{public_url()}/jobs/{vacancy.key}",
    }
    if vacancy.salary_from is not None:
        found["baseSalary"] = _salary(vacancy.salary_from, vacancy.salary_to)
    return json.dumps(found, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")


def _kinds(vacancy: Vacancy) -> list[str]:
    """The kinds of employment in schema.org's words."""
    if vacancy.contract is Contract.BANK:
        return ["PER_DIEM"]
    full = vacancy.weekly_hours >= FULL_TIME_FROM
    found = [*(["FULL_TIME"] if full else []), *(["PART_TIME"] if vacancy.part_time or not full else [])]
    return [*found, *(["TEMPORARY"] if vacancy.contract in _ENDS else [])]


def _salary(low: int, high: int | None) -> dict[str, Any]:
    """Pounds a year. The pence are kept: two decimals, no float arithmetic before them."""
    amounts: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": "YEAR"}
    if high is None or high == low:
        amounts["value"] = _pounds(low)
    else:
        amounts |= {"minValue": _pounds(low), "maxValue": _pounds(high)}
    return {"@type": "MonetaryAmount", "currency": "GBP", "value": amounts}


def _pounds(pence: int) -> int | float:
    return pence // 100 if pence % 100 == 0 else float(f"{pence // 100}.{pence % 100:02}")


def _html(text: str) -> str:
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(
        f"<p>{escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block
    )
