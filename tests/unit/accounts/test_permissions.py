"""The permission table, each cell against the brief’s permissions.md, written out once more here."""

import uuid
from pathlib import Path

import pytest

from portal.accounts.rules import permissions_page
from portal.accounts.rules.actors import NOBODY, PORTAL, Actor, Held
from portal.accounts.rules.permissions import (
    Links,
    Permission,
    Reach,
    allowed,
    demand,
    grants,
    may_ever,
)
from portal.accounts.rules.roles import ROLES, OrganisationKind, Role, membership_problems
from portal.core.errors import Forbidden

# One column a role, in this order; a letter a reach; a dot: no.
COLUMNS = (
    Role.ADMINISTRATOR,
    Role.LEAD_MANAGER,
    Role.EISM,
    Role.PROVIDER_MANAGER,
    Role.PROVIDER_STAFF,
    Role.PEER_REVIEWER,
    Role.COMMISSIONER,
    Role.PROGRAMME_TEAM,
    Role.BUYER,
    Role.GOVERNANCE_READER,
    Role.EVALUATOR,
)
LETTERS = {
    "*": Reach.EVERY,
    "P": Reach.PROVIDER,
    "S": Reach.SUPPORTED,
    "C": Reach.SUPPLIER,
    "A": Reach.COMMISSIONER,
    "N": Reach.NAMED,
    "T": Reach.PARTY,
    "B": Reach.BUYS,
    "D": Reach.DELIVERS,
}
EXPECTED = {
    "accounts:people:manage": "*..........",
    "accounts:staff:invite": "...P.......",
    "assessments:assessment:agree": "...P.......",
    "assessments:assessment:edit": "...PP......",
    "assessments:assessment:guide": "..S..N.....",
    "assessments:assessment:start": "...PP......",
    "assessments:draft:read": ".CSPPN.....",
    "assessments:final:read": ".CCPPNAA**.",
    "assessments:past:import": ".CS........",
    "audit:rows:read": "*..........",
    "comms:calendar:manage": ".CC........",
    "contracts:contract:decide": "......BBB..",
    "contracts:contract:read": ".T.T..TTTT.",
    "contracts:meetings:edit": ".D.D..BBB..",
    "contracts:report:edit": ".D.D.......",
    "definitions:scale:read": "***********",
    "directory:service:administer": "*C.........",
    "directory:service:create": "**.........",
    "directory:service:edit": "*C.P.......",
    "directory:service:read": "*CCPP.AA**.",
    "events:event:manage": ".CC........",
    "events:plan:read": ".CC.....**.",
    "library:material:edit": ".CC........",
    "library:material:read": "***********",
    "operations:jobs:read": "*..........",
    "operations:jobs:retry": "*..........",
    "operations:outbox:read": "*..........",
    "plans:plan:agree": "..SP.......",
    "plans:plan:edit": "..SPP......",
    "plans:plan:read": ".CSPP.AA...",
    "reviews:agreement:read": ".CC........",
    "reviews:calibration:manage": ".C.........",
    "reviews:inside:read": ".C.........",
    "reviews:moderation:name": ".C.........",
    "reviews:moderation:take": ".CC........",
    "reviews:review:moderate": ".NN........",
    "reviews:review:plan": ".CS........",
    "reviews:review:read": ".CSPP......",
    "reviews:review:take-part": ".NN........",
    "workforce:accreditation:edit": ".C.........",
    "workforce:figures:read": ".CSPP.AA...",
    "workforce:national:read": ".C......**.",
    "workforce:staff:edit": "...P.......",
    "workforce:staff:read": ".CSPP......",
    "workforce:strategy:edit": ".C......*..",
    "surveys:results:read": ".CC.....**.",
    "surveys:survey:manage": ".CC........",
    "workforce:vacancy:manage": ".C.P.......",
    "workforce:posts:edit": ".C.........",
    "workforce:posts:read": ".C......**.",
    "workforce:clinical:edit": ".CSP.......",
    "workforce:learning:read": ".CSP.......",
    "workforce:learning:record": ".C.P.......",
}
HERE, ELSEWHERE, PERSON = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()


def actor(role: Role, region: str | None = None) -> Actor:
    """Somebody with this role in the organisation HERE."""
    return Actor(PERSON, "Somebody", (Held(role, HERE, region),))


