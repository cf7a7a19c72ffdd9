"""One school queues fifty thousand; another's one message leaves all the same."""

from __future__ import annotations

import time
from contextlib import ExitStack
from functools import partial

from bench.delivery.house import until
from bench.faults.ground import LIFT, Finding, Given, Ground, ground
from bench.faults.town import control
from bench.faults.weather import A_DAY, OUT, release

QUEUED, WRITTEN, SINGLES = 50_000, 2_500, 5
WITHIN = 5.0  # seconds
COLUMNS = (
    "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
    " WHERE table_name = 'delivery_delivery' AND column_name NOT IN ('id', 'reference')"
)
COPIES = (
    "INSERT INTO delivery_delivery ({columns}, reference) SELECT {columns}, substr(md5(random()::text), 1, 26)"
    " FROM delivery_delivery, generate_series(2, {times}) WHERE account_id = {account}"
)
LEFT = "SELECT count(*) FROM delivery_delivery WHERE sent_at IS NULL AND account_id = {}"


def _left(here: Ground, account: int, count: int) -> bool:
    return here.cluster.ask(OUT.format(account)) >= count


def run(given: Given) -> list[Finding]:
    """T42. One worker; the large school's gateway takes a second for each, so that its window is always full."""
    with ground(given) as here, ExitStack() as stack:
        here.stage(
            {"slug": "maple-street", "kind": "whatsapp", "homes": WRITTEN},
            {"slug": "oak-road", "kind": "whatsapp", "homes": SINGLES, "later": A_DAY},
        )
        large = here.ids["maple-street"]["account"]
        columns = here.cluster.rows(COLUMNS)[0][0]
        here.cluster.change(COPIES.format(columns=columns, times=QUEUED // WRITTEN, account=large))
        stack.enter_context(here.town())
        stack.enter_context(here.serving())
        stack.enter_context(here.working(1))
        control(here.yard, "weather/whatsapp/", delay=1.0)
        here.cluster.change(LIFT)
        until(lambda: here.cluster.ask(OUT.format(large)) > 100, 60, "The large school's do not leave.")
        longest = 0.0
        for number in range(SINGLES):
            small, began = release(here, "oak-road", 1), time.monotonic()
            until(partial(_left, here, small, number + 1), 60, "It never left.")
            longest = max(longest, time.monotonic() - began)
        waiting = here.cluster.ask(LEFT.format(large))
    return [
        Finding(
            "T42",
            f"{waiting:,} of another school's wait: one message leaves within",
            f"{longest:.1f} s",
            f"≤ {WITHIN:g} s",
            longest <= WITHIN and waiting > QUEUED / 2,
        ),
    ]
