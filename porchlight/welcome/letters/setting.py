"""Letters set in a process of their own: half a gigabyte for a thousand pages is no server's to keep."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("typeset.py")
AT_ONCE = 200  # letters in one PDF: some 100 MB while it is made
PATIENCE = 120  # seconds


class NotSet(Exception):
    """The PDF could not be made; what was printed before stays as it was."""


def pdf_of(told: Mapping[str, Any]) -> bytes:
    """`told`: as `writing.told` makes it. Raises NotSet."""
    return _run("pdf", json.dumps(told, ensure_ascii=False).encode())


@cache
def families() -> frozenset[str]:
    """The font families on this machine, as they were when this process first asked."""
    return frozenset(_run("families", b"").decode().splitlines())


def _run(what: str, given: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own program, given data alone
            [sys.executable, "-I", "-B", str(PROGRAM), what],
            input=given,
            capture_output=True,
            timeout=PATIENCE,
            env={},
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as wrong:
        raise NotSet from wrong
    return done.stdout
