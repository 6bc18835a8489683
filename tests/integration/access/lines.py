"""The matrix: every route with the thing it is tried on, what is sent, and who gets what (see `expected`)."""

from __future__ import annotations

from tests.integration.access import expected as who
from tests.integration.access import (
    lines_of_comms,
    lines_of_cycle,
    lines_of_definition,
    lines_of_events,
    lines_of_figures,
    lines_of_hub,
    lines_of_learning,
    lines_of_library,
    lines_of_on_site,
    lines_of_payments,
    lines_of_posts,
    lines_of_reviews,
    lines_of_staff,
    lines_of_surveys,
)
from tests.integration.access.line import get, post

A = "/assessments/<uuid:assessment_id>"
ITEM = {"rating": "4", "rationale": "Why", "evidence": "Seen", "version": "1"}


OPEN_PAGES = [
    get("/", who.PUBLIC),
    get("/accessibility", who.PUBLIC),
    get("/help", who.PUBLIC),
    get("/scales", who.PUBLIC),
    get("/scales/<key>", who.PUBLIC, key="ips-25"),
    get("/static/<path:filename>", who.PUBLIC, filename="css/portal.css"),
    get("/forgotten-password", who.PUBLIC),
    post("/forgotten-password", who.PUBLIC, may="i"),
    get("/forgotten-password/sent", who.PUBLIC),
    get("/sign-in", "y yo ooo ooo oo ooo o ooooooo"),
    post("/sign-in", who.PUBLIC, may="i"),
    get("/set-password/<string:token>", who.PUBLIC, may="n", token="guessed"),
    post("/set-password/<string:token>", who.PUBLIC, may="n", token="guessed"),
    get("/verify", who.PUBLIC),
    get("/verify/<string:code>", who.PUBLIC, on="report"),
    post("/verify/<string:code>", who.PUBLIC, on="report", may="i"),
    get("/verify/<string:code>", who.PUBLIC, may="n", code="K7MQ-3RTX-9HWD-CJ4N-PVGY"),
    get("/account", who.SIGNED_IN),
    get("/account/password", who.SIGNED_IN),
    post("/account/password", who.SIGNED_IN, may="i"),
    post("/sign-out", who.SIGNED_IN),
    get("/token", who.SIGNED_IN),
]
PEOPLE = [
    get("/people", who.ADMINISTRATOR),
    get("/people/new", who.ADMINISTRATOR),
    post("/people/new", who.ADMINISTRATOR, may="i"),
    get("/people/<uuid:person_id>", who.ADMINISTERED, on="staff"),
    get("/people/<uuid:person_id>/disable", who.ADMINISTERED, on="staff"),
    post("/people/<uuid:person_id>/disable", who.ADMINISTERED, on="staff"),
    get("/people/<uuid:person_id>/edit", who.ADMINISTERED, on="staff"),
    post("/people/<uuid:person_id>/edit", who.ADMINISTERED, on="staff", may="r"),
    post("/people/<uuid:person_id>/enable", who.ADMINISTERED, on="disabled"),
    post("/people/<uuid:person_id>/invite-again", who.ADMINISTERED, on="staff"),
    get("/people/<uuid:person_id>/roles/new", who.ADMINISTERED, on="staff"),
    post("/people/<uuid:person_id>/roles/new", who.ADMINISTERED, on="staff", may="i"),
    get("/people/roles/<uuid:membership_id>/end", who.ADMINISTERED, on="staff"),
    post("/people/roles/<uuid:membership_id>/end", who.ADMINISTERED, on="staff"),
    get("/people/organisations", who.ADMINISTRATOR),
    get("/people/organisations/new", who.ADMINISTRATOR),
    post("/people/organisations/new", who.ADMINISTRATOR, may="i"),
    get("/people/organisations/<uuid:organisation_id>/edit", who.ADMINISTERED, on="alder"),
    post("/people/organisations/<uuid:organisation_id>/edit", who.ADMINISTERED, on="alder", may="r"),
    get("/our-people", who.MANAGERS),
    get("/our-people/new", who.MANAGERS),
    post("/our-people/new", who.MANAGERS, may="i"),
    get("/our-people/roles/<uuid:membership_id>/end", who.OWN_STAFF, on="staff"),
    post("/our-people/roles/<uuid:membership_id>/end", who.OWN_STAFF, on="staff"),
    get("/administration/audit", who.ADMINISTRATOR),
    post("/administration/audit/verify", who.ADMINISTRATOR, may="y"),
    get("/administration/jobs", who.ADMINISTRATOR),
    post("/administration/jobs/<uuid:job_id>/retry", who.ADMINISTERED, on="job"),
    get("/administration/outbox", who.ADMINISTRATOR),
    get("/administration/outbox/<uuid:mail_id>", who.ADMINISTERED, on="mail"),
]
SERVICES = [
    get("/services", who.SERVICE_LIST),
    get("/services.csv", who.SERVICE_LIST),
    get("/services/new", who.NEW_SERVICE),
    post("/services/new", who.NEW_SERVICE, may="i"),
    get("/services/<key>", who.SERVICE, on="draft"),
    get("/services/<key>", who.SERVICE, on="final"),
    get("/services/<key>/edit", who.SERVICE_EDIT, on="draft"),
    post("/services/<key>/edit", who.SERVICE_EDIT, on="draft", may="i"),
    get("/services/<key>/teams", who.SERVICE_EDIT, on="draft"),
    post("/services/<key>/teams", who.SERVICE_EDIT, on="draft", may="r"),  # without the version they saw
    get("/services/<key>/close", who.SERVICE_ADMINISTER, on="draft"),
    post("/services/<key>/close", who.SERVICE_ADMINISTER, on="draft", may="i"),
    get("/services/<key>/links", who.SERVICE_ADMINISTER, on="draft"),
    get("/services/<key>/links/<kind>/start", who.SERVICE_ADMINISTER, on="draft", kind="provider"),
    post("/services/<key>/links/<kind>/start", who.SERVICE_ADMINISTER, on="draft", may="i", kind="provider"),
    get("/services/<key>/links/<uuid:link_id>/end", who.SERVICE_ADMINISTER, on="draft"),
    post("/services/<key>/links/<uuid:link_id>/end", who.SERVICE_ADMINISTER, on="draft", may="i"),
    get("/services/<string:key>/assessments/new", who.SERVICE_START, on="draft"),
    post("/services/<string:key>/assessments/new", who.SERVICE_START, on="draft", may="i"),
    get("/services/<key>/plans/new", who.SERVICE_PLAN, on="final"),
    post("/services/<key>/plans/new", who.SERVICE_PLAN, on="final", may="i"),
]
PLANS = [
    get("/plans/<uuid:plan_id>", who.PLAN, on="plan"),
    get("/plans/<uuid:plan_id>.csv", who.PLAN, on="plan"),
    get("/plans/<uuid:plan_id>.xlsx", who.PLAN, on="plan"),
    post("/plans/<uuid:plan_id>/<any(agree, reopen, close):move>", who.PLAN_AGREE, "plan", "r", move="agree"),
    post(
        "/plans/<uuid:plan_id>/<any(agree, reopen, close):move>", who.PLAN_AGREE, "plan", "r", move="reopen"
    ),
    post("/plans/<uuid:plan_id>/<any(agree, reopen, close):move>", who.PLAN_AGREE, "plan", "r", move="close"),
    get("/plans/<uuid:plan_id>/actions/new", who.PLAN_EDIT, on="plan"),
    post("/plans/<uuid:plan_id>/actions/new", who.PLAN_EDIT, on="plan", may="i"),
    get("/plans/<uuid:plan_id>/actions/<uuid:action_id>", who.PLAN_EDIT, on="plan"),
    post("/plans/<uuid:plan_id>/actions/<uuid:action_id>", who.PLAN_EDIT, on="plan", may="b"),
]
CHANGE = "/plans/<uuid:plan_id>/actions/<uuid:action_id>/<any(drop, restore, up, down):change>"
PLANS += [  # what is the first already goes no further up; what is not dropped is not restored
    post(CHANGE, who.PLAN_EDIT, "plan", "w", {"version": "1"}, change="drop"),
    post(CHANGE, who.PLAN_EDIT, "plan", "b", {"version": "1"}, change="restore"),
    post(CHANGE, who.PLAN_EDIT, "plan", "b", {"version": "1"}, change="up"),
    post(CHANGE, who.PLAN_EDIT, "plan", "w", {"version": "1"}, change="down"),
]
ASSESSMENTS = [
    *(get(A, who.OPEN, on) for on in ("draft", "with-guide", "with-provider", "settling", "withdrawn")),
    get(A, who.OPEN_PEER, "peer"),
    get(A, who.FINAL, "final"),
    get(A + "/items/<int:number>", who.OPEN, "draft", number="1"),
    get(A + "/items/<int:number>", who.OPEN_PEER, "peer", number="1"),
    get(A + "/items/<int:number>", who.FINAL, "final", number="1"),
    get(A + "/items/<int:number>", who.OPEN, "draft", may="n", number="26"),
    post(A + "/items/<int:number>", who.EDIT, "draft", send=ITEM, number="1"),
    post(A + "/items/<int:number>", who.OPEN, "with-guide", "r", ITEM, number="1"),
    post(A + "/items/<int:number>", who.OPEN_PEER, "peer", "r", ITEM, number="1"),
    post(A + "/items/<int:number>", who.FINAL, "final", "r", ITEM, number="1"),
    post(A + "/items/<int:number>/files", who.EDIT, "draft", send={"upload": "file"}, number="1"),
    post(A + "/items/<int:number>/files", who.OPEN, "with-guide", "r", {"upload": "file"}, number="1"),
    post(A + "/items/<int:number>/files", who.FINAL, "final", "r", {"upload": "file"}, number="1"),
    get(A + "/files/<uuid:file_id>", who.OPEN, "draft"),
    get(A + "/files/<uuid:file_id>", who.OPEN_PEER, "peer"),
    get(A + "/files/<uuid:file_id>", who.FINAL_FILES, "final"),
    post(A + "/files/<uuid:file_id>/remove", who.EDIT, "draft"),
    post(A + "/files/<uuid:file_id>/remove", who.FINAL, "final", "r"),
    post(A + "/files/<uuid:file_id>/restore", who.EDIT, "draft", "o"),
    post(A + "/files/<uuid:file_id>/restore", who.FINAL, "final", "r"),
    get(A + "/sheet", who.OPEN, "draft"),
    get(A + "/sheet", who.FINAL, "final"),
    post(A + "/sheet", who.EDIT, "draft", send={"SHEET": "1"}),
    post(A + "/sheet", who.FINAL, "final", "r"),
    get(A + "/import", who.EDIT_PAGE, "draft"),
    get(A + "/import", "s sn bbn bbb bb bbn n nnnnnnn", "final"),
    post(A + "/import", who.EDIT_PAGE, "draft", "i"),
    post(A + "/import", "s sn bbn bbb bb bbn n nnnnnnn", "final"),
    get(A + "/template.<string:suffix>", who.OPEN, "draft", suffix="csv"),
    get(A + "/template.<string:suffix>", who.OPEN, "draft", suffix="xlsx"),
    get(A + "/template.<string:suffix>", who.OPEN, "draft", "n", suffix="exe"),
    get(A + "/check", who.MANAGE_PAGE, "draft"),
    get(A + "/check", "s sn bbn bbb bb bbn n nnnnnnn", "final"),
    get(A + "/return", who.GUIDE_PAGE, "with-guide"),
    get(A + "/return", who.GUIDE_PAGE_PEER, "peer"),
    get(A + "/agreement", who.GUIDE_PAGE, "with-guide"),
    get(A + "/agreement", who.GUIDE_PAGE_PEER, "peer"),
    get(A + "/guidance", who.GUIDE_PAGE, "with-guide"),
    get(A + "/guidance", who.GUIDE_PAGE_PEER, "peer"),
    get(A + "/guide/<int:number>", who.GUIDE_ITEM, "with-guide", number="1"),
    get(A + "/guide/<int:number>", "s sn oo* ono nn nnn n nnnnnnn", "peer", number="1"),
    post(A + "/guide/<int:number>/question", who.GUIDE, "with-guide", send={"question": "Why?"}, number="1"),
    post(A + "/guide/<int:number>/question", who.GUIDE_PEER, "peer", send={"question": "Why?"}, number="1"),
    post(A + "/guide/<int:number>/question", who.FINAL, "final", "r", {"question": "Why?"}, number="1"),
    get(A + "/answers", "s sn **n bnb nn nnn n nnnnnnn", "with-provider"),
    post(A + "/answers", who.EDIT, "with-provider", "o"),
    post(A + "/answers", who.FINAL, "final", "r"),
]
PROPOSAL = {"rating": "2", "reason": "The log shows less", "version": "0"}
ASSESSMENTS += [
    post(A + "/guide/<int:number>/proposal", who.GUIDE, "with-guide", send=PROPOSAL, number="1"),
    post(A + "/guide/<int:number>/proposal", who.GUIDE_PEER, "peer", send=PROPOSAL, number="1"),
    post(A + "/guide/<int:number>/proposal", who.FINAL, "final", "r", PROPOSAL, number="1"),
    post(A + "/guide/<int:number>/proposal/withdraw", who.GUIDE, "with-guide", "o", number="1"),
    post(A + "/guide/<int:number>/proposal/withdraw", who.GUIDE_PEER, "peer", "o", number="1"),
    post(
        A + "/guide/<int:number>/settle",
        who.GUIDE,
        "settling",
        send={"take": "provider", "version": "2"},
        number="1",
    ),
    post(A + "/guide/<int:number>/settle", who.FINAL, "final", "r", {"take": "guide"}, number="1"),
]
DO = A + "/do/<string:action>"
REASON = {"reason": "Item 4 lacks its figures"}
ASSESSMENTS += [
    post(DO, who.MANAGE, "draft", action="submit"),
    post(DO, who.MANAGE, "draft", "b", action="confirm"),  # guided: never straight to final
    post(DO, who.MANAGE, "draft", action="withdraw"),
    post(DO, who.MANAGE, "withdrawn", action="restore"),
    post(DO, who.MANAGE, "with-guide", action="recall"),
    post(DO, who.GUIDE, "with-guide", send=REASON, action="return"),
    post(DO, who.GUIDE, "with-guide", "i", action="return"),
    post(DO, who.GUIDE_PEER, "peer", send=REASON, action="return"),
    post(DO, who.GUIDE, "with-guide", "b", action="hand-over"),  # there is nothing to answer
    post(DO, who.MANAGE, "with-provider", "b", action="reply"),  # not all answered
    post(DO, who.GUIDE, "with-guide", action="agree"),
    post(DO, who.GUIDE, "settling", action="agree"),
    post(DO, who.GUIDE_PEER, "peer", action="agree"),
    *(
        post(DO, who.FINAL, "final", "b", REASON, action=action)
        for action in (
            "submit", "confirm", "withdraw", "restore", "recall", "return", "hand-over", "reply", "agree",
        )
    ),
    post(DO, who.OPEN, "draft", "n", action="edit"),
    post(DO, who.OPEN, "draft", "n", action="final"),
]  # fmt: skip
PDF = "/<any(report,certificate):name>"
REPORTS = [
    get(A + "/report", who.FINAL, "final"),
    get(A + "/report", who.OPEN, "draft", "b"),
    get(A + PDF + ".pdf", who.FINAL, "final", name="report"),
    get(A + PDF + ".pdf", who.FINAL, "final", "n", name="certificate"),  # only external reviews earn one
    get(A + PDF + ".pdf", who.OPEN, "draft", "b", name="report"),
    get(A + PDF + "/pdf-state", who.FINAL, "final", name="report"),
    get(A + PDF + "/pdf-state", who.OPEN, "draft", "b", name="report"),
    post(A + PDF + "/pdf", who.FINAL, "final", name="report"),
    post(A + PDF + "/pdf", who.OPEN, "draft", "b", name="report"),
    *(
        get(A + "/report.<any(csv,xlsx,json):ending>", who.FINAL, "final", ending=ending)
        for ending in ("csv", "xlsx", "json")
    ),
    *(
        get(A + "/report.<any(csv,xlsx,json):ending>", who.OPEN, "draft", "b", ending=ending)
        for ending in ("csv", "xlsx", "json")
    ),
]
LINES = [*OPEN_PAGES, *PEOPLE, *SERVICES, *PLANS, *ASSESSMENTS, *REPORTS, *lines_of_reviews.LINES]
LINES += lines_of_on_site.LINES
LINES += lines_of_comms.LINES
LINES += lines_of_definition.LINES
LINES += lines_of_cycle.LINES
LINES += lines_of_figures.LINES
LINES += lines_of_events.LINES
LINES += lines_of_hub.LINES
LINES += lines_of_payments.LINES
LINES += lines_of_posts.LINES
LINES += lines_of_learning.LINES
LINES += lines_of_library.LINES
LINES += lines_of_staff.LINES
LINES += lines_of_surveys.LINES
