"""Ending a role: by an administrator, or by the manager of the provider it is held in."""

from __future__ import annotations

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.models import Membership
from portal.accounts.rules.permissions import Permission
from portal.accounts.rules.roles import ROLES
from portal.accounts.service import memberships
from portal.accounts.subjects import membership_subject
from portal.accounts.views.blueprint import blueprint
from portal.core.access import access


@blueprint.route("/people/roles/<uuid:membership_id>/end", methods=["GET", "POST"])
@access(May(Permission.ACCOUNTS_MANAGE, membership_subject))
def end_role(membership_id: UUID) -> ResponseReturnValue:
    return _end(g.subject, url_for("accounts.person", person_id=g.subject.person_id))


@blueprint.route("/our-people/roles/<uuid:membership_id>/end", methods=["GET", "POST"])
@access(May(Permission.ACCOUNTS_INVITE_STAFF, membership_subject))
def end_staff_role(membership_id: UUID) -> ResponseReturnValue:
    return _end(g.subject, url_for("accounts.staff", organisation=g.subject.organisation_id))


def _end(membership: Membership, back: str) -> ResponseReturnValue:
    title, name = ROLES[membership.role].title, membership.person.name
    if request.method == "GET":
        return render_template(
            "accounts/end_role.html", title=title, name=name, where=membership.organisation.name, back=back
        )
    memberships.end_membership(current_actor(), membership.id)
    flash(f"{name} no longer holds the role “{title}”, and is signed out everywhere.", "success")
    return redirect(back)
