"""F5: two people edit one record without a network, and arrive in either order or at the same moment."""

from __future__ import annotations

import threading

from tests.soak.device import Device
from tests.soak.faults.fault import Fault
from tests.soak.ground import LEAD, SECOND
from tests.soak.run import Run, demand

ORDERS = ("lead first", "second first", "barrier")
KINDS = ("note", "row", "rating")


def meet(run: Run) -> None:
    """One is applied, the other kept as a proposal with what stood against it."""
    kind, order = KINDS[run.number % 3], ORDERS[(run.number // 3) % 3]
    review = run.review()
    key = _shared(run, review, kind)
    # A sheet is one person's: what can meet there are that person's two tablets.
    tablets = [run.tablet(review), run.tablet(review, LEAD if kind == "rating" else SECOND)]
    for tablet in tablets:
        tablet.edit(review, kind, key, _fields(run, kind))
    _send(run, tablets, order)
    receipts = [next(iter(tablet.told.receipts.values())) for tablet in tablets]
    outcomes = sorted(receipt["outcome"] for receipt in receipts)
    demand(outcomes == ["applied", "conflict"], f"{kind}, {order}: {outcomes}")
    lost = next(receipt for receipt in receipts if receipt["outcome"] == "conflict")
    won = next(tablet for tablet, one in zip(tablets, receipts, strict=True) if one is not lost)
    winner = next(iter(won.told.operations.values()))["fields"]
    demand(lost["held"] == lost["op_id"], "the losing edit is not named as kept")
    demand({**(lost["current"] or {}), **winner} == lost["current"], "the loser is not shown what stands")
    if order != "barrier":
        first = 0 if order == "lead first" else 1
        demand(receipts[first]["outcome"] == "applied", "the later one won")
    run.facts[order] += 1


def _shared(run: Run, review: str, kind: str) -> str:
    """The key of a record that both find when they check the review out."""
    if kind != "note":
        return "records:1" if kind == "row" else run.item()
    author = run.tablet(review)
    key: str = run.note(author, review)["key"]
    run.settle(author)
    return key


def _fields(run: Run, kind: str) -> dict[str, object]:
    if kind == "row":
        return {"joined": f"2025-0{run.chance.randint(1, 9)}-{run.chance.randint(10, 28)}", "contacts": "2"}
    if kind == "note":
        return {"text": run.words()}
    return {"rating": run.chance.randint(1, 5), "rationale": run.words()}


def _send(run: Run, tablets: list[Device], order: str) -> None:
    if order != "barrier":
        run.settle(*(tablets if order == "lead first" else reversed(tablets)))
        return
    barrier = threading.Barrier(len(tablets))

    def send(tablet: Device) -> None:
        tablet.refresh_token()
        barrier.wait()
        tablet.send(tablet.told.sendable)

    racers = [threading.Thread(target=send, args=(tablet,)) for tablet in tablets]
    for one in racers:
        one.start()
    for one in racers:
        one.join()
    run.settle(*tablets)


FAULTS = (Fault("F5", "Two people, one record", 50, meet, few=9),)
