"""External reviews of Alder's services, one at each stage, and what goes with them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.act import operational
from portal.core.db import db
from portal.reviews.agreement.rules.calibration import ExerciseDraft
from portal.reviews.agreement.service.exercises import create_exercise, open_exercise
from portal.reviews.assessment.rules.workflow import Action as AssessmentAction
from portal.reviews.assessment.service.drafting import ItemDraft
from portal.reviews.assessment.service.moderating import take
from portal.reviews.assessment.service.moving import advance as move_assessment
from portal.reviews.external.loading import load_review
from portal.reviews.external.models.accuracy import AccuracyFile
from portal.reviews.external.models.history import HistoryImport, ImportState
from portal.reviews.external.models.portfolio import PlannedMeeting, PortfolioFile, RequestedDocument
from portal.reviews.external.models.publication import Correction
from portal.reviews.external.rules.corrections import ItemWords
from portal.reviews.external.rules.independence import Capacity
from portal.reviews.external.rules.notes import NoteDraft, NoteKind
from portal.reviews.external.rules.workflow import Action
from portal.reviews.external.service.accuracy import add_file, comment
from portal.reviews.external.service.consensus import agree_identical
from portal.reviews.external.service.correcting import propose, standing_words
from portal.reviews.external.service.fieldwork import save_note
from portal.reviews.external.service.moderating import approve
from portal.reviews.external.service.moving import advance
from portal.reviews.external.service.planning import Plan, plan
from portal.reviews.external.service.portfolio_files import add_files
from portal.reviews.external.service.scoring import lock, save_own_sheet
from portal.reviews.external.team import Named
from portal.reviews.moderation.service.cases import demand_open
from portal.scales.registry import registry
from portal.workforce.accreditation.models import ReviewerAccreditation
from tests.integration.access import world

SCALE, SECRET = "ips-25", "Harebell"
EVIDENCE = b"%PDF-1.4 what Alder has shown"
ORDER = (
    "planned",
    "preparing",
    "fieldwork",
    "scoring",
    "consensus",
    "moderation",
    "accuracy",
    "responding",
    "published",
)
TEAM = {
    "lead-reviewer": Capacity.LEAD,
    "second-reviewer": Capacity.SECOND,
    "observer": Capacity.OBSERVER,
    "moderator": Capacity.MODERATOR,
}


def _items() -> list[str]:
    return [item.key for item in registry().get(SCALE).items]


def fill() -> None:
    """Write the reviews. Each goes as far as its name says."""
    today = clock.today()
    with operational() as session:
        for name in TEAM:
            dates = {"starts": today - timedelta(days=100), "ends": today + timedelta(days=365)}
            session.add(
                ReviewerAccreditation(
                    id=world.id_of(f"accreditation-{name}"), person_id=world.id_of(name), **dates
                )
            )
    for name in ORDER:
        _plan(f"review-{name}")
        for step in ORDER[1 : ORDER.index(name) + 1]:
            _STEPS[step](world.id_of(f"review-{name}"))
    _correct(world.id_of("review-published"))
    _exercises()
    with operational() as session:
        session.add(
            HistoryImport(
                id=world.id_of("import"),
                person_id=world.id_of("lead"),
                file_name="past.csv",
                stored_name="0" * 32,
                sha256="0" * 64,
                state=ImportState.DONE,
                reviews=1,
                services=1,
                asked_at=clock.now(),
                ended_at=clock.now(),
            )
        )


def moderated() -> None:
    """The guided self-assessment that a moderator has."""
    made = world.id_of("moderated")
    move_assessment(world.actor("eism"), made, AssessmentAction.HAND_TO_MODERATOR, None)
    take(world.actor("moderator"), made)


def _plan(name: str) -> None:
    members = tuple(Named(world.id_of(person), capacity) for person, capacity in TEAM.items())
    today = clock.today()
    wanted = Plan(world.id_of(f"service-{name}"), SCALE, today, today + timedelta(days=1), members)
    plan(world.actor("lead"), wanted, world.id_of(name))


def _open(made: UUID) -> None:
    advance(world.actor("lead"), made, Action.OPEN, None)
    document = document_of(made)
    add_files(world.actor("manager"), made, document, [(f"{SECRET}.pdf", EVIDENCE)])


def _begin(made: UUID) -> None:
    advance(world.actor("lead-reviewer"), made, Action.BEGIN_FIELDWORK, None)
    draft = NoteDraft(NoteKind.OBSERVATION, clock.today(), heading="Team meeting", text=f"{SECRET} seen")
    save_note(world.actor("second-reviewer"), made, world.id_of(f"note-{made}"), draft, 0)


def _leave(made: UUID) -> None:
    advance(world.actor("lead-reviewer"), made, Action.LEAVE_SITE, None, "The rest is asked by telephone.")
    drafts = {key: ItemDraft(4, f"{SECRET} why", f"{SECRET} seen") for key in _items()}
    for name in ("lead-reviewer", "second-reviewer", "observer"):
        save_own_sheet(world.actor(name), made, drafts, {})


def _lock(made: UUID) -> None:
    for name in ("observer", "lead-reviewer", "second-reviewer"):
        lock(world.actor(name), made)


def _hand_in(made: UUID) -> None:
    agree_identical(world.actor("lead-reviewer"), made)
    advance(world.actor("lead-reviewer"), made, Action.SUBMIT, None)


def _approve(made: UUID) -> None:
    approve(world.actor("moderator"), made, demand_open(made).version)
    comment(world.actor("manager"), made, _items()[0], f"{SECRET}: the list shows 19.", 0)
    add_file(world.actor("manager"), made, _items()[0], f"{SECRET}-list.pdf", EVIDENCE)


def _send(made: UUID) -> None:
    advance(world.actor("manager"), made, Action.CLOSE_COMMENTS, None)


def _publish(made: UUID) -> None:
    from portal.reviews.external.accuracy import comments_of
    from portal.reviews.external.rules.accuracy import Decision
    from portal.reviews.external.service.deciding import decide

    key = _items()[0]
    wanted = Decision(accepted=False, reason="The count is of another day.")
    decide(world.actor("lead-reviewer"), made, key, wanted, comments_of(made)[key].version)
    advance(world.actor("lead-reviewer"), made, Action.PUBLISH, None)


_STEPS = {
    "preparing": _open,
    "fieldwork": _begin,
    "scoring": _leave,
    "consensus": _lock,
    "moderation": _hand_in,
    "accuracy": _approve,
    "responding": _send,
    "published": _publish,
}


def _correct(made: UUID) -> None:
    found = load_review(made)
    assert found is not None
    key = _items()[0]
    wanted = {key: ItemWords(5, standing_words(found)[key].comment)}
    propose(world.actor("lead-reviewer"), made, wanted, "The log was read wrongly.", None)


def _exercises() -> None:
    lead = world.actor("lead")
    draft = ExerciseDraft("A written case", SCALE, f"{SECRET}: a team of five.", tuple(_items()[:3]))
    for name in ("exercise-draft", "exercise-open"):
        create_exercise(lead, world.id_of("north"), draft, world.id_of(name))
    open_exercise(lead, world.id_of("exercise-open"), 1)


def document_of(made: UUID) -> UUID:
    """The first document that the service is asked for."""
    query = select(RequestedDocument.id).where(RequestedDocument.assessment_id == made)
    return db.session.scalars(query.order_by(RequestedDocument.position).limit(1)).one()


def ids_of(made: UUID) -> dict[str, UUID]:
    """What addresses of a review name, as far as it has it; its own id for what it has not."""
    meetings = select(PlannedMeeting.id).where(PlannedMeeting.assessment_id == made)
    documents = select(RequestedDocument.id).where(RequestedDocument.assessment_id == made)
    files = select(PortfolioFile.id).join(
        RequestedDocument, RequestedDocument.id == PortfolioFile.document_id
    )
    corrections = select(Correction.id).where(Correction.assessment_id == made)
    queries = {
        "document_id": documents.order_by(RequestedDocument.position),
        "meeting_id": meetings.order_by(PlannedMeeting.id),
        "file_id": files.where(RequestedDocument.assessment_id == made),
        "correction_id": corrections,
    }
    found = {name: db.session.scalars(query.limit(1)).first() or made for name, query in queries.items()}
    return found | {"note_id": world.id_of(f"note-{made}")}


def comment_file_of(made: UUID) -> UUID:
    """The file that the service added to its comment."""
    query = select(AccuracyFile.id).where(AccuracyFile.assessment_id == made)
    return db.session.scalars(query.limit(1)).one()
