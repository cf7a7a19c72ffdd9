"""Workers killed at random and a database that dies ten times, while a town's messages leave."""

from __future__ import annotations

import time
from contextlib import ExitStack

from bench.delivery.house import until
from bench.faults.ground import DEAD, LIFT, Finding, Given, Ground, ground
from bench.faults.striking import Asking, Evenly, Killer, now_and_then
from bench.faults.town import control, tally

WORKERS, CRASHES, WINDOW = 4, 10, 64
SECONDS = 70.0  # over which all would leave undisturbed; everybody strikes at least so long
EMAILS = 10  # to each mail there are so many WhatsApp messages: a plain mail server echoes nothing
NOTHING_YET = {"different": 0, "twice": 0, "thrice": 0}
AWAY_AT_MOST = 5.0  # seconds after the database is back


def run(given: Given) -> list[Finding]:
    """T39, T40. All WhatsApp messages leave over some seventy seconds, in which both are struck.

    The database falls by the count of what left and not by the clock: the ten times fit into any machine's storm.
    """
    deliveries, mails = given.deliveries, max(10, given.deliveries // EMAILS)
    with ground(given) as here, ExitStack() as stack:
        here.stage(
            {"slug": "maple-street", "kind": "whatsapp", "homes": deliveries, "rate": deliveries / SECONDS},
            {"slug": "oak-road", "kind": "email", "homes": mails, "rate": mails / SECONDS},
        )
        stack.enter_context(here.town())
        control(here.yard, "weather/whatsapp/", delay=0.05)
        control(here.yard, "weather/mail/", delay=0.05)
        stack.enter_context(here.serving())
        killer = Killer(stack.enter_context(here.working(WORKERS)))
        pages = Asking(here.yard.web_port, "/oak-road/", here.cluster)
        hooks = Asking(here.yard.web_port, here.ids["maple-street"]["path"], here.cluster, b"{}")
        for one in (pages, hooks):
            stack.enter_context(now_and_then(one.strike, 0.15, 0.25))
        storm = strike_all(here, killer, deliveries)
        here.settled(400)
        return [
            *whatsapp(here, killer.kills, deliveries, storm),
            *mail(here, killer.kills, mails),
            *served(pages, hooks),
        ]


def strike_all(here: Ground, killer: Killer, deliveries: int) -> float:
    """Lift the switch, and strike until the database fell ten times; how many seconds that took."""
    falls = Evenly(here.cluster.crash, lambda: seen(here, "maple-street")["different"], deliveries, CRASHES)
    here.cluster.change(LIFT)
    began = time.monotonic()
    with now_and_then(killer.strike, 0.3, 0.9), now_and_then(falls.look, 0.2, 0.3):
        time.sleep(SECONDS)
        until(lambda: falls.struck == CRASHES, 300, "The database did not crash often enough.")
    return time.monotonic() - began


def whatsapp(here: Ground, kills: int, deliveries: int, storm: float) -> list[Finding]:
    """What the gateway that echoes our reference took."""
    crashes = here.cluster.crashes
    what = f"WhatsApp, {deliveries:,} messages, {kills} kills, {crashes} crashes of the database in {storm:.0f} s"
    taken = seen(here, "maple-street")
    return arrived(here, what, "maple-street", taken, deliveries, kills + WORKERS * crashes)


def mail(here: Ground, kills: int, mails: int) -> list[Finding]:
    """What the mail server took, which never says what became of a mail."""
    what = f"Mail, {mails:,} messages in the same storm"
    return arrived(here, what, "oak-road", seen(here, "mail"), mails, WINDOW * kills)


def arrived(
    here: Ground, what: str, slug: str, taken: dict[str, int], wanted: int, bar: int
) -> list[Finding]:
    """The lines of one school. What lies before people as unclear may have arrived, and may be lost."""
    dead = here.cluster.ask(f"{DEAD} AND account_id = {here.ids[slug]['account']}")
    lost = wanted - taken["different"]
    return [
        Finding("T39, T40", f"{what}: lost", str(lost), "0", not lost),
        Finding("T39, T40", "… sent twice", str(taken["twice"]), f"≤ {bar}", taken["twice"] <= bar),
        Finding("T39, T40", "… three times", str(taken["thrice"]), "0", not taken["thrice"]),
        Finding("T39", "… unclear twice, and left for people to settle", str(dead), "counted", True),
    ]


def seen(here: Ground, account: str) -> dict[str, int]:
    """What arrived at the town on an account: how many, how many of them more than once and more than twice."""
    found: dict[str, int] = tally(here.yard)["copies"].get(account, NOTHING_YET)
    return found


def served(pages: Asking, hooks: Asking) -> list[Finding]:
    """What the web server said meanwhile."""
    found = []
    for what, one in (("Pages", pages), ("Webhooks", hooks)):
        codes = ", ".join(f"{code or 'none'} × {count}" for code, count in sorted(one.answers.items()))
        clean = not one.traces and not one.without_retry_after and not set(one.answers) & {500, 0}
        found += [
            Finding(
                "T40",
                f"{what} while it was away: answers",
                codes,
                "503 with Retry-After",
                clean and 503 in one.answers,
            ),
            Finding(
                "T40",
                "… back after it, at most",
                f"{one.longest_away:.1f} s",
                f"≤ {AWAY_AT_MOST:g} s",
                one.longest_away <= AWAY_AT_MOST,
            ),
        ]
    return found
