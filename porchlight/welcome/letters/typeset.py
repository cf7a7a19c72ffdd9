"""A small program, started by `setting.py` by its path and without our packages: what it takes of memory ends with it.

`pdf`: letters as JSON on its input, a PDF on its output; what is said in a letter is data to it, never markup.
`families`: the font families it finds, one a line. Fonts are those of the system and those that typst brings.
"""

from __future__ import annotations

import sys
from pathlib import Path

TEMPLATE = Path(__file__).with_name("letter.typ")


def main(what: str) -> None:
    """Nothing is ever fetched: the template names no package."""
    import typst

    if what == "families":
        sys.stdout.write("\n".join(typst.Fonts().families()))
        return
    told = sys.stdin.buffer.read().decode()
    made = typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"told": told})
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(sys.argv[1])
