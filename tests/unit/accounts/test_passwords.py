"""What a password must be, without a database."""

import pytest

from portal.accounts import passwords
from portal.accounts.rules.passwords import (
    LONGEST,
    SHORTEST,
    length_problem,
    personal_parts,
    personal_problem,
)


@pytest.mark.parametrize(
    "length, refused",
    [
        (0, True),
        (SHORTEST - 1, True),
        (SHORTEST, False),
        (SHORTEST + 1, False),
        (64, False),
        (LONGEST - 1, False),
        (LONGEST, False),
        (LONGEST + 1, True),
    ],
)
def test_the_length_is_judged_at_each_edge(length: int, refused: bool) -> None:
    assert (length_problem("x" * length) is not None) is refused


def test_the_limits_are_those_of_the_promise() -> None:
    assert (SHORTEST, LONGEST) == (12, 128)


def test_parts_of_name_and_address_are_found_and_short_ones_left_out() -> None:
    assert personal_parts("Ann O’Connor-Li", "ann.oc@clinic.example") == ("connor", "clinic")


@pytest.mark.parametrize("password", ["my CONNOR password", "xclinicx-something"])
def test_a_password_with_a_part_of_the_name_or_address_is_refused(password: str) -> None:
    assert personal_problem(password, ("connor", "clinic")) is not None


def test_a_password_without_them_passes() -> None:
    assert personal_problem("blue staple lamp river", ("connor", "clinic")) is None


@pytest.mark.parametrize(
    "password",
    ["password1234", "123456789012", "qwertyuiop12", "iloveyou1234", "aaaaaaaaaaaa", "fidelityportal"],
)
def test_common_passwords_are_refused(password: str) -> None:
    assert passwords.problem(password, "Jo Ng", "jo@example.org") is not None


@pytest.mark.parametrize(
    "password", ["blue staple lamp river", "zq7 vmx 41 ploth", "ß" * 3 + "élan-trombone-4"]
)
def test_a_password_that_is_hard_to_guess_passes(password: str) -> None:
    assert passwords.problem(password, "Jo Ng", "jo@example.org") is None


def test_a_hash_is_argon2id_and_knows_only_its_own_password() -> None:
    kept = passwords.hashed("blue staple lamp river")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "blue staple lamp river")
    assert not passwords.matches(kept, "blue staple lamp rivers")


def test_nothing_of_a_long_password_is_cut_off() -> None:
    long = "blue staple lamp river " * 5
    kept = passwords.hashed(long + "a")
    assert not passwords.matches(kept, long + "b")
    assert passwords.matches(passwords.hashed("x" * LONGEST), "x" * LONGEST)
    assert not passwords.matches(passwords.hashed("x" * LONGEST), "x" * (LONGEST + 1))


def test_one_password_typed_on_two_keyboards_is_the_same() -> None:
    assert passwords.matches(passwords.hashed("caf\u00e9 trombone lamp"), "cafe\u0301 trombone lamp")


def test_without_a_kept_hash_no_password_is_right() -> None:
    assert not passwords.matches(None, "the password of an account that does not exist")


def test_a_hash_of_weaker_parameters_is_outdated() -> None:
    assert passwords.outdated("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$" + "A" * 43)
    assert not passwords.outdated(passwords.hashed("blue staple lamp river"))
