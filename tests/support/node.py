"""The client's modules run by node, so that they can be compared with the server's rules."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

SECONDS = 180  # on a machine that tests other things


def run(script: Path, given: object) -> Any:
    """What a script makes of its input: JSON in, JSON out. Fails where there is no node."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("node is missing, so the rules of the browser cannot be run: run `make setup`")
    done = subprocess.run(
        [node, str(script)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
