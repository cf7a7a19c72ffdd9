"""How often Python looks for objects that hold only each other."""

from __future__ import annotations

import gc

MADE = 50_000  # objects between two looks; Python's own number is 2,000


def seldom() -> None:
    """Look for garbage after 50,000 new objects instead of 2,000, for as long as this process lives.

    Loading makes half a million objects that all stay, and Python would look through them again and again: a sixth of
    the CPU time until a command does its work. Most of what a page or a worker makes goes at once, without a search.
    """
    gc.set_threshold(MADE, 20, 20)
