"""The judge of pages passes a sound page and sees each fault it is there for."""

from __future__ import annotations

import pytest

from tests.support.html_judge import problems

POLICY = "default-src 'self'; script-src 'self' 'nonce-abc'; style-src 'self'"
SOUND = """<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>Caseload size – Fidelity portal</title>
<link rel="stylesheet" href="/static/css/portal.css">
<script nonce="abc">document.body.id;</script>
<script type="application/json" id="rule">{"kind": "ratio"}</script>
</head>
<body>
<a href="#main">Skip to main content</a>
<main id="main">
<h1>Caseload <span>size</span></h1>
<form method="post" action="/save"><input type="hidden" name="csrf_token" value="t">
<label for="figure">Clients</label><input id="figure" name="figure" aria-describedby="hint">
<p id="hint">Now</p>
<label>Notes <textarea name="notes"></textarea></label>
<button>Save</button></form>
<img src="/static/icon.svg" alt=""><svg aria-hidden="true"></svg><svg role="img" aria-label="Profile"></svg>
<table><caption>Items</caption><tbody><tr><th scope="row">1</th><td>5</td></tr></tbody></table>
</main>
</body></html>
"""


def test_a_sound_page_has_no_problem() -> None:
    assert problems(SOUND, POLICY) == []


def test_a_sound_page_with_errors_says_so_in_its_title() -> None:
    page = SOUND.replace("<h1>", '<div class="govuk-error-summary">x</div><h1>')
    assert problems(page.replace("<title>", "<title>Error: "), POLICY) == []


@pytest.mark.parametrize(
    "sound, faulty, said",
    [
        ("<h1>", "<h1 class=a class=b>", "HTML, line"),
        ("</form>", "</div></form>", "HTML, line"),
        ("<!DOCTYPE html>\n", "", "HTML, line"),
        (' lang="en-GB"', "", "language"),
        ("<h1>", "<h1>Two</h1><h1>", "one h1"),
        ("<h1>Caseload <span>size</span></h1>", "<h1></h1>", "one h1"),
        ("<title>Caseload size", "<title>Caseloads", "does not begin with"),
        ("<h1>", '<div class="govuk-error-summary">x</div><h1>', "does not begin with 'Error: "),
        ('<p id="hint">', '<p id="hint"></p><p id="hint">', "stands 2 times"),
        ('<label for="figure">', '<label for="figures">', "label is for nothing"),
        ('aria-describedby="hint"', 'aria-describedby="hint gone"', "aria-describedby names gone"),
        ('aria-describedby="hint"', 'aria-controls="gone"', "aria-controls names gone"),
        ('href="#main"', 'href="#mian"', "leads nowhere"),
        ('<label for="figure">Clients</label>', "", "no label"),
        ("<label>Notes ", "<label></label>", "no label"),
        (' alt=""', "", "no alt text"),
        (' aria-hidden="true"', "", "neither named nor hidden"),
        ("<button>Save", "<button>", "no words"),
        (">Skip to main content<", "><", "no words"),
        ("<caption>Items</caption>", "", "no caption"),
        (' scope="row"', "", "no scope"),
        ('value="t"', 'value=""', "CSRF"),
        ('name="csrf_token"', 'name="token"', "CSRF"),
        ("<h1>", '<h1 style="color:red">', "attribute style"),
        ("<button>", '<button onclick="go()">', "attribute onclick"),
        ('href="#main"', 'href="javascript:go()"', "runs a script"),
        ('nonce="abc"', 'nonce="abd"', "no valid nonce"),
        (' nonce="abc"', "", "no valid nonce"),
        ("</head>", "<style>p{}</style></head>", "inline style"),
        ('href="/static/css', 'href="https://example.org/css', "another host"),
        ('src="/static/icon', 'src="//example.org/icon', "another host"),
    ],
)
def test_the_judge_sees(sound: str, faulty: str, said: str) -> None:
    assert sound in SOUND
    found = problems(SOUND.replace(sound, faulty, 1), POLICY)
    assert any(said in problem for problem in found), found
