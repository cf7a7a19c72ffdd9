"""Workers killed at random and a database that dies ten times, while a town's messages leave."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

from bench.delivery.house import until
from bench.faults.ground import DEAD, LIFT, Finding, Ground, ground
from bench.faults.striking import Asking, Killer, now_and_then
from bench.faults.town import control, tally

WORKERS, CRASHES, WINDOW = 4, 10, 64
SECONDS = 70.0  # during which everybody strikes
EMAILS = 10  # to each mail there are so many WhatsApp messages: a plain mail server echoes nothing
AWAY_AT_MOST = 5.0  # seconds after the database is back


def run(folder: Path, deliveries: int) -> list[Finding]:
    """T39, T40. All WhatsApp messages leave over some seventy seconds, in which both are struck."""
    mails = max(10, deliveries // EMAILS)
    with ground(folder) as here, ExitStack() as stack:
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
        here.cluster.change(LIFT)
        began = time.monotonic()
        with (
            now_and_then(killer.strike, 0.3, 0.9),
            now_and_then(here.cluster.crash, 2.0, 5.0, CRASHES),
        ):
            time.sleep(SECONDS)
            until(lambda: here.cluster.crashes == CRASHES, 120, "The database did not crash often enough.")
        here.settled(400)
        seconds = time.monotonic() - began
        return [
            *whatsapp(here, killer.kills, deliveries, seconds),
            *mail(here, killer.kills, mails),
            *served(pages, hooks),
        ]


def whatsapp(here: Ground, kills: int, deliveries: int, seconds: float) -> list[Finding]:
    """What the gateway that echoes our reference took."""
    taken = seen(here, "maple-street")
    crashes, bar = here.cluster.crashes, kills + WORKERS * here.cluster.crashes
    what = f"WhatsApp, {deliveries:,} messages, {kills} kills, {crashes} crashes of the database, {seconds:.0f} s"
    return [
        Finding(
            "T39, T40",
            f"{what}: lost",
            str(deliveries - taken["different"]),
            "0",
            taken["different"] == deliveries,
        ),
        Finding("T39, T40", "… sent twice", str(taken["twice"]), f"≤ {bar}", taken["twice"] <= bar),
        Finding("T39, T40", "… three times", str(taken["thrice"]), "0", taken["thrice"] == 0),
        Finding("T39", "… left for people to settle", str(here.cluster.ask(DEAD)), "counted", True),
    ]


def seen(here: Ground, account: str) -> dict[str, int]:
    """What arrived at the town on an account: how many, how many of them more than once and more than twice."""
    found: dict[str, int] = tally(here.yard)["copies"][account]
    return found


def mail(here: Ground, kills: int, mails: int) -> list[Finding]:
    """What the mail server took, which never says what became of a mail."""
    taken = seen(here, "mail")
    bar = WINDOW * kills
    return [
        Finding(
            "T39, T40",
            f"Mail, {mails:,} messages in the same storm: lost",
            str(mails - taken["different"]),
            "0",
            taken["different"] == mails,
        ),
        Finding("T39, T40", "… sent twice", str(taken["twice"]), f"≤ {bar}", taken["twice"] <= bar),
        Finding("T39, T40", "… three times", str(taken["thrice"]), "0", taken["thrice"] == 0),
    ]


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
