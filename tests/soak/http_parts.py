"""Reading whole HTTP/1.1 messages from a connection, as they came, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True)
class Message:
    """A request or an answer: the bytes of its head and of its body as sent."""

    head: bytes
    body: bytes
    closes: bool  # the sender ends the connection with it

    @property
    def raw(self) -> bytes:
        return self.head + self.body

    @property
    def start(self) -> str:
        """The first line."""
        return self.head.split(b"\r\n", 1)[0].decode("latin-1")


def read_message(source: BinaryIO, answer_to: str = "") -> Message | None:
    """The next message, or None at the end of the connection. `answer_to`: the method it answers.

    Raises ValueError when the connection ends within a message.
    """
    head = _head(source)
    if not head:
        return None
    fields = _fields(head)
    status = head.split(b" ", 2)[1] if answer_to else b""
    closes = fields.get("connection", "").lower() == "close"
    if answer_to == "HEAD" or status in (b"204", b"304"):
        return Message(head, b"", closes)
    if fields.get("transfer-encoding", "").lower() == "chunked":
        return Message(head, _chunks(source), closes)
    if "content-length" in fields:
        return Message(head, _exactly(source, int(fields["content-length"])), closes)
    if answer_to:
        return Message(head, source.read(), closes=True)
    return Message(head, b"", closes)


def _head(source: BinaryIO) -> bytes:
    lines = []
    while True:
        line = source.readline()
        if not line:
            return b""
        lines.append(line)
        if line == b"\r\n":
            return b"".join(lines)


def _fields(head: bytes) -> dict[str, str]:
    pairs = (line.split(":", 1) for line in head.decode("latin-1").split("\r\n")[1:] if ":" in line)
    return {name.strip().lower(): value.strip() for name, value in pairs}


def _exactly(source: BinaryIO, size: int) -> bytes:
    body = source.read(size)
    if len(body) != size:
        raise ValueError("The connection ended within a body")
    return body


def _chunks(source: BinaryIO) -> bytes:
    parts = []
    while True:
        line = source.readline()
        size = int(line.split(b";")[0], 16)
        parts += [line, _exactly(source, size + 2)]
        if size == 0:
            return b"".join(parts)