def test_every_permission_has_its_expectation() -> None:
    assert {permission.value for permission in Permission} == set(EXPECTED)


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_each_cell_is_as_expected(permission: Permission, role: Role) -> None:
    letter = EXPECTED[permission.value][COLUMNS.index(role)]
    assert grants(permission).get(role) == LETTERS.get(letter)


def test_no_permission_is_without_anybody() -> None:
    assert [permission for permission in Permission if not grants(permission)] == []


LINKS = {
    Reach.EVERY: (Links(), None),
    Reach.PROVIDER: (Links(provider=HERE), Links(provider=ELSEWHERE)),
    Reach.SUPPLIER: (Links(supplier=HERE), Links(supplier=ELSEWHERE)),
    Reach.COMMISSIONER: (
        Links(commissioners=frozenset({ELSEWHERE, HERE})),
        Links(commissioners=frozenset({ELSEWHERE})),
    ),
    Reach.SUPPORTED: (
        Links(supplier=HERE, eisms=frozenset({PERSON})),
        Links(supplier=HERE, eisms=frozenset({ELSEWHERE})),
    ),
    Reach.NAMED: (Links(named=frozenset({PERSON})), Links(named=frozenset({ELSEWHERE}))),
    Reach.PARTY: (Links(governance=frozenset({HERE})), Links(buyer=ELSEWHERE, contractor=ELSEWHERE)),
    Reach.BUYS: (Links(buyer=HERE), Links(contractor=HERE, governance=frozenset({HERE}))),
    Reach.DELIVERS: (Links(contractor=HERE), Links(buyer=HERE, governance=frozenset({HERE}))),
}


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_a_permission_holds_within_its_reach_and_nowhere_else(permission: Permission, role: Role) -> None:
    reach = grants(permission).get(role)
    person = actor(role)
    assert may_ever(person, permission) is (reach is not None)
    if reach is None:
        assert not any(allowed(person, permission, inside) for inside, _ in LINKS.values())
        return
    inside, outside = LINKS[reach]
    assert allowed(person, permission, inside)
    assert outside is None or not allowed(person, permission, outside)


def test_an_eism_reaches_their_region_within_their_own_supplier_only() -> None:
    person, guide = actor(Role.EISM, "London"), Permission.ASSESSMENT_GUIDE
    assert allowed(person, guide, Links(supplier=HERE, region="London"))
    assert not allowed(person, guide, Links(supplier=HERE, region="North East"))
    assert not allowed(person, guide, Links(supplier=ELSEWHERE, region="London"))
    assert not allowed(person, guide, Links(supplier=ELSEWHERE, eisms=frozenset({PERSON})))
    assert not allowed(actor(Role.EISM), guide, Links(supplier=HERE, region=None))


def test_nobody_may_nothing_and_the_portal_may_everything() -> None:
    for permission in Permission:
        with pytest.raises(Forbidden):
            demand(NOBODY, permission)
        demand(PORTAL, permission)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_a_role_is_held_in_its_kinds_of_organisation_only(role: Role, kind: OrganisationKind) -> None:
    region = "London" if role is Role.EISM else None
    assert ("role" in membership_problems(role, kind, region)) is (kind not in ROLES[role].held_in)


@pytest.mark.parametrize("region, refused", [("London", False), (None, True), ("", True), ("Wales", True)])
def test_an_eism_has_a_region_of_england(region: str | None, refused: bool) -> None:
    problems = membership_problems(Role.EISM, OrganisationKind.SUPPLIER, region)
    assert ("region" in problems) is refused


def test_nobody_else_has_a_region() -> None:
    assert "region" in membership_problems(Role.PROVIDER_STAFF, OrganisationKind.PROVIDER, "London")


def test_the_permissions_page_is_current() -> None:
    kept = Path(__file__).parents[3] / "docs" / "permissions.md"
    assert kept.read_text(encoding="utf-8") == permissions_page.page(), "run `portal docs`"


def test_the_permissions_page_names_every_permission_role_and_reach() -> None:
    text = permissions_page.page()
    assert all(f"`{permission}`" in text for permission in Permission)
    assert all(f"(`{role}`)" in text for role in Role)
    assert all(f"| {reach} |" in text for reach in Reach)
