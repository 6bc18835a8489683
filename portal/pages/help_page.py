"""Help: what the portal is, how an assessment runs, what each role does, where to ask."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, render_template

from portal.accounts.current import current_actor
from portal.accounts.rules.roles import ROLES, Role
from portal.core.access import Public, access
from portal.pages.blueprint import blueprint
from portal.scales.registry import registry


@dataclass(frozen=True)
class Guide:
    """What a role does here, in steps."""

    role: Role
    steps: tuple[str, ...]

    @property
    def title(self) -> str:
        return ROLES[self.role].title


GUIDES = (
    Guide(
        Role.PROVIDER_MANAGER,
        (
            "Start a self-assessment from your service’s page and share the items among your team.",
            "Submit it when every item has a rating. Nobody can submit an incomplete one.",
            "Answer the guide’s proposals item by item, then use the report and the drafted action plan.",
            "Keep the service’s details and host teams up to date: two items are worked out from them.",
        ),
    ),
    Guide(
        Role.PROVIDER_STAFF,
        (
            "Open the draft from your home page and choose “Continue where you left off”.",
            "On each item enter your figures, choose the anchor that fits, and note your evidence.",
            "Your manager submits it and answers the guide.",
        ),
    ),
    Guide(
        Role.EISM,
        (
            "Assessments waiting for you are on your home page.",
            "Compare ratings with evidence, ask where something is unclear, and propose others with reasons.",
            "Where you still differ after one answer, your rating stands and is reported as not agreed.",
        ),
    ),
    Guide(
        Role.PEER_REVIEWER,
        ("You see the one assessment you were named for, on your home page. Guide it as an EISM would.",),
    ),
    Guide(
        Role.LEAD_MANAGER,
        (
            "Add services to the list, and change who provides, supports and commissions them.",
            "Read every assessment of your contract’s services, in progress or final.",
        ),
    ),
    Guide(
        Role.COMMISSIONER,
        ("Find your area’s services in the list, and read their final assessments and action plans.",),
    ),
    Guide(
        Role.PROGRAMME_TEAM,
        ("Find your programme’s services in the list, and read their final assessments and action plans.",),
    ),
    Guide(Role.BUYER, ("Read the final assessments of every service from the list of services.",)),
    Guide(
        Role.GOVERNANCE_READER, ("Read the final assessments of every service from the list of services.",)
    ),
    Guide(Role.EVALUATOR, ("Read the scales and check published reports by their code.",)),
    Guide(
        Role.ADMINISTRATOR,
        (
            "Invite people, give them their roles and end them, under People.",
            "Search the record of changes and check that it is whole, under Audit.",
        ),
    ),
)


@blueprint.get("/help")
@access(Public("help is for everybody"))
def help() -> str:  # noqa: A001  the endpoint is named help
    """Help, with the guides of the person’s own roles first."""
    actor = current_actor()
    own = [guide for guide in GUIDES if guide.role in actor.roles]
    return render_template(
        "pages/help.html",
        own=own,
        others=[guide for guide in GUIDES if guide not in own],
        contact=current_app.config["SETTINGS"].mail_from,
        scale=registry().get("ips-25"),
    )
