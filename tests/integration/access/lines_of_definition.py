"""The matrix of contracts' terms: see `lines`. A contract is seen by those who are party to it."""

from __future__ import annotations

from tests.integration.access.contracts import CONTRACT, LOCAL_CONTRACT
from tests.integration.access.line import get

AT = "/contracts/<key>"
LIST = "s sf *ff ff* ** **f f *fff***"  # may hold a contract at all; the list has one's own only
NATIONAL = "s sn nnn nn* nn **n n nnnnnnn"
LOCAL = "s sn *nn nnn ** nnn n nnnnnnn"

LINES = [
    get("/contracts", LIST),
    *(
        get(AT + page, pattern, on)
        for page in ("/terms", "/definition.toml")
        for pattern, on in ((NATIONAL, CONTRACT), (LOCAL, LOCAL_CONTRACT))
    ),
]
