"""Fills outboxes for the faults: schools with one account each, their homes, and one notice to all of them.

Run as a process of its own, as the application's role: `python -m bench.faults.stage <json>`, where the JSON holds
`gateway` (its address), `smtp` (the port of its mail server) and `schools`: slug, kind (whatsapp, twilio or email),
homes, and, where wanted, rate (sent in a second) and later (seconds from now before which nothing leaves). A kill
switch holds all of it. Prints, by slug, the ids of school and account and the path of its webhooks.
"""

from __future__ import annotations

import json
import sys
from datetime import time, timedelta
from typing import Any

import django

CHANNELS = {"whatsapp": "whatsapp", "twilio": "sms", "email": "email"}
UNHINDERED = 1_000_000  # in a second


def fill(asked: dict[str, Any]) -> dict[str, dict[str, Any]]:
    from porchlight.delivery.actions import switch

    switch(off=True, by=None, reason="The bench begins when this is lifted.")
    return {one["slug"]: school(one, asked["gateway"], asked["smtp"]) for one in asked["schools"]}


def school(asked: dict[str, Any], gateway: str, smtp: int) -> dict[str, Any]:
    """One school with its account and its homes, and what waits for them. Its ids and its webhooks' path."""
    from porchlight.delivery.models import WebhookRoute
    from porchlight.schools.models import School
    from porchlight.schools.wall import school_context

    midnight = time(0)  # from then until then: no quiet hours, the bench may run at night
    made = School.objects.create(
        slug=asked["slug"], name=f"{asked['slug']} school", quiet_from=midnight, quiet_until=midnight
    )
    with school_context(made):
        account = open_account(made, asked, gateway, smtp)
        tell_all(made, asked)
        path = WebhookRoute.objects.get(account=account).path
        return {"school": made.pk, "account": account.pk, "path": path}


def tell_all(made: Any, asked: dict[str, Any]) -> None:
    """Everything is written as staff and roster would have it written, through planning and dispatch."""
    from bench.delivery.stage import people
    from porchlight.delivery.actions import dispatch
    from porchlight.delivery.content import Content, Urgency
    from porchlight.delivery.planning import plan
    from porchlight.schools.actors import system
    from porchlight.schools.tiers import Tier
    from porchlight.toolbox import school_time

    planned = plan(
        school=made,
        recipients=people(made, asked["homes"], CHANNELS[asked["kind"]]),
        content_for=lambda one: Content(
            text=f"Please give {one.students[0].short_name} a raincoat, water and lunch.",
            language="en",
            tier=Tier.L1,
            sender_name="Ms Amal",
            student_names=tuple(child.short_name for child in one.students),
        ),
        urgency=Urgency.ORDINARY,
        now=school_time.now(),
    )
    later = asked.get("later", 0)
    hold = school_time.now() + timedelta(seconds=later) if later else None
    sent = dispatch(planned=planned, by=system(made.pk), urgency=Urgency.ORDINARY, hold_until=hold)
    if len(sent) != asked["homes"]:
        raise RuntimeError("Not every home could be planned for.")


def open_account(made: Any, asked: dict[str, Any], gateway: str, smtp: int) -> Any:
    """The school's account with the practice town, named as the school is."""
    from bench.faults.town import account_of
    from porchlight.delivery.opening import open_account
    from porchlight.schools.actors import system

    there = account_of(asked["kind"], asked["slug"])
    kinds: dict[str, dict[str, Any]] = {
        "whatsapp": {
            "gateway": "whatsapp_cloud",
            "sender": "+441632960001",
            "settings": {
                "base_url": gateway,
                "phone_number_id": there.get("phone_number_id", ""),
                "templates": "porchlight_notice en\nporchlight_general en",
            },
            "secrets": {name: there.get(name, "") for name in ("access_token", "app_secret", "verify_token")},
        },
        "twilio": {
            "gateway": "twilio_sms",
            "sender": "+441632960002",
            "settings": {"base_url": gateway, "account_sid": there.get("account_sid", "")},
            "secrets": {"auth_token": there.get("auth_token", "")},
        },
        "email": {
            "gateway": "email",
            "sender": f"office@{asked['slug']}.example.org",
            "settings": {"host": "127.0.0.1", "port": str(smtp), "security": "plain"},
            "secrets": {},
        },
    }
    return open_account(
        school=made, by=system(made.pk), label=asked["kind"],
        rate_per_second=asked.get("rate") or UNHINDERED, **kinds[asked["kind"]],
    )  # fmt: skip


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(json.loads(sys.argv[1]))))
