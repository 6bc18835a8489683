"""The evidence portfolio: the list, one document, and everything as a ZIP."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.current import current_actor
from portal.core.access import access
from portal.core.errors import Invalid, NotFound, Refused, Stale
from portal.core.form_pages import Differing, saved_first
from portal.core.forms import sent_version, summary
from portal.core.rules.uploads import clean_name
from portal.core.storage import service as storage
from portal.reviews.external.forms.portfolio import AnswerForm
from portal.reviews.external.loading import holds
from portal.reviews.external.portfolio import DocumentLine, attachment_of, may_open_files, portfolio_of
from portal.reviews.external.portfolio_archive import contents, packed_files, zipped
from portal.reviews.external.rules.portfolio import DocumentState
from portal.reviews.external.rules.workflow import Action, Part
from portal.reviews.external.service.portfolio import answer
from portal.reviews.external.service.portfolio_files import Upload, add_files, remove_file
from portal.reviews.external.subjects import MaySeePortfolioFiles, MaySeeReview
from portal.reviews.external.views.blueprint import ADDRESS, Desk, blueprint, desk

PORTFOLIO = ADDRESS + "/portfolio"
SHOWS = {"all": "Everything asked for", "missing": "Only what is missing"}
UPLOADS = "uploads"  # the field of the files


@blueprint.get(PORTFOLIO)
@access(MaySeeReview())
def portfolio(assessment_id: UUID) -> ResponseReturnValue:
    """What is asked for, document by document."""
    here = desk()
    found = portfolio_of(here.found, files=may_open_files(here.actor, here.found))
    words = request.args.get("q", "").strip()[:100]
    show = request.args.get("show", "all")
    return render_template(
        "external/portfolio.html",
        desk=here,
        portfolio=found,
        lines=found.matching(words, missing_only=show == "missing"),
        words=words,
        show=show if show in SHOWS else "all",
        shows=SHOWS,
        opens=may_open_files(here.actor, here.found),
        audits=may_audit(here),
    )


def may_audit(here: Desk) -> bool:
    """Whether this person says that the self-audit is done."""
    return here.may(Action.PREPARE) and holds(here.actor, Part.PROVIDER_MANAGER, here.found)


@blueprint.get(ADDRESS + "/portfolio.zip")
@access(MaySeePortfolioFiles())
def portfolio_zip(assessment_id: UUID) -> ResponseReturnValue:
    """Every file supplied, in folders named after the documents, with a list of contents."""
    here = desk()
    listing = contents(portfolio_of(here.found, files=True))
    pieces = zipped(listing, packed_files(assessment_id))
    name = clean_name(f"portfolio-{here.found.service.key}.zip")
    return Response(
        pieces,  # outside the request, so that a slow reader keeps no database connection
        mimetype="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@blueprint.get(PORTFOLIO + "/files/<uuid:file_id>")
@access(MaySeePortfolioFiles())
def portfolio_file(assessment_id: UUID, file_id: UUID) -> ResponseReturnValue:
    attachment = attachment_of(assessment_id, file_id)
    if attachment is None:
        raise NotFound("There is no file at this address that you may see.")
    return storage.download(attachment)


@blueprint.route(PORTFOLIO + "/<uuid:document_id>", methods=["GET", "POST"])
@access(MaySeeReview())
def document(assessment_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """One document: what is asked for, the service's answer and its files."""
    here = desk()
    line = _line(here, document_id)
    form = AnswerForm(data={"version": str(line.version), "state": line.state.value, "note": line.note})
    if request.method == "GET":
        return _page(here, line, form)
    return _save(here, line, form)


@blueprint.post(PORTFOLIO + "/files/<uuid:file_id>/<any(remove, restore):change>")
@access(MaySeePortfolioFiles())
def change_file(assessment_id: UUID, file_id: UUID, change: str) -> ResponseReturnValue:
    """Take a file away or put it back. What was typed beside it and not saved stays on the page."""
    here = desk()
    row = remove_file(here.actor, assessment_id, file_id, back=change == "restore")
    flash("The file is back." if change == "restore" else "Removed. You can put it back below.", "success")
    if "note" not in request.form:
        return redirect(url_for(".document", assessment_id=assessment_id, document_id=row.id), 303)
    return _page(here, _line(here, row.id), AnswerForm())


def _save(here: Desk, line: DocumentLine, form: AnswerForm) -> ResponseReturnValue:
    """The files first: they stay even where the answer cannot be saved."""
    try:
        uploads = _uploads()
        if uploads:
            add_files(current_actor(), here.found.id, line.id, uploads)
            flash(f"Added {', '.join(clean_name(name) for name, _ in uploads)}.", "success")
    except Invalid as error:
        return _page(here, line, form, file_problem=next(iter(error.problems.values())))
    if not form.validate_on_submit():
        return _page(here, _line(here, line.id), form)
    try:
        state = answer(current_actor(), here.found.id, line.id, form.answer, sent_version() or 0)
    except Invalid as error:
        form.take(error)
        return _page(here, _line(here, line.id), form)
    except Stale as error:
        return _page(here, _line(here, line.id), form, stale=error)
    except Refused as error:
        flash(error.reason, "info")
        return redirect(url_for(".document", assessment_id=here.found.id, document_id=line.id), 303)
    flash(f"Saved: {line.title} is {state.title.lower()}.", "success")
    return redirect(url_for(".portfolio", assessment_id=here.found.id, _anchor=f"document-{line.id}"), 303)


def _uploads() -> list[Upload]:
    return [(file.filename, file.read()) for file in request.files.getlist(UPLOADS) if file.filename]


def _line(here: Desk, document_id: UUID) -> DocumentLine:
    line = portfolio_of(here.found, files=may_open_files(here.actor, here.found)).line(document_id)
    if line is None:
        raise NotFound("There is no such document in this portfolio.")
    return line


def _page(
    here: Desk,
    line: DocumentLine,
    form: AnswerForm,
    file_problem: str = "",
    stale: Stale | None = None,
) -> ResponseReturnValue:
    errors = summary(form)
    if file_problem:
        errors = [{"text": file_problem, "href": f"#{UPLOADS}"}, *errors]
    stands: Differing = []
    if stale is not None:
        stands = _both(form, stale)
        errors = saved_first(stale, form)
    page = render_template(
        "external/portfolio_document.html",
        desk=here,
        line=line,
        form=form,
        errors=errors,
        file_problem=file_problem,
        stale=stale,
        stands=stands,
        edits=here.may(Action.PREPARE) and not line.withdrawn,
        opens=may_open_files(here.actor, here.found),
    )
    return page, 409 if stale else 400 if errors else 200


def _both(form: AnswerForm, stale: Stale) -> Differing:
    """(label, typed, as it stands) of each field that differs."""
    typed = form.answer
    rows = [
        ("State", typed.state.title, DocumentState(str(stale.current["state"])).title),
        ("Note", typed.note, str(stale.current["note"])),
    ]
    return [row for row in rows if row[1] != row[2]]
