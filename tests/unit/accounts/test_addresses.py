"""Where a sign-in may lead, which e-mail addresses are taken, and how browsers are named."""

import pytest

from portal.accounts.rules.agents import browser
from portal.accounts.rules.emails import normal
from portal.accounts.rules.links import same_site_path


@pytest.mark.parametrize("path", ["/", "/services/a?page=2", "/a/b#c", "/search?q=//x", "/caf%C3%A9"])
def test_a_path_of_this_site_is_followed(path: str) -> None:
    assert same_site_path(path) == path


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "services",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        " /x",
        "/ x",
        "/x\x7f",
        "/" + "x" * 2000,
    ],
)
def test_any_other_target_is_not(target: str | None) -> None:
    assert same_site_path(target) is None


@pytest.mark.parametrize(
    "typed, kept",
    [
        (" Jo.Ng@Example.ORG ", "jo.ng@example.org"),
        ("a@b", "a@b"),
        ("o'neill+x@a-b.example", "o'neill+x@a-b.example"),
    ],
)
def test_an_address_is_kept_in_lower_case(typed: str, kept: str) -> None:
    assert normal(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        None,
        "",
        "jo",
        "jo@",
        "@b.c",
        "a b@c.d",
        "a@b@c",
        "a@b..c",
        "a@.c",
        "a@b.",
        "a\x00@b.c",
        "a,b@c.d",
        "a@b.c\nBcc: x@y.z",
        "a" * 251 + "@b.c",
        "\u202ea@b.c",
    ],
)
def test_what_cannot_be_an_address_is_refused(typed: str | None) -> None:
    assert normal(typed) is None


@pytest.mark.parametrize(
    "agent, words",
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari/604", "Safari on iPhone"),
        ("curl/8", "Another browser"),
    ],
)
def test_a_browser_is_named_as_its_user_would(agent: str, words: str) -> None:
    assert browser(agent) == words
