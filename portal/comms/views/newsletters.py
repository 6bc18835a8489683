"""Newsletters: the list, writing one, and its page with the preview and its course."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.comms import queries, service
from portal.comms.content import choices, pieces_of
from portal.comms.drawing import draw_mail
from portal.comms.forms import ButtonForm, NewsletterForm
from portal.comms.models import DeliveryState, Newsletter, NewsletterState, SentNewsletter
from portal.comms.rules.composing import Draft, Piece, in_order, piece_from, ready_to_go
from portal.comms.service.writing import draft_of
from portal.comms.views.blueprint import AT_NEWSLETTER, MANAGE, NEWSLETTER, NEWSLETTERS, blueprint
from portal.core.access import access
from portal.core.db import db
from portal.core.errors import Invalid, Refused, Stale
from portal.core.forms import summary
from portal.core.rules.blocks import read_blocks
from portal.core.rules.whole import whole
from portal.core.urls import public_url
from portal.events.subjects import supplier_asked


@blueprint.get(NEWSLETTERS)
@access(May(MANAGE))
def newsletters() -> ResponseReturnValue:
    """The newsletters of a supplier, and how many read them."""
    supplier, own = supplier_asked(MANAGE, request.args.get("supplier"))
    rows, paging = queries.newsletters(supplier.id, request.args.get("page"))
    return render_template(
        "comms/newsletters.html",
        supplier=supplier,
        own=own,
        rows=rows,
        paging=paging,
        readers=queries.readers(supplier.id),
    )


@blueprint.route(NEWSLETTERS + "/new", methods=["GET", "POST"])
@access(May(MANAGE))
def new_newsletter() -> ResponseReturnValue:
    """Write a newsletter as a draft."""
    supplier, _ = supplier_asked(MANAGE, request.args.get("supplier"))
    form = NewsletterForm()
    if form.validate_on_submit():
        try:
            made = service.write_newsletter(current_actor(), supplier.id, _typed(form))
        except Invalid as error:
            form.take(error)
        else:
            flash("The newsletter is saved as a draft.", "success")
            return redirect(url_for(".newsletter", newsletter_id=made), 303)
    return _compose_page(form, None, None)


@blueprint.route(AT_NEWSLETTER + "/compose", methods=["GET", "POST"])
@access(NEWSLETTER)
def compose(newsletter_id: UUID) -> ResponseReturnValue:
    """Change what a newsletter says. A save over a newer one shows both."""
    found: Newsletter = g.subject
    if found.state is not NewsletterState.DRAFT:
        return newsletter_page(found, "The newsletter has been sent: it can no longer be changed.")
    standing = {"subject": found.subject, "intro": found.intro, "version": str(found.version)}
    form, stale = NewsletterForm(data=standing), None
    if form.validate_on_submit():
        try:
            version = whole(form.version.data) or 0
            service.edit_newsletter(current_actor(), newsletter_id, _typed(form), version)
        except Invalid as error:
            form.take(error)
        except Refused as error:
            form.form_errors.append(error.reason)
        except Stale as error:
            stale = error
        else:
            flash("The newsletter has been saved.", "success")
            return redirect(url_for(".newsletter", newsletter_id=newsletter_id), 303)
    return _compose_page(form, found, stale)


@blueprint.get(AT_NEWSLETTER)
@access(NEWSLETTER)
def newsletter(newsletter_id: UUID) -> ResponseReturnValue:
    """A newsletter as readers will see it or saw it, and how far its sending is."""
    return newsletter_page(g.subject)


@blueprint.get(AT_NEWSLETTER + "/mail.html")
@access(NEWSLETTER)
def newsletter_mail(newsletter_id: UUID) -> ResponseReturnValue:
    """The HTML part of the mail as a file, to be opened in a browser: its styles are its own."""
    html, _ = _mail(g.subject)
    response = Response(html, content_type="text/html; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="newsletter.html"'
    return response


def newsletter_page(found: Newsletter, refused: str = "") -> ResponseReturnValue:
    """The page of a newsletter, with why something could not be done."""
    sent = db.session.get(SentNewsletter, found.id)
    pieces, gone = _shown(found, sent)
    counts = queries.course(found.id)
    page = render_template(
        "comms/newsletter.html",
        newsletter=found,
        sent=sent,
        blocks=read_blocks(sent.intro if sent else found.intro),
        pieces=pieces,
        gone=gone,
        text=_mail(found)[1],
        counts=counts,
        through=sum(counts.values()) - counts[DeliveryState.WAITING],
        draft=found.state is NewsletterState.DRAFT,
        states=DeliveryState,
        form=ButtonForm(formdata=None),
        errors=[{"text": refused, "href": "#send"}] if refused else [],
    )
    return page, 409 if refused else 200


def _shown(found: Newsletter, sent: SentNewsletter | None) -> tuple[Sequence[Piece], int]:
    if sent is not None:
        return [piece_from(one) for one in json.loads(sent.pieces)], 0
    return pieces_of(draft_of(found).blocks)


def _mail(found: Newsletter) -> tuple[str, str]:
    sent = db.session.get(SentNewsletter, found.id)
    if sent is not None:
        html, text = sent.html, sent.text
    else:
        pieces, _ = pieces_of(draft_of(found).blocks)
        supplier, archive = queries.supplier_name(found.supplier_id), f"{public_url()}/newsletter/{found.id}"
        html, text = draw_mail(supplier, found.subject, found.intro, pieces, archive)
    return ready_to_go(html, text, f"{public_url()}/newsletter")


def _typed(form: NewsletterForm) -> Draft:
    chosen = request.form.getlist("block")
    numbers = {ref: whole(request.form.get(f"order-{ref}")) for ref in chosen}
    intro = (form.intro.data or "").replace("\r\n", "\n")
    return Draft(form.subject.data or "", intro, in_order(chosen, numbers))


def _compose_page(form: NewsletterForm, found: Newsletter | None, stale: Stale | None) -> ResponseReturnValue:
    errors, stands = summary(form), []
    draft = _typed(form) if request.method == "POST" else draft_of(found) if found else Draft("", "")
    if stale is not None:
        typed: dict[str, Any] = {"subject": draft.subject, "intro": draft.intro, "blocks": len(draft.blocks)}
        labels = {"subject": "Subject", "intro": "Text", "blocks": "Number of blocks"}
        stands = [
            (labels[name], typed[name], now) for name, now in stale.current.items() if typed[name] != now
        ]
        form.version.process_data(str(stale.version))  # saving again is then a choice made knowingly
        errors = [{"text": stale.reason, "href": "#stale"}]
    page = render_template(
        "comms/compose.html",
        form=form,
        newsletter=found,
        choices=choices(),
        order={f"{kind.value}:{id_}": place for place, (kind, id_) in enumerate(draft.blocks, start=1)},
        stale=stale,
        stands=stands,
        errors=errors,
    )
    return page, 409 if stale else form.status
