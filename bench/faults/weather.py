"""One gateway has a bad day, of every kind there is; how others fare meanwhile, and when it is left alone."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import NamedTuple

from bench.delivery.house import WentWrongError, until
from bench.faults.ground import LIFT, Finding, Given, Ground, ground, percentile
from bench.faults.town import control

BAD, OTHERS, A_DAY = 30, 40, 24 * 3600  # homes of the bad gateway, of each other channel at a time; seconds
MOST_TRIES = 10  # before it is left alone
LONGEST = 35_000  # milliseconds that anything may hold its place
PAUSE = 4  # seconds a Retry-After asks for
LOOK_FOR = 4.0  # seconds


class Day(NamedTuple):
    """What the gateway is like, and how its account must come out of it."""

    name: str
    weather: dict[str, object]
    tries: range = range(1, MOST_TRIES + 1)
    accepts: bool = False
    takes: bool = False
    at: str = ""  # another address of its account


DAYS = {
    "refuses": Day("500", {"rude": "500"}),
    "limits": Day(
        f"429, Retry-After {PAUSE} s", {"rude": "429", "times": 1, "retry_after": PAUSE}, accepts=True
    ),
    "takes": Day("502 after taking it", {"rude": "taken-502"}, takes=True),
    "resets": Day("the connection is reset", {"rude": "reset"}),
    "lies": Day("200 with an error in it", {"rude": "untrue"}),
    "moves": Day("a redirect", {"rude": "moved"}),
    "tls": Day("no TLS where TLS should be", {}, at="https"),
    "no-number": Day("“bad number”, for good", {"rude": "code", "code": "21211"}, range(BAD, BAD + 1)),
    "stalls": Day("no answer for 60 s", {"rude": "stall", "stall": 60}),
    "drips": Day("one byte a second", {"rude": "drip", "stall": 60}),
}  # fmt: skip

ACCOUNT = " WHERE account_id = {}"
TRIED = (
    "GREATEST(tries, jsonb_array_length(attempts))"  # one that people must act on first gives its try back
)
TRIES = f"SELECT sum({TRIED}) FROM delivery_delivery" + ACCOUNT
ATTEMPTED = "SELECT count(*) FROM delivery_delivery" + ACCOUNT + f" AND {TRIED} > 0"
OUT = "SELECT count(*) FROM delivery_delivery" + ACCOUNT + " AND sent_at IS NOT NULL"
BEGUN = (
    "SELECT count(*) FROM delivery_delivery" + ACCOUNT + " AND (lease_until IS NOT NULL OR attempts <> '[]')"
)
ELSEWHERE = (
    "UPDATE delivery_account SET settings = settings || jsonb_build_object('base_url', '{}') WHERE id = {}"
)
RELEASE = (
    "UPDATE delivery_delivery SET due_at = clock_timestamp(), created_at = clock_timestamp() WHERE id IN"
    " (SELECT id FROM delivery_delivery WHERE account_id = {} AND sent_at IS NULL AND tries = 0 ORDER BY id LIMIT {})"
)
WAKE = "UPDATE delivery_lane SET due_at = clock_timestamp() - interval '1 second' WHERE account_id = {}"
DELAYS = (
    "SELECT EXTRACT(EPOCH FROM sent_at - due_at) FROM delivery_delivery WHERE account_id IN ({}, {})"
    " AND sent_at IS NOT NULL ORDER BY due_at DESC LIMIT {}"
)
SLOWEST = (
    "SELECT max((line->>'ms')::int) FROM delivery_delivery, jsonb_array_elements(attempts) AS line" + ACCOUNT
)
GAP = (
    "SELECT min(EXTRACT(EPOCH FROM (attempts->1->>'at')::timestamptz - (attempts->0->>'at')::timestamptz))"
    " FROM delivery_delivery" + ACCOUNT + " AND jsonb_array_length(attempts) > 1"
)


def run(given: Given) -> list[Finding]:
    """T41. Two workers carry the bad gateway's texts, WhatsApp messages and mail of other schools."""
    with ground(given) as here, ExitStack() as stack:
        bad = [{"slug": slug, "kind": "twilio", "homes": BAD, "later": A_DAY} for slug in DAYS]
        others = [
            {"slug": slug, "kind": kind, "homes": OTHERS * (len(DAYS) + 4), "later": A_DAY}
            for slug, kind in (("oak-road", "whatsapp"), ("elm-road", "email"))
        ]
        here.stage(*bad, *others)
        stack.enter_context(here.town())
        stack.enter_context(here.serving())
        stack.enter_context(here.working(2))
        here.cluster.change(LIFT)
        waited(here)  # fills caches
        usual = [seconds for _ in range(3) for seconds in waited(here)]
        delays: list[float] = []
        found = [bad_day(here, slug, day, delays) for slug, day in DAYS.items()]
        slow = [here.ids[slug]["account"] for slug in ("stalls", "drips")]
        until(
            lambda: all(here.cluster.rows(SLOWEST.format(one))[0][0] for one in slow), 60, "A worker hangs."
        )
        longest = max(here.cluster.ask(SLOWEST.format(one)) for one in slow)
    usually, meanwhile = percentile(usual, 0.95), percentile(delays, 0.95)
    return [
        *found,
        Finding(
            "T41", "… other schools' messages wait, 95 of 100, on all these days", f"{meanwhile:.2f} s",
            f"< {2 * usually:.2f} s, twice the usual", meanwhile < 2 * usually,
        ),
        Finding(
            "T41", "… the longest any held its place", f"{longest / 1000:.1f} s", "≤ 35 s", longest <= LONGEST
        ),
    ]  # fmt: skip


