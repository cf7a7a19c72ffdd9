"""When two ways of writing a class mean the same one."""

from __future__ import annotations

from porchlight.toolbox.folding import fold


def bare(name: str) -> str:
    """A class's name for comparing: 4A and “4 - a” are one."""
    return fold(name).replace(" ", "")
