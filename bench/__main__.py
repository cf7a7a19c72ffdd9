"""`make bench`: every measurement in turn, each in a process of its own, so that none warms another's machine."""

from __future__ import annotations

import subprocess
import sys

RUNS = ("delivery --two", "tasks", "ingest", "pages", "roster")


def main() -> int:
    """Exit code 1 when a measurement missed its bar, or could not be made."""
    worst = 0
    for name in RUNS:
        print(f"\n== {name} ==", flush=True)
        worst = max(
            worst, subprocess.run([sys.executable, "-m", *f"bench.{name}".split()], check=False).returncode
        )
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
