"""By keyboard alone: everything is reached in order, seen where it is, and errors are announced first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.people_at_work import Demo, Somebody

Be = Callable[..., Somebody]

# What the tab key must reach: all that can be used and is shown, one for each group of radios.
TO_REACH = """() => {
    const shown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: false})
        && !element.closest('details:not([open]) > :not(summary)');
    const radios = new Set();
    const usable = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
    return [...document.querySelectorAll(usable)]
        .filter(element => !element.disabled && element.tabIndex >= 0 && shown(element))
        .filter(element => {
            if (element.type !== 'radio') return true;
            if (radios.has(element.name)) return false;
            radios.add(element.name);
            return true;
        })
        .map((element, number) => {
            const isRadio = element.type === 'radio';
            for (const one of isRadio ? document.getElementsByName(element.name) : [element])
                one.dataset.reach = number;
            return element.outerHTML.slice(0, 90);
        });
}"""

# Where the focus is: which of them, and whether it is seen and nothing lies over it (WCAG 2.4.7 and 2.4.11).
WHERE = """() => {
    const now = document.activeElement;
    if (!now || now === document.body) return null;
    const label = now.labels && now.labels[0];
    const small = now.matches('.govuk-radios__input, .govuk-checkboxes__input');
    const box = (small && label ? label : now).getBoundingClientRect();
    const style = getComputedStyle(now);
    const before = small && label ? getComputedStyle(label, '::before') : null;
    const points = [[.5, .5], [.05, .5], [.95, .5], [.5, .1], [.5, .9]];
    const seen = points.some(([x, y]) => {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        return top && (now.contains(top) || top.contains(now) || (label && label.contains(top)));
    });
    const ringed = one => one && (one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0
        || one.boxShadow !== 'none');
    const ring = ringed(style) || ringed(before);
    return {reach: now.dataset.reach ?? '', html: now.outerHTML.slice(0, 120), seen, ring: Boolean(ring)};
}"""


def walk(page: Page, most: int = 400) -> list[dict[str, object]]:
    """Press Tab from the top of the page until the focus leaves it or comes round."""
    page.evaluate("window.scrollTo(0, 0); document.activeElement.blur()")
    stops: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(WHERE)
        if stop is None or (stops and stop == stops[0]):
            return stops
        stops.append(stop)
    raise AssertionError(f"no end after {most} stops")


@pytest.mark.parametrize("width, height", [(1280, 700), (360, 640)])
@pytest.mark.parametrize(
    "who, path",
    [
        ("provider-staff", "/assessments/{half}/items/1"),
        ("provider-staff", "/assessments/{half}/sheet"),
        ("eism", "/assessments/{with-guide}/guide/5"),
        ("provider-manager", "/assessments/{with-provider}/answers"),
    ],
)
def test_tab_reaches_everything_and_the_focus_is_seen(
    shared_demo: Demo, somebody: Be, who: str, path: str, width: int, height: int
) -> None:
    person = somebody(shared_demo, who)
    person.page.set_viewport_size({"width": width, "height": height})
    page = person.opens(path)
    wanted = page.evaluate(TO_REACH)
    stops = walk(page)
    reached = {stop["reach"] for stop in stops}
    missed = [html for number, html in enumerate(wanted) if str(number) not in reached]
    assert missed == []
    order = [int(str(stop["reach"])) for stop in stops if stop["reach"] != ""]
    assert order == sorted(order), "the order of focus is not the order of the page"
    assert [stop["html"] for stop in stops if not stop["seen"]] == [], "covered or out of sight"
    assert [stop["html"] for stop in stops if not stop["ring"]] == [], "no visible focus"


def test_a_covered_control_is_noticed(page: Page) -> None:
    page.set_content("<a href='#a'>One</a><div style='position:fixed;inset:0;background:#fff'></div>")
    (link, *_rest) = walk(page)
    assert link["seen"] is False


def test_the_skip_link_comes_first_and_leads_to_the_content(shared_demo: Demo, somebody: Be) -> None:
    page = somebody(shared_demo, "provider-staff").opens("/assessments/{half}/items/1")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("main-content")


@pytest.mark.parametrize(
    "who, path, button",
    [
        (None, "/sign-in", "Sign in"),
        ("provider-staff", "/services/{half service}/assessments/new", "Start"),
        ("provider-staff", "/assessments/{half}/items/2", "Add file"),
        ("provider-staff", "/assessments/{half}/import", "Read the file"),
        ("eism", "/assessments/{with-guide}/guide/5", "Propose"),
        ("provider-manager", "/plans/{empty plan}/actions/new", "Save"),
    ],
)
def test_the_error_summary_takes_the_focus_and_leads_to_each_field(
    shared_demo: Demo, somebody: Be, who: str | None, path: str, button: str
) -> None:
    person = somebody(shared_demo, who or "provider-staff")
    if who is None:
        person.page.context.clear_cookies()
    page = person.opens(path)
    person.button(button).focus()
    page.keyboard.press("Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    links = summary.get_by_role("link")
    for number in range(links.count()):
        target = str(links.nth(number).get_attribute("href"))
        links.nth(number).focus()
        page.keyboard.press("Enter")
        inside = page.locator(f"{target}:focus, {target} :focus")
        expect(inside).to_have_count(1)


def test_an_item_is_rated_by_keyboard_alone(demo: Demo, somebody: Be) -> None:
    page = somebody(demo, "provider-staff").opens("/assessments/{empty}/items/1")
    page.locator("#in-clients").focus()
    page.keyboard.type("102")
    page.keyboard.press("Tab")
    page.keyboard.type("5")
    expect(page.locator("#suggestion")).to_contain_text("Suggested rating: 4")
    page.locator("#rating-5").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#rating-4")).to_be_checked()
    page.locator("#evidence").focus()
    page.keyboard.type("The rota")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Save and next item")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("2.")