def release(here: Ground, slug: str, count: int) -> int:
    """So many of a school's messages are due now; its account."""
    account: int = here.ids[slug]["account"]
    here.cluster.change(RELEASE.format(account, count))
    here.cluster.change(WAKE.format(account))
    return account


def waited(here: Ground) -> list[float]:
    """Seconds that each of the other schools' messages waits, due now."""
    before = sum(here.cluster.ask(OUT.format(here.ids[slug]["account"])) for slug in ("oak-road", "elm-road"))
    accounts = [release(here, slug, OTHERS) for slug in ("oak-road", "elm-road")]
    until(
        lambda: sum(here.cluster.ask(OUT.format(one)) for one in accounts) == before + 2 * OTHERS,
        30,
        "The others' messages did not leave.",
    )
    rows = here.cluster.rows(DELAYS.format(*accounts, 2 * OTHERS))
    return [float(seconds) for (seconds,) in rows]


def bad_day(here: Ground, slug: str, day: Day, others: list[float]) -> Finding:
    """The gateway turns bad, its messages fall due, and a moment later the others'."""
    control(here.yard, "weather/twilio/", **day.weather)
    if day.at:
        there = here.yard.gateway.replace("http", day.at)
        account = here.ids[slug]["account"]
        here.cluster.change(ELSEWHERE.format(there, account))
    account = release(here, slug, BAD)
    until(lambda: here.cluster.ask(BEGUN.format(account)), 20, f"{day.name}: nothing was tried.")
    others += waited(here)
    end = time.monotonic() + LOOK_FOR
    wanted = BAD if day.tries.start == BAD else 1
    while time.monotonic() < end or here.cluster.ask(ATTEMPTED.format(account)) < wanted:
        if time.monotonic() > end + 30:
            raise WentWrongError(f"{day.name}: not tried in time.")
        time.sleep(0.2)
    tries, out = here.cluster.ask(TRIES.format(account)), here.cluster.ask(OUT.format(account))
    if day.accepts:
        again = GAP.format(account)
        until(lambda: here.cluster.rows(again)[0][0] is not None, 30, f"{day.name}: it was not tried again.")
        gap = float(here.cluster.rows(again)[0][0])
        return Finding(
            "T41", f"{day.name}: tried again after", f"{gap:.1f} s", "± 1 s", abs(gap - PAUSE) <= 1
        )
    bar = f"{day.tries.start}" if len(day.tries) == 1 else f"≤ {MOST_TRIES}"
    what = f"{day.name}: tries before it rests, of {BAD}; taken for sent"
    # What was taken all the same is settled by its status.
    is_fair = tries in day.tries and (out == 0 or day.takes)
    return Finding("T41", what, f"{tries}, {out}", f"{bar}, {'counted' if day.takes else 0}", is_fair)
