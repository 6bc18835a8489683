"""What must hold of every HTML page the portal sends, whatever it is about.

`problems(html, policy)` returns one sentence for each fault; none for a sound page. Each judge is shown
able to fail in tests/guards/test_html_judge.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import html5lib
from bs4 import BeautifulSoup
from bs4.element import Tag

_ID_LISTS = ("aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls", "headers")
_DATA_SCRIPTS = {"application/json", "application/ld+json"}
_UNLABELLED_INPUTS = {"hidden", "submit", "button", "reset", "image"}


def problems(html: str, policy: str, page: BeautifulSoup | None = None) -> list[str]:
    """Every fault of a page; `policy` is its Content-Security-Policy header, `page` the HTML once parsed."""
    faults = list(_parse_errors(html))
    page = page or BeautifulSoup(html, "html.parser")
    for judge in _JUDGES:
        faults.extend(judge(page))
    faults.extend(_policy_faults(page, policy))
    return faults


def words(tag: Tag | None) -> str:
    """A tag's text as it is read, in one line."""
    return " ".join(tag.get_text(" ").split()) if tag is not None else ""


def _shown(tag: Tag) -> str:
    return re.sub(r"\s+", " ", str(tag))[:90]


def _parse_errors(html: str) -> Iterator[str]:
    parser = html5lib.HTMLParser()
    parser.parse(html)
    for (line, _column), code, data in parser.errors:
        nearby = html.splitlines()[line - 1].strip()[:90] if line <= html.count("\n") + 1 else ""
        yield f"HTML, line {line}: {code} {data or ''} near {nearby!r}"


def _language(page: BeautifulSoup) -> Iterator[str]:
    if page.html is None or not str(page.html.get("lang", "")).startswith("en"):
        yield "The html element names no English as its language"


def _heading_and_title(page: BeautifulSoup) -> Iterator[str]:
    headings = page.find_all("h1")
    if len(headings) != 1 or not words(headings[0]):
        yield f"A page has one h1 with words in it; this has {len(headings)}"
        return
    heading, title = words(headings[0]), words(page.title)
    prefix = "Error: " if page.find(class_="govuk-error-summary") else ""
    if not title.startswith(prefix + heading):
        yield f"The title {title!r} does not begin with {prefix + heading!r}"


def _unique_ids(page: BeautifulSoup) -> Iterator[str]:
    counted = Counter(str(tag["id"]) for tag in page.find_all(id=True))
    for name, number in counted.items():
        if number > 1:
            yield f"The id {name!r} stands {number} times"


def _references(page: BeautifulSoup) -> Iterator[str]:
    ids = {str(tag["id"]) for tag in page.find_all(id=True)}
    for label in page.find_all("label"):
        around = label.find(["input", "select", "textarea"]) if not label.get("for") else None
        if around is None and label.get("for") not in ids:
            yield f"A label is for nothing on the page: {_shown(label)}"
    for name in _ID_LISTS:
        for tag in page.find_all(lambda one, name=name: one.has_attr(name)):
            absent = [part for part in _values(tag, name) if part not in ids]
            if absent:
                yield f"{name} names {', '.join(absent)}, which is not on the page: {_shown(tag)}"
    for link in page.find_all("a", href=re.compile("^#.")):
        if str(link["href"])[1:] not in ids:
            yield f"A link leads nowhere on the page: {_shown(link)}"


def _values(tag: Tag, name: str) -> list[str]:
    value = tag[name]
    return value.split() if isinstance(value, str) else list(value)


def _labels(page: BeautifulSoup) -> Iterator[str]:
    labelled = {str(label.get("for")) for label in page.find_all("label")}
    for field in page.find_all(["input", "select", "textarea"]):
        if field.name == "input" and field.get("type") in _UNLABELLED_INPUTS:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label")
        if not named and field.get("id") not in labelled:
            yield f"A field has no label: {_shown(field)}"


def _names(page: BeautifulSoup) -> Iterator[str]:
    for image in page.find_all("img", alt=False):
        yield f"A picture has no alt text: {_shown(image)}"
    for drawing in page.find_all("svg"):
        named = drawing.get("aria-label") or drawing.get("aria-labelledby") or drawing.find("title")
        if drawing.get("aria-hidden") != "true" and not named:
            yield f"A drawing is neither named nor hidden: {_shown(drawing)}"
    for control in [*page.find_all("a", href=True), *page.find_all("button")]:
        pictured = any(image.get("alt") for image in control.find_all("img"))
        if not (words(control) or control.get("aria-label") or control.get("aria-labelledby") or pictured):
            yield f"A link or button has no words: {_shown(control)}"


def _tables(page: BeautifulSoup) -> Iterator[str]:
    for table in page.find_all("table"):
        if not words(table.caption):
            yield f"A table has no caption: {_shown(table)}"
        for heading in table.find_all("th", scope=False):
            yield f"A table heading has no scope: {_shown(heading)}"


def _forms(page: BeautifulSoup) -> Iterator[str]:
    for form in page.find_all("form"):
        token = form.find("input", attrs={"name": "csrf_token", "value": True})
        if str(form.get("method", "get")).lower() == "post" and not (token and token["value"]):
            yield f"A form that posts carries no CSRF token: {_shown(form)}"


def _inline_code(page: BeautifulSoup) -> Iterator[str]:
    for tag in page.find_all(True):
        for name in tag.attrs:
            if name == "style" or name.startswith("on"):
                yield f"The attribute {name} is refused by the content security policy: {_shown(tag)}"
    for link in page.find_all("a", href=re.compile(r"^\s*javascript:", re.IGNORECASE)):
        yield f"A link runs a script: {_shown(link)}"


_JUDGES: tuple[Callable[[BeautifulSoup], Iterator[str]], ...] = (
    _language, _heading_and_title, _unique_ids, _references, _labels, _names, _tables, _forms, _inline_code,
)  # fmt: skip


def _policy_faults(page: BeautifulSoup, policy: str) -> Iterator[str]:
    """Scripts and styles that the page's own policy would refuse, and anything from another host."""
    for tag, directive in [("script", "script-src"), ("style", "style-src")]:
        allowed = re.search(rf"{directive}[^;]*'nonce-([^']+)'", policy)
        for element in page.find_all(tag):
            if element.get("src") or element.get("type") in _DATA_SCRIPTS:
                continue
            if allowed is None or element.get("nonce") != allowed.group(1):
                yield f"An inline {tag} carries no valid nonce: {_shown(element)}"
    for tag, attribute in (("script", "src"), ("link", "href"), ("img", "src")):
        for element in page.find_all(tag, attrs={attribute: re.compile(r"^(\w+:)?//")}):
            yield f"Something is fetched from another host: {_shown(element)}"
