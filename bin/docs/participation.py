"""The participation table, from the cells that the test goes through."""

from __future__ import annotations

from tables import table

from tests.participation import CELLS, SHAPES, WAYS

MISSING = "not yet"


def page() -> str:
    """Markdown. A cell that no test goes through is not claimed."""
    rows = [
        (f"**{asked}**", *(CELLS[way][shape].how if shape in CELLS[way] else MISSING for way in WAYS))
        for shape, asked in SHAPES.items()
    ]
    return f"""# Participation

What a family can do on the web it can do on its own way. Each cell below says what the family does there, and is gone
through end to end, on the gateway's own wire format in the practice town, by `tests/test_participation.py`. The table
is written from that test's own list of cells.

{table(("What is asked", *WAYS.values()), rows)}
Several open questions on one phone are told apart by what fits only one of them, by which was answered to, and by which
still waits; where another could be meant, the question shows its short code, and what we say back names it. An answer
may be changed until the question closes. A signature is not changed: it can be taken back, and signed anew.
"""
