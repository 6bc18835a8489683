"""The contracts of one's organisation, and what each says."""

from __future__ import annotations

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.access import May
from portal.accounts.current import current_actor
from portal.accounts.rules.permissions import Permission
from portal.contracts.definition import registry
from portal.contracts.definition.blueprint import contracts
from portal.contracts.definition.parties import all_parties, contracts_of, parties_of
from portal.contracts.definition.rules.indicators import MEASURES
from portal.contracts.definition.rules.wording import REMEDIES, decimal, edges, figure, standing
from portal.contracts.definition.subjects import contract_subject
from portal.contracts.definition.views.tabs import pages
from portal.core import clock
from portal.core.access import access

READ = Permission.CONTRACT_READ
CONTRACT = May(READ, contract_subject)


@contracts.get("")
@access(May(READ))
def index() -> ResponseReturnValue:
    """The contracts that the person's organisation is party to."""
    own, today = contracts_of(current_actor()), clock.today()
    return render_template(
        "contracts/definition/index.html",
        lines=[(one, one.on(today), standing(one.latest, today)) for one in own],
        parties=all_parties(own),
    )


@contracts.get("/<key>/terms")
@access(CONTRACT)
def terms(key: str) -> ResponseReturnValue:
    """Everything the definition says, as it stands on a day: today, or the day of a variation."""
    contract, today = g.subject, clock.today()
    moments = [contract.signed.starts, *(one.on for one in contract.variations)]
    in_force = max((day for day in moments if day <= today), default=moments[0])
    chosen = next((day for day in moments if day.isoformat() == request.args.get("from")), in_force)
    shown = contract.on(chosen)
    return render_template(
        "contracts/definition/terms.html",
        contract=contract,
        pages=pages(key, "terms"),
        terms=shown,
        parties=parties_of(contract),
        standing=standing(contract.latest, today),
        chosen=chosen,
        in_force=in_force,
        measures=MEASURES,
        remedies=REMEDIES,
        edges=edges,
        figure=figure,
        decimal=decimal,
    )


@contracts.get("/<key>/definition.toml")
@access(CONTRACT)
def definition_file(key: str) -> ResponseReturnValue:
    """The file that the contract is read from."""
    headers = {"Content-Disposition": f'attachment; filename="{g.subject.key}.toml"'}
    return Response(registry.source_of(g.subject.key), mimetype="application/toml", headers=headers)
