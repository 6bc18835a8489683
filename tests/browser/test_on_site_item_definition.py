"""The server's page of an item and the one on the device show the same, for every item of every scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from portal.core.act import operational
from portal.reviews.assessment.definitions import keep
from portal.reviews.assessment.models import Assessment
from portal.scales.registry import registry
from portal.scales.rules.definition import Item
from portal.scales.rules.words import describe
from tests.support.assessing import email
from tests.support.on_site import LEAD
from tests.support.on_site_client import Client
from tests.support.site import Site
from tests.support.visited import on_a_visit

SignIn = Callable[[Site, str], None]

# Every text of the item on the page, by what it is. The two pages have the same classes and ids.
_SHOWN = """() => {
    const plain = (text) => text.replace(/\\s+/g, ' ').trim();
    const words = (element) => element && plain(element.textContent);
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const section = (title) => all('.portal-guidance h2').find((head) => words(head) === title);
    const labelled = (input) => words(document.querySelector(`label[for="${input.id}"]`));
    const described = (input) => words(document.getElementById(`${input.id}-hint`)) ?? '';
    const unit = (input) => words(input.parentElement.querySelector('.portal-unit')) ?? '';
    const box = document.querySelector('#calculator');
    const field = (input) => [input.id, labelled(input), described(input), unit(input), input.inputMode];
    const tick = (input) => [input.id, labelled(input)];
    const group = (set) => [words(set.querySelector('legend')), all('input', set).map(tick)];
    const anchor = (one) => {
        const label = one.querySelector('label').cloneNode(true);
        label.querySelector('.portal-anchor__suggested').remove();
        return words(label);
    };
    const asked = (one) => [words(one.querySelector('summary')), all('li', one).map(words)];
    const remark = document.querySelector('.govuk-body-l + .govuk-body-s');
    const isHelp = (one) => words(one.querySelector('summary')) === 'Keyboard help';
    const details = all('.portal-guidance details').filter((one) => !isHelp(one));
    const sources = document.querySelector('.portal-guidance ul + .govuk-body-s');
    const library = (one) => one.closest('.portal-suggested'); // no part of an item: docs/library.md
    const titles = (within) =>
        all('h1, h2, legend, label.govuk-label--s', within).filter((one) => !library(one)).map(words);
    return {
        title: words(document.querySelector('h1')),
        definition: words(document.querySelector('.govuk-body-l')),
        remark: remark ? words(remark) : '',
        calculator: box && {
            heading: words(box.querySelector('h2')),
            fields: all('.portal-inputs input', box).map(field),
            ticks: all('fieldset', box).map(group),
            rules: words(box.querySelector('details summary')),
            thresholds: all('details li', box).map(words),
            note: words(box.querySelector('details .govuk-body-s')) ?? '',
        },
        rating: all('.portal-anchor').map(anchor),
        fields: ['rationale', 'evidence'].map((id) => [labelled({ id }), described({ id })]),
        why: words(section('Why it matters').nextElementSibling),
        look_for: all('li', section('Evidence to look for').nextElementSibling).map(words),
        sources: sources ? words(sources) : '',
        questions: details.map(asked),
        headings: titles(document.querySelector('.portal-guidance')),
        help: words(all('.portal-guidance details').at(-1).querySelector('label')),
    };
}"""


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, UUID]]:
    """A review whose team is on site."""
    with on_a_visit(tmp_path_factory.mktemp("definitions")) as visit:
        yield visit


def on_scale(site: Site, assessment_id: UUID, key: str) -> None:
    """Put the review on another scale."""
    scale = registry().get(key)
    pinned = {"scale_key": key, "scale_version": scale.version, "scale_digest": scale.digest}
    with site.app.app_context(), operational() as session:
        keep(scale)
        session.execute(update(Assessment).where(Assessment.id == assessment_id).values(pinned))


@pytest.mark.parametrize("key", registry().keys())
def test_both_pages_of_every_item_show_the_same(
    page: Page, visit: tuple[Site, UUID], sign_in: SignIn, key: str
) -> None:
    site, assessment_id = visit
    on_scale(site, assessment_id, key)
    sign_in(site, email(LEAD))
    items = registry().get(key).items
    on_server = [
        shown(page, f"{site.url}/reviews/{assessment_id}/scoring/{item.number}", item) for item in items
    ]

    client = Client(page, site, assessment_id)
    client.checks_out()

    for item, wanted in zip(items, on_server, strict=True):
        address = f"{site.url}/on-site/#/review/{assessment_id}/item/{item.number}"
        assert shown(page, address, item) == wanted, item.key
        agrees(wanted, item)


def shown(page: Page, address: str, item: Item) -> dict[str, Any]:
    """What a page of the item shows."""
    page.goto(address)
    expect(page.locator("h1")).to_have_text(f"{item.number}. {item.title}")
    expect(page.locator(".portal-anchor")).to_have_count(len(item.anchors))
    found: dict[str, Any] = page.evaluate(_SHOWN)
    return found


def agrees(found: dict[str, Any], item: Item) -> None:
    """Fail unless the pages have the item's own texts, and not only the same ones."""
    assert found["definition"] == item.definition
    assert found["why"] == item.why
    assert found["look_for"] == list(item.look_for)
    assert found["rating"] == [
        f"{rating} {item.anchors[rating]}" for rating in sorted(item.anchors, reverse=True)
    ]
    assert [questions for _, questions in found["questions"]] == [
        list(asked) for asked in item.questions.values()
    ]
    if found["calculator"]:
        assert found["calculator"]["thresholds"] == [str(line) for line in describe(item.rule)]
