"""The practice library of the demonstration: the supplier’s own materials beside those of the files.

One has been changed since, one is retired, one has reached its review date, and one of the files has been
taken over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from portal.demonstration.people import EISM, LEAD_MANAGER, SUPPLIER
from portal.demonstration.script import Step, actor, moment
from portal.library.catalogue import filed
from portal.library.rules.material import Kind, Text
from portal.library.service.materials import add_material, retire_material, save_version

OPEN_DAY, OLD_FORM = "open-day-for-employers", "leaflet-for-waiting-rooms"
TAKEN_OVER = "template-letter-jobcentre"
_SOURCES = ("Written by the implementation team",)


def steps(anchor: date) -> Iterable[Step]:
    """Materials as the supplier’s people write and change them."""
    first = Text(
        Kind.EXAMPLE,
        "Open day for employers",
        "How a service invited twelve small firms for breakfast. The service is invented.",
        "Invite owners, not personnel departments. Eight in the morning suits most.\n\n- Two people in work "
        "told how they started.\n- Nobody was asked for a vacancy.\n- Each guest got a visit within a week.",
        ("employer-contact-quality", "employer-diversity"),
        _SOURCES,
        anchor.replace(year=anchor.year + 1, day=1),
    )
    second = replace(first, body=first.body + "\n\n**In year two** former guests invited the new ones.")
    leaflet = Text(
        Kind.TEMPLATE,
        "Leaflet for waiting rooms",
        "Text for a leaflet about the service. Replaced by the campaign kit.",
        "Would you like to work? [Name] helps you to find a job that you want. Ring [number].",
        ("competitive-employment-focus",),
        _SOURCES,
        anchor,
    )
    note = replace(
        leaflet,
        kind=Kind.NOTE,
        title="Cover in the summer holidays",
        summary="What teams agreed so that nobody in work went without contact in August.",
        body="Make the list of contacts that are due in July, and put a second name beside each of them.",
        items=("vocational-unit", "time-unlimited-support"),
    )
    lead, eism = LEAD_MANAGER.id, EISM.id
    letter = filed()[TAKEN_OVER]
    taken = replace(letter.text, body=letter.text.body.replace("Forty-five minutes", "Half an hour"))
    return (
        Step(moment(anchor, 300), lambda: add_material(actor(eism), SUPPLIER.id, first, eism)),
        Step(moment(anchor, 290), lambda: add_material(actor(lead), SUPPLIER.id, leaflet, lead)),
        Step(moment(anchor, 280), lambda: add_material(actor(eism), SUPPLIER.id, note, eism)),
        Step(
            moment(anchor, 40),
            lambda: save_version(
                actor(eism), SUPPLIER.id, OPEN_DAY, second, eism, 1, "What the second year taught"
            ),
        ),
        Step(moment(anchor, 30), lambda: retire_material(actor(lead), SUPPLIER.id, OLD_FORM, 1)),
        Step(
            moment(anchor, 20),
            lambda: save_version(
                actor(lead), SUPPLIER.id, TAKEN_OVER, taken, lead, letter.version, "Shorter meetings"
            ),
        ),
    )
