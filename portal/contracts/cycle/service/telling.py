"""Who is told by mail that a report has come to them, in the transaction of the move.

A report submitted goes to whoever decides at the buyer; what was decided goes to whoever reports at the
supplier (architecture: a mail is a row written by the verb).
"""

from __future__ import annotations

from portal.accounts.queries import holders
from portal.accounts.rules.permissions import Permission, grants
from portal.contracts.cycle.models import QuarterReport
from portal.contracts.cycle.rules.workflow import CycleState
from portal.contracts.definition.parties import parties_of
from portal.contracts.definition.rules.terms import Contract
from portal.core.mail import send_mail, words
from portal.core.rules.quarters import Quarter
from portal.core.urls import public_url


def tell(contract: Contract, quarter: Quarter, row: QuarterReport) -> None:
    """Tell the side that is to act next, or to know. A party that is not on the portal is told nothing."""
    parties = parties_of(contract)
    submitted = row.state is CycleState.SUBMITTED
    side = parties.buyer if submitted else parties.supplier
    permission = Permission.CONTRACT_DECIDE if submitted else Permission.CONTRACT_REPORT
    if side.id is None:
        return
    address = f"{public_url()}/contracts/{contract.key}/{quarter.key}/report"
    for name, mail in holders(side.id, grants(permission)):
        values = {"name": name, "contract": contract.latest.title, "quarter": quarter, "report": row}
        send_mail(mail, *words("email/quarterly-report.txt", **values, address=address))
