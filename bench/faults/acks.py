"""How soon a webhook is acknowledged at fifty a second, and what becomes of them while the database is away."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from bench.faults.ground import LIFT, Finding, Given, Ground, ground, percentile
from bench.faults.hooks import message, post

COUNT, A_SECOND, HOMES = 1_000, 50, 200
AWAY_FROM, AWAY_FOR = 0.4, 3.0  # of all, seconds
BUDGET = 0.250  # seconds
AGAIN = 1.0  # seconds until a gateway tries again
KEPT = "SELECT count(DISTINCT provider_key) FROM delivery_inboundevent WHERE kind = 'heard'"
ROWS = "SELECT count(*) FROM delivery_inboundevent WHERE kind = 'heard'"


def run(given: Given) -> list[Finding]:
    """T11. Twice a thousand: with the database there all the time, and with it away in the middle."""
    with ground(given) as here, ExitStack() as stack:
        here.stage({"slug": "maple-street", "kind": "whatsapp", "homes": HOMES})
        stack.enter_context(here.town())
        stack.enter_context(here.serving())
        stack.enter_context(here.working(1))
        here.cluster.change(LIFT)
        here.settled(60)
        calm, _ = posted(here, "calm")
        threading.Timer(COUNT / A_SECOND * AWAY_FROM, lambda: away(here)).start()
        _, answers = posted(here, "storm")
        kept, rows = here.cluster.ask(KEPT), here.cluster.ask(ROWS)
    p99 = percentile(calm, 0.99)
    codes = ", ".join(f"{code or 'none'} × {count}" for code, count in sorted(answers.items()))
    clean = set(answers) <= {200, 503} and answers[503] > 0
    return [
        Finding(
            "T11",
            f"{COUNT:,} webhooks at {A_SECOND} a second: acknowledged, p99",
            f"{p99 * 1000:.0f} ms",
            f"< {BUDGET * 1000:.0f} ms",
            p99 < BUDGET,
        ),
        Finding("T11", f"… the database away for {AWAY_FOR:g} s of them: answers", codes, "200, 503", clean),
        Finding(
            "T11",
            f"… of {2 * COUNT:,}: lost, doubled",
            f"{2 * COUNT - kept}, {rows - kept}",
            "0, 0",
            kept == rows == 2 * COUNT,
        ),
    ]


def away(here: Ground) -> None:
    here.cluster.stop("immediate")
    time.sleep(AWAY_FOR)
    here.cluster.start()


def posted(here: Ground, name: str) -> tuple[list[float], Counter[int]]:
    """Seconds each took that was acknowledged, and every answer. What is refused is posted again, as gateways do."""
    path, port = here.ids["maple-street"]["path"], here.yard.web_port
    took: list[float] = []
    answers: Counter[int] = Counter()

    def one(number: int) -> None:
        made = message("maple-street", f"wamid.{name}{number}", number % HOMES)
        while True:
            began = time.monotonic()
            status = post(port, path, *made)
            answers[status] += 1
            if status == 200:
                took.append(time.monotonic() - began)
                return
            time.sleep(AGAIN)

    with ThreadPoolExecutor(64) as callers:
        began = time.monotonic()
        for number in range(COUNT):
            time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
            callers.submit(one, number)
    return took, answers
