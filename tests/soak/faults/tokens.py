"""F8: a request token 3,601 seconds old, one of an earlier sign-in, and one that is forged."""

from __future__ import annotations

import time

from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from tests.soak.device import API, Device
from tests.soak.faults.fault import Fault
from tests.soak.run import Run, demand

AGE = 3601  # seconds
EDITS = 5
FORGED = "ImZvcmdlZCI.aRZ0Xw.bm90LWEtdG9rZW4"


class _LongAgo(TimestampSigner):
    """Signs as it would have done an hour and a second ago."""

    def get_timestamp(self) -> int:
        return int(time.time()) - AGE


def stale_token(run: Run) -> None:
    """Old tokens are renewed without a word; a forged one changes nothing; nothing is lost."""
    review = run.review()
    tablet = run.tablet(review)
    run.type(tablet, review, EDITS)
    tablet.refresh_token()
    tablet.line.token = FORGED
    refused = tablet.line.post(f"{API}/sync", tablet.sending(tablet.told.sendable))
    demand((refused.status, refused.body.get("error")) == (400, "token"), f"forged: {refused.status}")
    demand(run.stored() == 0, "a forged token wrote something")
    run.facts["forged refused"] += 1
    tablet.line.token = FORGED  # the renewal is silent: the same sending ends well
    demand(tablet.send(tablet.told.sendable) is None, f"no silent renewal: {tablet.refused}")
    run.type(tablet, review, EDITS)
    tablet.line.token = _aged(run, tablet)
    demand(tablet.send(tablet.told.sendable) is None, f"an old token stopped the sending: {tablet.refused}")
    run.type(tablet, review, EDITS)
    earlier = tablet.line.token
    tablet.line.cookie = run.ground.cookie(tablet.person)  # signed in anew, the token still the old one
    tablet.line.token = earlier
    demand(tablet.send(tablet.told.sendable) is None, f"an earlier token stopped it: {tablet.refused}")
    demand(not tablet.told.waiting, "something was left behind")


def _aged(run: Run, tablet: Device) -> str:
    """The token that this sign-in would have had so long ago."""
    app = run.ground.app
    assert tablet.line.cookie is not None
    with app.app_context():
        session = app.session_interface.get_signing_serializer(app).loads(tablet.line.cookie[1])  # type: ignore[attr-defined]  # Flask's own interface has it
        serializer = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token", signer=_LongAgo)
        return str(serializer.dumps(session["csrf_token"]))


FAULTS = (Fault("F8", "Request token 3,601 s old, and a forged one", 20, stale_token),)
