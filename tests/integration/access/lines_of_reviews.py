"""The matrix of external reviews, moderation, agreement and past reviews: see `lines`."""

from __future__ import annotations

from tests.integration.access import expected as who
from tests.integration.access.line import get, post
from tests.integration.access.world import REVIEWED

R = "/reviews/<uuid:assessment_id>"
A = "/assessments/<uuid:assessment_id>"
PLANNED, PREPARING, FIELDWORK, SCORING, CONSENSUS, MODERATION, ACCURACY, RESPONDING, PUBLISHED = REVIEWED
EARLY, LATE = REVIEWED[:5], REVIEWED[5:]
REASON = {"reason": "The team is ill"}
DO = R + "/do/<string:action>"
LISTS = [
    get("/reviews", who.REVIEW_LIST),
    get("/reviews.csv", who.REVIEW_LIST),
    get("/reviews/purges", who.LEAD_MANAGERS),
    get("/reviews/purges.csv", who.LEAD_MANAGERS),
    get("/reviews/import", who.REVIEWERS),
    post("/reviews/import", who.REVIEWERS, may="i"),
    post("/reviews/import/confirm", who.REVIEWERS, may="i"),
    get("/reviews/import/template.<string:suffix>", who.REVIEWERS, suffix="csv"),
    get("/reviews/import/<uuid:import_id>", who.CONTRACT_LEAD, on="import"),
    get("/reviews/import/<uuid:import_id>/state", who.CONTRACT_LEAD, on="import"),
    get("/services/<string:key>/reviews/new", who.REVIEW_PLAN, on="final"),
    post("/services/<string:key>/reviews/new", who.REVIEW_PLAN, on="final", may="i"),
    get("/moderation", who.REVIEWERS),
    get("/moderation.csv", who.REVIEWERS),
    get("/workforce/reviewers", who.LEAD_MANAGERS),
    get("/workforce/reviewers.csv", who.LEAD_MANAGERS),
    get("/workforce/reviewers/<uuid:person_id>", who.CONTRACT_LEAD, on="lead-reviewer"),
    post("/workforce/reviewers/<uuid:person_id>", who.CONTRACT_LEAD, on="lead-reviewer", may="i"),
    get("/account/calendar", who.SIGNED_IN),
    post("/account/calendar", who.SIGNED_IN, may="w"),
    post("/account/calendar/revoke", who.SIGNED_IN, may="b"),
    get("/calendar/<string:token>.ics", who.PUBLIC, may="n", token="guessed"),
]
END = "/workforce/reviewers/<uuid:person_id>/accreditations/<uuid:accreditation_id>"
LISTS += [
    get(END, who.CONTRACT_LEAD, on="lead-reviewer"),
    post(END, who.CONTRACT_LEAD, on="lead-reviewer", may="o"),
]
C = "/agreement/calibration/<uuid:exercise_id>"
DRAFT, OPEN = "exercise-draft", "exercise-open"
AGREEMENT = [
    get("/agreement", who.REVIEWERS),
    *(
        get("/agreement/<any(items, reviews, ratings):what>.csv", who.REVIEWERS, what=what)
        for what in ("items", "reviews", "ratings")
    ),
    get("/agreement/calibration", who.REVIEWERS),
    get("/agreement/calibration/new", who.LEAD_MANAGERS),
    post("/agreement/calibration/new", who.LEAD_MANAGERS, may="y"),
    get(C, who.CONTRACT_LEAD, DRAFT),
    get(C, who.CONTRACT, OPEN),
    get(C + "/edit", who.CONTRACT_LEAD, DRAFT),
    post(C + "/edit", who.CONTRACT_LEAD, DRAFT, "r"),
    get(C + "/rate", who.CONTRACT, OPEN),
    post(C + "/rate", "s sn nnn **o nn nnn n nnnnnnn ****", OPEN, "r"),
    get(C + "/results", who.CONTRACT, OPEN, "n"),  # nobody sees the others' before it is closed
    get(C + "/results.csv", who.CONTRACT, OPEN, "n"),
    post(C + "/<any(open, close):move>", who.CONTRACT_LEAD, DRAFT, "w", {"version": "1"}, move="open"),
    post(
        C + "/<any(open, close):move>",
        "s sn nnn ff* nn nnn n nnnnnnn ffff",
        OPEN,
        "w",
        {"version": "2"},
        move="close",
    ),
]
REVIEW = [
    *(get(R, who.REVIEW, stage) for stage in REVIEWED),
    get(R + "/timeline", who.REVIEW, PREPARING),
    get(R + "/calendar.ics", who.REVIEW, PREPARING),
    get(R + "/timeline/<string:step_key>", who.TICKS, PREPARING, step_key="portfolio"),
    post(R + "/timeline/<string:step_key>", who.TICKS, PREPARING, step_key="portfolio"),
    post(R + "/timeline/<string:step_key>/tick", who.TICKS, PREPARING, step_key="portfolio"),
    post(R + "/timeline/<string:step_key>/untick", who.TICKS, PREPARING, "o", step_key="portfolio"),
    get(R + "/plan", who.PLANS_PAGE, PLANNED),
    post(R + "/plan", who.PLANS_PAGE, PLANNED, "i"),
    get(R + "/plan", who.REVIEW, PUBLISHED, "b"),
    post(R + "/plan", who.REVIEW, PUBLISHED, "b"),
    get(DO, who.PLANS_PAGE, PLANNED, action="cancel"),
    get(DO, who.LEADS_PAGE, FIELDWORK, action="leave-site"),
    post(DO, who.PLANS, PLANNED, action="open"),
    post(DO, who.PLANS, PLANNED, "i", action="cancel"),
    post(DO, who.PLANS, PLANNED, "w", REASON, action="cancel"),
    post(DO, who.LEADS, PREPARING, action="begin-fieldwork"),
    post(DO, who.LEADS, FIELDWORK, "w", REASON, action="leave-site"),
    post(DO, who.LEADS, SCORING, "w", action="back-to-site"),
    post(DO, who.LEADS, CONSENSUS, "b", action="submit"),  # nothing is agreed yet
    post(DO, who.AUDITS, ACCURACY, "w", action="close-comments"),
    post(DO, who.LEADS, RESPONDING, "b", action="resubmit"),  # a comment is not decided
    post(DO, who.REVIEW, PLANNED, "n", action="publish"),
    post(DO, who.REVIEW, PLANNED, "n", action="unblind"),
    post(DO, who.REVIEW, PLANNED, "n", action="pass"),
    *(
        post(DO, who.REVIEW, PUBLISHED, "b", REASON, action=action)
        for action in (
            "open", "cancel", "restore", "begin-fieldwork", "leave-site", "back-to-site", "submit",
            "close-comments", "resubmit",
        )
    ),
    *(post(DO, who.REVIEW, SCORING, "b", REASON, action=action) for action in ("cancel", "submit", "open")),
]  # fmt: skip
P = R + "/portfolio"
FILE = P + "/files/<uuid:file_id>"
M = R + "/meetings"
PORTFOLIO = [
    get(P, who.REVIEW, PREPARING),
    get(R + "/portfolio.zip", who.SHOWN_FILES_EARLY, PREPARING),
    get(FILE, who.SHOWN_FILES_EARLY, PREPARING),
    get(FILE, who.SHOWN_DRAFT, PUBLISHED),
    post(FILE + "/<any(remove, restore):change>", who.PREPARES_FILES, PREPARING, change="remove"),
    post(FILE + "/<any(remove, restore):change>", who.PREPARES_FILES, PREPARING, "o", change="restore"),
    post(FILE + "/<any(remove, restore):change>", who.SHOWN_DRAFT, PUBLISHED, "r", change="remove"),
    get(P + "/<uuid:document_id>", who.REVIEW, PREPARING),
    post(P + "/<uuid:document_id>", who.PREPARES, PREPARING, "o"),
    post(P + "/<uuid:document_id>/<any(withdraw, reinstate):change>", who.ASKS, PREPARING, change="withdraw"),
    post(
        P + "/<uuid:document_id>/<any(withdraw, reinstate):change>",
        who.ASKS,
        PREPARING,
        "o",
        change="reinstate",
    ),
    get(P + "/new", who.ASKS, PREPARING),
    post(P + "/new", who.ASKS, PREPARING, "i"),
    get(P + "/self-audit", who.AUDITS, PREPARING),
    post(P + "/self-audit", who.AUDITS, PREPARING),
    get(M, who.REVIEW, PREPARING),
    get(R + "/meetings.csv", who.REVIEW, PREPARING),
    get(M + "/new", who.MEETS, PREPARING),
    post(M + "/new", who.MEETS, PREPARING, "i"),
    get(M + "/times", who.MEETS, PREPARING),
    post(M + "/times", who.MEETS, PREPARING, "o"),
    get(M + "/<uuid:meeting_id>", who.MEETS, PREPARING),
    post(M + "/<uuid:meeting_id>", who.MEETS, PREPARING, "o"),
    post(M + "/<uuid:meeting_id>/<any(remove, restore):change>", who.MEETS, PREPARING, change="remove"),
    post(M + "/<uuid:meeting_id>/<any(remove, restore):change>", who.MEETS, PREPARING, "o", change="restore"),
]
F, W = R + "/fieldwork", R + "/worksheets/<string:sheet_key>"
N = F + "/notes/<uuid:note_id>"
NOTE = {"kind": "observation", "text": "Seen", "heading": "Team meeting", "version": "1"}
ROW = W + "/rows/<int:position>"
FIELDWORK_LINES = [
    get(F, who.INSIDE_EARLY, FIELDWORK),
    get(F, who.INSIDE, MODERATION),
    get(F + "/guide/<string:role>", who.INSIDE_EARLY, FIELDWORK, "n", role="nobody"),
    get(R + "/gaps", who.INSIDE_EARLY, FIELDWORK),
    get(F + "/notes/new", "s sn nnn nno nn nnn n nnnnnnn ***n", FIELDWORK),
    get(N, who.INSIDE_EARLY, FIELDWORK),
    post(N, who.NOTES, FIELDWORK, "i", NOTE),
    post(N, who.INSIDE, PUBLISHED, "r", NOTE),
    post(N + "/remove", who.NOTES, FIELDWORK),
    post(N + "/restore", who.NOTES, FIELDWORK, "o"),
    get(W, who.INSIDE_EARLY, FIELDWORK, sheet_key="records"),
    get(W + ".csv", who.INSIDE_EARLY, FIELDWORK, sheet_key="records"),
    get(W + ".xlsx", who.INSIDE_EARLY, FIELDWORK, sheet_key="records"),
    post(W + "/rows", who.NOTES, FIELDWORK, sheet_key="records"),
    post(ROW, who.NOTES, FIELDWORK, "o", {"version": "0"}, sheet_key="records", position="1"),
    post(ROW, who.INSIDE, PUBLISHED, "r", {"version": "0"}, sheet_key="records", position="1"),
    post(ROW + "/remove", who.NOTES, FIELDWORK, sheet_key="records", position="1"),
    post(ROW + "/restore", who.NOTES, FIELDWORK, "o", sheet_key="records", position="1"),
]
S, K = R + "/scoring", R + "/consensus"
ITEM = {"rating": "4", "rationale": "Why", "evidence": "Seen once more", "version": "1"}
AGREED = {"rating": "4", "reason": "", "comment": "Seen", "version": "0"}
SCORES = [
    get(S, who.OWN_SHEET, SCORING),
    get(S, who.OWN_SHEET, CONSENSUS),
    get(S + "/<int:number>", who.OWN_SHEET, SCORING, number="1"),
    get(S + "/<int:number>", who.OWN_SHEET, PUBLISHED, number="1"),
    get(S + "/<int:number>", who.OWN_SHEET, SCORING, "n", number="26"),
    post(S + "/<int:number>", who.OWN_SHEET, SCORING, "w", ITEM, number="1"),
    post(S + "/<int:number>", who.OWN_SHEET, CONSENSUS, "r", ITEM, number="1"),
    get(S + "/sheet", who.OWN_SHEET, SCORING),
    post(S + "/sheet", who.OWN_SHEET, SCORING, "w", {"SHEET": "1"}),
    post(S + "/sheet", who.OWN_SHEET, CONSENSUS, "r", {"SHEET": "1"}),
    get(S + "/lock", who.OWN_SHEET, SCORING),
    get(S + "/lock", who.OWN_SHEET, CONSENSUS, "o"),
    post(S + "/lock", who.OWN_SHEET, SCORING, "i"),
    post(S + "/lock", who.OWN_SHEET, SCORING, "w", {"sure": "yes"}),
    post(S + "/lock", who.OWN_SHEET, CONSENSUS, "o", {"sure": "yes"}),
    get(K, who.INSIDE_EARLY, SCORING, "n"),  # nothing is there until both have locked
    get(K, who.INSIDE_EARLY, CONSENSUS),
    get(K, who.INSIDE, MODERATION),
    post(K + "/<int:number>", who.INSIDE_EARLY, SCORING, "r", AGREED, number="1"),
    post(K + "/<int:number>", who.AGREES, CONSENSUS, "w", AGREED, number="1"),
    post(K + "/identical", who.AGREES, CONSENSUS),
    post(K + "/identical", who.INSIDE_EARLY, SCORING, "r"),
    get(K + "/hand-in", who.INSIDE_EARLY, CONSENSUS),
    get(K + "/hand-in", who.INSIDE_EARLY, SCORING, "o"),
]
Q = R + "/moderation"
I = Q + "/items/<int:number>"  # noqa: E741  as the others
AMEND = {"rating": "5", "comment": "", "reason": "The log", "version": "1"}
MODERATED = [
    get(Q, who.INSIDE_EARLY, CONSENSUS, "b"),
    get(Q, who.INSIDE, MODERATION),
    post(I + "/query", who.MODERATES, MODERATION, "w", {"query": "Why?"}, number="1"),
    post(I + "/query", who.INSIDE_EARLY, CONSENSUS, "r", {"query": "Why?"}, number="1"),
    post(I + "/answer", who.ANSWERS, MODERATION, "r", {"answer": "So"}, number="1"),  # nobody asked
    post(I + "/resolve", who.MODERATES, MODERATION, "o", {"resolve": "Done"}, number="1"),
    post(I + "/amend", who.MODERATES, MODERATION, "w", AMEND, number="1"),
    post(I + "/amend", who.INSIDE, PUBLISHED, "r", AMEND, number="1"),
    get(Q + "/return", who.MODERATES_PAGE, MODERATION),
    post(Q + "/return", who.MODERATES, MODERATION, "w", REASON),
    get(Q + "/approve", who.MODERATES_PAGE, MODERATION),
    post(Q + "/approve", who.MODERATES, MODERATION),
]
D = R + "/accuracy"
COMMENT = {"text": "The list shows 18.", "version": "1"}
ACCURATE = [
    get(D, who.SHOWN_DRAFT, ACCURACY),
    get(D, who.INSIDE, MODERATION, "n"),  # it has not been presented
    get(D + "/<int:number>", who.SHOWN_DRAFT, ACCURACY, number="1"),
    post(D + "/<int:number>", who.COMMENTS, ACCURACY, "w", COMMENT, number="1"),
    post(D + "/<int:number>", who.SHOWN_DRAFT, RESPONDING, "r", COMMENT, number="1"),
    post(D + "/<int:number>/decide", who.DECIDES, RESPONDING, "r", number="1"),
    get(D + "/dates", who.LEADS_DRAFT, ACCURACY),
    post(D + "/dates", who.LEADS_DRAFT, ACCURACY, "o"),
    get(D + "/send", who.SENDS, ACCURACY),
    get(D + "/files/<uuid:file_id>", "s sn **n nnn nn nnn n nnnnnnn nnnn", ACCURACY),
    get(D + "/files/<uuid:file_id>", who.SHOWN_DRAFT, RESPONDING),
    post(D + "/files/<uuid:file_id>/<any(remove, restore):change>", who.COMMENTS, ACCURACY, change="remove"),
    post(
        D + "/files/<uuid:file_id>/<any(remove, restore):change>",
        who.COMMENTS,
        ACCURACY,
        "o",
        change="restore",
    ),
    get(D + "/draft.pdf", who.SHOWN_DRAFT, ACCURACY),
    get(D + "/draft/pdf-state", who.SHOWN_DRAFT, ACCURACY),
    post(D + "/draft/pdf", who.SHOWN_DRAFT, ACCURACY),
]
OUT = [
    get(R + "/publish", who.LEADS_INSIDE_PAGE, RESPONDING),
    post(R + "/publish", who.LEADS_INSIDE, RESPONDING, "r"),  # a comment is not decided
    get(R + "/correct", who.INSIDE, PUBLISHED),
    get(R + "/correct", who.INSIDE, RESPONDING, "f"),
    post(R + "/correct", who.LEADS_INSIDE, PUBLISHED, "i", {"why": "Wrong"}),  # nothing differs
    post(
        R + "/correct/<uuid:correction_id>/<any(approve, refuse):decision>",
        who.MODERATES,
        PUBLISHED,
        decision="approve",
    ),
    post(
        R + "/correct/<uuid:correction_id>/<any(approve, refuse):decision>",
        who.MODERATES,
        PUBLISHED,
        "i",
        decision="refuse",
    ),
    get(R + "/purge", who.REVIEW, PUBLISHED),
    get(R + "/purge", who.REVIEW, SCORING, "f"),
    post(R + "/purge/<any(hold, release):change>", who.PLANS, PUBLISHED, "w", REASON, change="hold"),
    post(R + "/purge/<any(hold, release):change>", who.PLANS, PUBLISHED, "r", REASON, change="release"),
    *(get(A, who.MISSING, stage) for stage in REVIEWED[:-1]),  # no way in by the assessment's own pages
    *(get(A + "/report", who.MISSING, stage) for stage in (SCORING, RESPONDING)),
    *(get(A + "/sheet", who.MISSING, stage) for stage in (SCORING, RESPONDING)),
    get(A + "/report", who.FINAL, PUBLISHED),
    get(A + "/report/versions", who.FINAL, PUBLISHED),
]
G = A + "/moderation"
T = G + "/items/<int:number>"
GUIDED = [
    get(G, who.MODERATION, "moderated"),
    get(G + "/approve", who.MODERATION_PAGE, "moderated"),
    post(G + "/approve", who.MODERATION_ACT, "moderated"),
    get(G + "/return", who.MODERATION_PAGE, "moderated"),
    post(G + "/return", who.MODERATION_ACT, "moderated", "w", REASON),
    post(T + "/query", who.MODERATION_ACT, "moderated", "w", {"query": "Why?"}, number="1"),
    post(T + "/answer", who.MODERATION_GUIDE, "moderated", "r", {"answer": "So"}, number="1"),
    post(T + "/resolve", who.MODERATION_ACT, "moderated", "o", {"resolve": "Done"}, number="1"),
    get(G + "/moderators", who.MODERATION_NAME, "moderated"),
    post(G + "/moderators", who.MODERATION, "moderated", "i"),
    post(G + "/moderators/<uuid:person_id>/remove", who.MODERATION_NAME, "moderated"),
    post(G + "/take", "s sn nnn o** nn nnn n nnnnnnn ****", "moderated"),
]
LINES = [
    *LISTS,
    *AGREEMENT,
    *REVIEW,
    *PORTFOLIO,
    *FIELDWORK_LINES,
    *SCORES,
    *MODERATED,
    *ACCURATE,
    *OUT,
    *GUIDED,
]
