"""The worker program, but for its patience: `porchlight work` waits longer each time a child falls over.

Run as a process of its own: `python -m bench.faults.crew <workers> [<seconds>]`. A child that was killed is forked anew
at once, so that a bench which strikes every half second strikes workers and not pauses. With seconds, the machine's
clock stands that far off for all of them (libfaketime would hang Python's own waits); waits go by as ever.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import django
import time_machine


def main() -> None:
    django.setup()
    from porchlight.delivery.gateways import registry
    from porchlight.delivery.outbox import worker
    from porchlight.operations.supervising import Job, Supervisor

    registry.all_gateways()  # read now, shared by all children
    if len(sys.argv) > 2:
        off = timedelta(seconds=int(sys.argv[2]))
        time_machine.travel(datetime.now(UTC) + off, tick=True).start()
    jobs = [Job(f"Worker {number}", worker.run) for number in range(1, int(sys.argv[1]) + 1)]
    Supervisor(jobs, lambda _line: None, longest_pause=0.0).run()


if __name__ == "__main__":
    main()
