"""Fills an outbox: one school, a home for each delivery, one notice to all of them, and a kill switch that holds it.

Run as a process of its own, as the application's role: `python -m bench.delivery.stage <homes> <gateway> [<folder>]`.
Leaves the bodies as they will go over the wire in the folder, one a line, for a bare client; prints the account.
"""

from __future__ import annotations

import json
import sys
from datetime import time
from pathlib import Path
from typing import Any

import django


def fill(homes: int, gateway: str, folder: Path | None) -> dict[str, str]:
    """Everything is written as staff and roster would have it written, through planning and dispatch."""
    from porchlight.delivery.actions import dispatch, switch
    from porchlight.delivery.content import Content, Urgency
    from porchlight.delivery.models import WebhookRoute
    from porchlight.delivery.planning import plan
    from porchlight.schools.actors import system
    from porchlight.schools.models import School
    from porchlight.schools.tiers import Tier
    from porchlight.schools.wall import school_context
    from porchlight.toolbox import school_time

    midnight = time(0)  # from then until then: no quiet hours, the bench may run at night
    school = School.objects.create(
        slug="maple-street", name="Maple Street School", quiet_from=midnight, quiet_until=midnight
    )
    switch(off=True, by=None, reason="The bench begins when this is lifted.")
    text = "Tomorrow class 4A goes to the lighthouse. Please give {} a raincoat, water and lunch."
    with school_context(school):
        account = open_whatsapp(school, gateway)
        planned = plan(
            school=school,
            recipients=people(school, homes),
            content_for=lambda one: Content(
                text=text.format(one.students[0].short_name),
                language="en",
                tier=Tier.L1,
                sender_name="Ms Amal",
                student_names=tuple(child.short_name for child in one.students),
            ),
            urgency=Urgency.ORDINARY,
            now=school_time.now(),
        )
        if len(dispatch(planned=planned, by=system(school.pk), urgency=Urgency.ORDINARY)) != homes:
            raise RuntimeError("Not every home could be planned for.")
        if folder:
            write_bodies(school.pk, account.pk, folder / "bodies")
        path = WebhookRoute.objects.get(account=account).path
    return {"path": path, "school": str(school.pk)}


def open_whatsapp(school: Any, gateway: str) -> Any:
    """A WhatsApp number whose rate is never what holds it back."""
    from porchlight.delivery.opening import open_account
    from porchlight.schools.actors import system

    settings = {
        "base_url": gateway,
        "phone_number_id": "106540352242922",
        "templates": "porchlight_notice en\nporchlight_general en",
    }
    secrets = {"access_token": "practice-token", "app_secret": "a" * 32, "verify_token": "v" * 20}
    return open_account(
        school=school, gateway="whatsapp_cloud", by=system(school.pk), label="WhatsApp",
        sender="+441632960001", settings=settings, secrets=secrets, rate_per_second=1_000_000,
    )  # fmt: skip


def people(school: Any, homes: int, channel: str = "whatsapp") -> list[Any]:
    """A guardian, a child and a number or mailbox for each home, of those kept free for stories."""
    from porchlight.delivery.content import Recipient
    from porchlight.families.models import Address, ContactPoint, Guardian, Guardianship, Student

    some = range(homes)
    adults = Guardian.objects.bulk_create(
        Guardian(school=school, name=f"Guardian {n}", speaks="en", reads="en") for n in some
    )
    children = Student.objects.bulk_create(Student(school=school, name=f"Child{n} Smith") for n in some)
    Guardianship.objects.bulk_create(
        Guardianship(school=school, guardian=adults[n], student=children[n]) for n in some
    )
    addresses = Address.objects.bulk_create(
        Address(
            school=school,
            channel=channel,
            value=f"home{n}@example.org"
            if channel == "email"
            else f"+1{200 + n // 100:03d}55501{n % 100:02d}",
        )
        for n in some
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(school=school, address=addresses[n], guardian=adults[n], consented=True) for n in some
    )
    return [Recipient(adults[n], (children[n],)) for n in some]


def write_bodies(school_id: int, account_id: int, file: Path) -> None:
    """Exactly what the worker will post: its own last check, carrier and adapter make them."""
    from porchlight.delivery.gateways.whatsapp_cloud.writing import body_of
    from porchlight.delivery.models import Delivery
    from porchlight.delivery.outbox.carriers import carrier_of
    from porchlight.delivery.outbox.checking import check
    from porchlight.toolbox import school_time

    carrier = carrier_of(account_id, {})
    ids = list(Delivery.objects.order_by("pk").values_list("pk", flat=True))
    with file.open("wb") as out:
        for row, _waits in check(school_id, ids, school_time.now()):
            outgoing = carrier.outgoing(row)
            if outgoing is None or row.obstacle not in ("", "switched_off"):
                raise RuntimeError(f"A delivery would not leave: {row.obstacle or 'no template'}.")
            out.write(body_of(outgoing) + b"\n")


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]) if len(sys.argv) > 3 else None)))
