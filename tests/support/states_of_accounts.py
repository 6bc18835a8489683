"""Every page of accounts and administration, in every state."""

from __future__ import annotations

from tests.support.page_states import PageState, enter, hidden, opened, press, signed_out, without

S = PageState
NOBODY = "nobody@example.org"

SIGNING_IN = (
    S("welcome", None, "/", "Fidelity portal"),
    S("sign-in", None, "/sign-in", "Sign in"),
    S("sign-in-empty", None, "/sign-in", "Sign in", (press("Sign in"),), "There is a problem"),
    S(
        "sign-in-refused",
        None,
        "/sign-in",
        "Sign in",
        (enter("#email", NOBODY), enter("#password", "not the password"), press("Sign in")),
        "There is a problem",
    ),
    S(
        "sign-in-lapsed",
        "provider-staff",
        "/services/{empty service}/plans/new",
        "Sign in",
        (enter("#title", "A plan"), signed_out, press("Start the plan")),
        "What you typed is kept",
    ),
    S(
        "send-again",
        "provider-staff",
        "/services/{empty service}/plans/new",
        "Send it again",
        (enter("#title", "A plan"), without("form [name=csrf_token]"), press("Start the plan")),
        "A plan",
    ),
    S("forgotten", None, "/forgotten-password", "Set a new password"),
    S(
        "forgotten-empty",
        None,
        "/forgotten-password",
        "Set a new password",
        (press("Send the link"),),
        "problem",
    ),
    S(
        "forgotten-sent",
        None,
        "/forgotten-password",
        "Check your email",
        (enter("#email", NOBODY), press("Send the link")),
        NOBODY,
    ),
    S("forgotten-sent-nothing", None, "/forgotten-password/sent", "Check your email"),
    S("set-password", None, "{link}", "Welcome, Nell Ashby"),
    S(
        "set-password-common",
        None,
        "{link}",
        "Welcome, Nell Ashby",
        (enter("#password", "password1234"), press("Set password and sign in")),
        "There is a problem",
    ),
    S("set-password-gone", None, "/set-password/long-gone", "This link no longer works"),
)
ACCOUNT = (
    S("account", "provider-manager", "/account", "Your account"),
    S("change-password", "provider-staff", "/account/password", "Change your password"),
    S(
        "change-password-empty",
        "provider-staff",
        "/account/password",
        "Change your password",
        (press("Change password"),),
        "There is a problem",
    ),
)
STAFF = (
    S("staff", "provider-manager", "/our-people", "Our people"),
    S("staff-invite", "provider-manager", "/our-people/new", "Invite a colleague"),
    S(
        "staff-invite-empty",
        "provider-manager",
        "/our-people/new",
        "Invite a colleague",
        (press("Invite"),),
        "problem",
    ),
    S("staff-end-role", "provider-manager", "/our-people/roles/{role}/end", "End the role of"),
)
_ADA = "administrator"
PEOPLE = (
    S("people", _ADA, "/people", "People"),
    S("people-none-found", _ADA, "/people?search=zzzz", "People"),
    S("person", _ADA, "/people/{disabled}", "Tom Lam"),
    S("person-invited", _ADA, "/people/{invited}", "Nell Ashby"),
    S("person-invite", _ADA, "/people/new", "Invite a person"),
    S(
        "person-invite-empty",
        _ADA,
        "/people/new",
        "Invite a person",
        (press("Invite"),),
        "There is a problem",
    ),
    S("person-edit", _ADA, "/people/{invited}/edit", "Change Nell Ashby"),
    S(
        "person-edit-empty",
        _ADA,
        "/people/{invited}/edit",
        "Change",
        (enter("#name", ""), press("Save")),
        "problem",
    ),
    S(
        "person-edit-stale",
        _ADA,
        "/people/{invited}/edit",
        "Change",
        (enter("#name", "Nell Ashby-Cole"), hidden("version", "0"), press("Save")),
        "Somebody else",
    ),
    S("person-disable", _ADA, "/people/{invited}/disable", "Disable Nell Ashby"),
    S("role-add", _ADA, "/people/{invited}/roles/new", "Add a role for"),
    S(
        "role-add-empty",
        _ADA,
        "/people/{invited}/roles/new",
        "Add a role",
        (press("Add the role"),),
        "problem",
    ),
    S("role-end", _ADA, "/people/roles/{role}/end", "End the role of"),
    S("organisations", _ADA, "/people/organisations", "Organisations"),
    S("organisations-none-found", _ADA, "/people/organisations?search=zzzz", "Organisations"),
    S("organisation-add", _ADA, "/people/organisations/new", "Add an organisation"),
    S(
        "organisation-add-empty",
        _ADA,
        "/people/organisations/new",
        "Add",
        (press("Add"),),
        "There is a problem",
    ),
    S("organisation-edit", _ADA, "/people/organisations/{operator}/edit", "Rename the organisation"),
    S(
        "organisation-edit-stale",
        _ADA,
        "/people/organisations/{operator}/edit",
        "Rename",
        (enter("#name", "Another name"), hidden("version", "0"), press("Save")),
        "Somebody else has renamed",
    ),
)
ADMINISTRATION = (
    S("jobs", _ADA, "/administration/jobs", "Jobs", (opened,), "OSError"),
    S("outbox", _ADA, "/administration/outbox", "Mails"),
    S("mail", _ADA, "/administration/outbox/{mail}", "Set your password"),
    S("audit", _ADA, "/administration/audit", "Audit"),
    S("audit-opened", _ADA, "/administration/audit?verb=plan.close", "Audit", (opened,), "plan.close"),
    S("audit-none-found", _ADA, "/administration/audit?verb=zzzz", "Audit"),
    S("audit-bad-date", _ADA, "/administration/audit?after=yesterday", "Audit", (), "There is a problem"),
    S("audit-checked", _ADA, "/administration/audit", "Audit", (press("Check the whole chain"),)),
)
STATES = (*SIGNING_IN, *ACCOUNT, *STAFF, *PEOPLE, *ADMINISTRATION)
