"""Workers and pages whose machine's clock stands an hour or a year off, while the database's goes right."""

from __future__ import annotations

import time
from contextlib import ExitStack

from bench.delivery.house import until
from bench.faults.ground import LIFT, Finding, Given, Ground, ground
from bench.faults.kills import seen
from bench.faults.striking import Killer
from bench.faults.town import control

HOUR, YEAR = 3600, 365 * 24 * 3600
JUMPS = {"an hour ahead": HOUR, "an hour behind": -HOUR, "a year ahead": YEAR, "a year behind": -YEAR}
SOON = 40  # homes written to now
LATER = 20  # homes written to at twice the jump, and as many at half of it
LEASE = 60  # seconds

OUT = "SELECT count(*) FROM delivery_delivery WHERE sent_at IS NOT NULL AND account_id = {}"
LEASES_OFF = (
    "SELECT count(*) FROM delivery_delivery WHERE lease_until > clock_timestamp() + interval '61 seconds'"
    " OR (lease_until < clock_timestamp() - interval '1 hour')"
)
LEASED = "SELECT count(*) FROM delivery_delivery WHERE lease_until IS NOT NULL AND account_id = {}"


def run(given: Given) -> list[Finding]:
    """T43, the clock."""
    with ground(given) as here:
        return [line for name, seconds in JUMPS.items() for line in jumped(here, name, seconds)]


def jumped(here: Ground, name: str, seconds: int) -> list[Finding]:
    """Three schools: due now, due within the jump, due beyond it."""
    slug = name.replace(" ", "-")
    parts = {"now": 0, "within": abs(seconds) // 2, "beyond": abs(seconds) * 2}
    here.stage(
        *(
            {"slug": f"{slug}-{part}", "kind": "whatsapp", "homes": LATER if later else SOON, "later": later}
            for part, later in parts.items()
        )
    )
    ids = {part: here.ids[f"{slug}-{part}"]["account"] for part in parts}
    due = {"now": SOON, "within": LATER, "beyond": 0} if seconds > 0 else dict.fromkeys(parts, 0)
    with ExitStack() as stack:
        stack.enter_context(here.town())
        control(here.yard, "weather/whatsapp/", delay=0.5)
        here.cluster.change(LIFT)
        leases_off, left = while_off(here, seconds, ids, due)
        stack.enter_context(here.working(1))
        until(lambda: here.cluster.ask(OUT.format(ids["now"])) == SOON, 120, f"{name}: it did not all leave.")
        twice = sum(
            seen(here, f"{slug}-{part}")["thrice" if part == "now" else "twice"]
            for part in parts
            if due[part]
        )
        beyond = here.cluster.ask(OUT.format(ids["beyond"]))
    wanted = ", ".join(str(due[part]) for part in parts)
    found = ", ".join(str(left[part]) for part in parts)
    return [
        Finding(
            "T43",
            f"Clock {name}: left while it was, of due now, within, beyond",
            found,
            wanted,
            found == wanted,
        ),
        Finding("T43", "… leases not by the database's clock", str(leases_off), "0", leases_off == 0),
        Finding(
            "T43", "… after it: too early, twice", f"{beyond}, {twice}", "0, 0", not beyond and not twice
        ),
    ]


def while_off(
    here: Ground, seconds: int, ids: dict[str, int], due: dict[str, int]
) -> tuple[int, dict[str, int]]:
    """Work at the wrong time; one worker is killed with messages in its hands. Leases that are off, and what left."""
    leases_off = 0
    with here.working(2, off=seconds) as parent:
        if seconds > 0:
            until(lambda: here.cluster.ask(LEASED.format(ids["now"])) > 0, 20, "Nothing was leased.")
            if seconds == HOUR:  # once is enough: what it held rests a minute
                Killer(parent).strike()
            end = time.monotonic() + LEASE + 30
            while time.monotonic() < end and any(
                here.cluster.ask(OUT.format(ids[part])) < count for part, count in due.items()
            ):
                leases_off = max(leases_off, here.cluster.ask(LEASES_OFF))
                time.sleep(0.05)
        else:
            time.sleep(3)  # it looks every quarter of a second
        left = {part: here.cluster.ask(OUT.format(account)) for part, account in ids.items()}
    return leases_off, left
