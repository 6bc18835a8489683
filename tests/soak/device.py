"""A simulated tablet: a durable outbox of its own, and the portal's wire spoken as the client speaks it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.soak.journal import FINAL, Journal, Op, Receipt, Told
from tests.soak.line import Answer, Line, Unreachable

API = "/on-site/api"
BATCH = 100  # operations in one sending
CHUNK = 256 * 1024  # bytes of a photo in one sending
SCHEMA = 1


class Pause(StrEnum):
    """Why sending stopped. None of them stops typing."""

    NETWORK = "network"
    SIGN_IN = "sign-in"
    TOKEN = "token"
    REFUSED = "refused"  # the device is another person's, or unknown
    TROUBLE = "trouble"  # the portal answered with an error of its own


class Device:
    """One tablet of one person. Made again on the same folder, it goes on where it was."""

    def __init__(self, folder: Path, person: str, line: Line, device_id: str = "") -> None:
        kept = folder / "device-id"
        folder.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            kept.write_text(device_id or str(uuid.uuid4()))
        self.id = kept.read_text()
        self.folder, self.person, self.line = folder, person, line
        self.journal = Journal(folder / "journal", self.id, person)
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.schema = SCHEMA
        self.receipts_seen: list[Receipt] = []  # of this run of the app, in the order in which they came
        self.refused = ""

    @property
    def told(self) -> Told:
        return self.journal.told

    def check_out(self, review: str, *, fresh: bool = True) -> Answer:
        """Take a review along. The answer's pack becomes what the tablet shows."""
        self.refresh_token()
        check_out = {
            "check_out_id": str(uuid.uuid4()),
            "device_id": self.id,
            "device_name": "Simulated tablet",
            "review": review,
            "persisted": True,
            "fresh": fresh,
        }
        answer = self.line.post(f"{API}/check-outs", check_out)
        if answer.status == 200:
            kept = {
                "id": check_out["check_out_id"],
                "review": review,
                "token": answer.body["deposit_token"],
            }
            self.journal.add(check_out=kept)
            self._take_pack(answer.body["pack"])
        return answer

    def _take_pack(self, pack: dict[str, Any]) -> None:
        for key, row in pack["ratings"].items():
            self._stands("rating", key, row["version"], row["fields"])
        for note in pack["notes"]:
            self._stands("note", note["key"], note["version"], note["fields"])
        for sheet in pack["worksheets"]:
            for row in sheet["rows"]:
                key = f"{sheet['key']}:{row['position']}"
                self._stands("row", key, row["version"], row["fields"] | {"removed": row["removed"]})

    def _stands(self, kind: str, key: str, version: int, fields: dict[str, Any]) -> None:
        self.journal.add(record={"kind": kind, "key": key, "version": version, "fields": fields})

    # Typing: never needs the network.

    def edit(self, review: str, kind: str, key: str, fields: dict[str, Any]) -> Op:
        """Keep an edit. When this returns, the person has been shown *Saved on this device*."""
        op = self.drafted(review, kind, key, fields)
        self.journal.add(op=op)
        return op

    def drafted(self, review: str, kind: str, key: str, fields: dict[str, Any]) -> Op:
        """An operation as it would be kept."""
        told = self.told
        stands = told.records.get((kind, key), {"version": 0, "fields": {}})
        shown, before = dict(stands["fields"]), None
        for waiting in told.sendable:
            if (waiting["kind"], waiting["key"]) == (kind, key):
                shown |= waiting["fields"]
                before = waiting["op_id"]
        return {
            "op_id": str(uuid.uuid4()),
            "seq": told.highest + 1,
            "schema": self.schema,
            "review": review,
            "kind": kind,
            "key": key,
            "base_version": stands["version"],
            "after": before,
            "base": {name: shown.get(name) for name in fields},
            "fields": fields,
            "at": self.now().isoformat(),
        }

    def note(self, review: str, text: str, items: Iterable[str] = ()) -> Op:
        """A new note of an interview with clients."""
        fields = {
            "kind": "interview",
            "role": "client",
            "source": "INT",
            "heading": "",
            "text": text,
            "item_keys": list(items),
            "taken_on": self.now().date().isoformat(),
        }
        return self.edit(review, "note", str(uuid.uuid4()), fields)

    def photo(self, review: str, note: str, content: bytes) -> str:
        """Keep a photo and the operation that announces it. Returns its id."""
        id_ = str(uuid.uuid4())
        path = self.folder / f"{id_}.jpg"
        path.write_bytes(content)
        facts = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        self.journal.add(photo={"id": id_, "path": str(path), "whole": False, **facts})
        fields = {"note": note, "caption": "The board", "content_type": "image/jpeg", **facts}
        self.edit(review, "photo", id_, fields)
        return id_

    # Sending: may fail at any point, and forgets nothing.

    def refresh_token(self) -> Pause | None:
        """Ask for a token before sending, as every flush does."""
        answer = self.line.get(f"{API}/me")
        if answer.status == 401:
            return Pause.SIGN_IN
        if answer.status != 200:
            self.refused = f"{answer.status} {answer.body.get('error', '')}"
            return Pause.TROUBLE
        self.line.token = answer.body["token"]
        return None

    def flush(self) -> Pause | None:
        """Send what waits, in order. Returns why it stopped, or None when nothing waits."""
        try:
            pause = self.refresh_token()
            if pause is Pause.SIGN_IN:
                return self._deposit()
            while pause is None and self.told.sendable:
                pause = self.send(self.told.sendable[:BATCH])
            return pause or self._send_photos()
        except Unreachable:
            return Pause.NETWORK

    def send(self, operations: list[Op]) -> Pause | None:
        """One sending. A stale token is renewed once, silently. Raises Unreachable."""
        for _ in range(2):
            answer = self.line.post(f"{API}/sync", self.sending(operations))
            if answer.status == 200:
                self._take(answer)
                return None
            if (answer.status, answer.body.get("error")) != (400, "token"):
                break
            pause = self.refresh_token()
            if pause:
                return pause
        self.refused = f"{answer.status} {answer.body.get('error', '')}"
        named = {400: Pause.TOKEN, 401: Pause.SIGN_IN, 403: Pause.REFUSED, 409: Pause.REFUSED}
        return named.get(answer.status, Pause.TROUBLE)

    def sending(self, operations: list[Op]) -> dict[str, Any]:
        """The body of a sending."""
        return {
            "device_id": self.id,
            "highest_seq": self.told.highest,
            "waiting": len(self.told.waiting),
            "persisted": True,
            "operations": operations,
        }

    def _take(self, answer: Answer) -> None:
        for receipt in answer.body["receipts"]:
            self.receipts_seen.append(receipt)
            op = self.told.operations[receipt["op_id"]]
            if receipt["outcome"] in FINAL and receipt.get("version") is not None:
                before = self.told.records.get((op["kind"], op["key"]), {"fields": {}})["fields"]
                mine = op["fields"] if receipt["outcome"] == "applied" else receipt.get("current") or {}
                self._stands(op["kind"], op["key"], receipt["version"], before | mine)
            self.journal.add(receipt=receipt)

    def _deposit(self) -> Pause | None:
        """Signed out: if that is for good, the portal takes what waits into quarantine."""
        tokens = [one["token"] for one in self.told.check_outs.values()]
        if not tokens or not self.told.sendable:
            return Pause.SIGN_IN
        while self.told.sendable:
            body = self.sending(self.told.sendable[:BATCH])
            answer = self.line.post(f"{API}/deposit", body, bearer=tokens[-1])
            if answer.status != 200:
                return Pause.SIGN_IN if answer.status == 401 else Pause.REFUSED
            self._take(answer)
        return None

    def _send_photos(self) -> Pause | None:
        for photo in [one for one in self.told.photos.values() if not one["whole"]]:
            if self.told.receipts.get(self._announced(photo["id"]), {}).get("outcome") != "applied":
                continue
            pause = self._send_photo(photo)
            if pause:
                return pause
        return None

    def _announced(self, photo_id: str) -> str:
        return next(str(op["op_id"]) for op in self.told.operations.values() if op["key"] == photo_id)

    def _send_photo(self, photo: dict[str, Any]) -> Pause | None:
        """Send from where the portal stands; kept here until it says that it has it whole."""
        content = Path(photo["path"]).read_bytes()
        address = f"{API}/photos/{photo['id']}"
        answer = self.line.get(address)
        while answer.status == 200 and not answer.body.get("whole"):
            start = answer.body["received"]
            answer = self.line.put(f"{address}?from={start}", content[start : start + CHUNK])
            if answer.status == 409:
                answer = self.line.get(address)
        if answer.status != 200:
            self.refused = f"{answer.status} {answer.body.get('error', '')}"
            return Pause.SIGN_IN if answer.status == 401 else Pause.TROUBLE
        self.journal.add(photo=photo | {"whole": True})
        return None

    def heartbeat(self) -> list[list[int]]:
        """Tell the portal how far the numbers go. Returns what it misses. Raises Unreachable."""
        self.refresh_token()
        answer = self.line.post(f"{API}/sync", self.sending([]))
        return list(answer.body.get("missing", []))

    def reopened(self, line: Line | None = None) -> Device:
        """The app killed and opened again: only what was on the disk is there."""
        self.line.hang_up()
        again = Device(self.folder, self.person, line or Line(self.line.port, self.line.cookie))
        again.now, again.schema = self.now, self.schema
        return again
