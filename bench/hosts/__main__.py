"""`python -m bench.hosts`: follow docs/deploy.md, send, cut off, lose, restore. Exit code 1 when a promise broke."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg

from bench.hosts import page
from bench.hosts.drill import back_up, lose_and_restore, must_be_working, send
from bench.hosts.machines import MachineError, machines
from bench.hosts.town import WORLD, Town, WentWrongError, missing

DELIVERIES = int(os.environ.get("PORCHLIGHT_BENCH_HOSTS", "100000"))


def run(homes: int) -> int:
    """Raises MachineError, WentWrongError."""
    with machines(
        {**page.addresses(), "world": WORLD}, Path(tempfile.mkdtemp(prefix="porchlight-hosts-"))
    ) as made:
        town = Town(made)
        town.follow()
        town.start()
        for name, said in town.doctors().items():
            if re.search(r"^Wrong", said, re.MULTILINE):
                raise WentWrongError(f"The doctor finds something wrong on {name}:\n{said}")
        print("hosts: set up as the page says; no doctor finds anything wrong", flush=True)
        account = town.fill(homes)
        town.open_gateway(account["path"])
        must_be_working(town)
        back_up(town)
        sent = send(town, homes, os.cpu_count() or 1)
        print("\n".join(sent.lines()), flush=True)
        restored = lose_and_restore(town)
        print("\n".join(restored.lines()), flush=True)
    return 0 if sent.is_well and restored.is_well else 1


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.hosts", description=__doc__)
    parser.add_argument("--deliveries", type=int, default=DELIVERIES)
    given = parser.parse_args(words)
    if os.geteuid() or (lacking := missing()):
        print(
            "hosts could not be run: it needs root" if os.geteuid() else f"hosts could not be run: {lacking}"
        )
        return 1
    try:
        return run(given.deliveries)
    except (MachineError, WentWrongError, psycopg.Error, OSError, subprocess.TimeoutExpired) as problem:
        print(f"hosts went wrong: {problem}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
