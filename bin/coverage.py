"""How much of each room the tests went through, branches counted; exits with 1 when a room is below its bar."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

BAR = 95.0  # per cent of lines and branches together


def main() -> None:
    """Read coverage's JSON report, named on the command line, and print a line for each room."""
    files = json.loads(Path(sys.argv[1]).read_text())["files"]
    seen: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, report in files.items():
        summary = report["summary"]
        room = seen["/".join(Path(name).parts[:2]) if name.startswith("porchlight/") else Path(name).parts[0]]
        room[0] += summary["covered_lines"] + summary["covered_branches"]
        room[1] += summary["num_statements"] + summary["num_branches"]
    low = 0
    for name, (covered, there) in sorted(seen.items()):
        share = 100 * covered / there if there else 100.0
        low += share < BAR
        print(f"{name:28} {share:5.1f} %{'' if share >= BAR else f'   below {BAR:.0f} %'}")
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
