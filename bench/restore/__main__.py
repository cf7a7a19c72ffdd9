"""`python -m bench.restore`: a million messages lost and brought back. Exit code 1 when a promise broke."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from bench.delivery.house import WentWrongError
from bench.faults.cluster import NoServerError
from bench.restore import copied, server

MESSAGES = int(os.environ.get("PORCHLIGHT_BENCH_MESSAGES", "1000000"))
DATABASES = {"postgresql": server.run, "sqlite": copied.run}


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.restore", description=__doc__)
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--only", choices=sorted(DATABASES), action="append", help="one database")
    given = parser.parse_args(words)
    began, well = time.monotonic(), True
    for name in given.only or DATABASES:
        with tempfile.TemporaryDirectory(prefix="porchlight-restore-") as folder:
            try:
                found = DATABASES[name](Path(folder), given.messages)
            except (WentWrongError, NoServerError, psycopg.Error, sqlite3.Error, OSError) as problem:
                print(f"restore {name} went wrong: {problem}", flush=True)
                well = False
                continue
        print("\n".join(found.lines()), flush=True)
        well &= found.is_well
    print(f"{time.monotonic() - began:.0f} seconds in all", flush=True)
    return int(not well)


if __name__ == "__main__":
    sys.exit(main())
