"""A port of this machine for a portal to be served on, and whether one answers there."""

from __future__ import annotations

import http.client
import random
import socket

# Below those that Linux gives to whoever connects: a portal takes seconds to load before it listens, and a
# browser's connections would take the port meanwhile.
_PORTS = range(20_000, 32_000)
_chance = random.SystemRandom()  # another one in each process of a run, whatever seeds the common one


def free_port() -> int:
    """A port that nobody listens on."""
    for port in _chance.sample(_PORTS, len(_PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"No port from {_PORTS.start} to {_PORTS.stop} is free")


def answers(port: int) -> bool:
    """Whether somebody answers HTTP there, whatever the answer says.

    A port opens before the portal behind it is loaded: only an answer means that it serves.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/on-site/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
