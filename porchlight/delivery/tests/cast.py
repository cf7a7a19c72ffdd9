"""The families the delivery tests speak of: Maple Street School, Mr Yousaf and Hamza, and as many more as asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import time_machine

from porchlight.delivery.actions import dispatch
from porchlight.delivery.content import Content, Recipient, Urgency
from porchlight.delivery.models import Account, Delivery, Lane, Parcel
from porchlight.delivery.opening import open_account
from porchlight.delivery.planning import plan
from porchlight.families.models import Address, ContactPoint, Guardian, Guardianship, Restriction, Student
from porchlight.schools.actors import Actor, Kind, Role, system
from porchlight.schools.models import School, StaffMember
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from practice import ThreadedTown

TUESDAY = datetime(2026, 10, 13, 14, 10, tzinfo=UTC)  # 15:10 in London
AMAL = "Ms Amal"


@dataclass
class Home:
    """One guardian with one child and one way to be reached."""

    guardian: Guardian
    student: Student
    tie: Guardianship
    address: Address
    point: ContactPoint

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.guardian, (self.student,))

    def restrict(self, scope: str = "contact") -> Restriction:
        return Restriction.objects.create(
            school_id=self.tie.school_id, guardianship=self.tie, scope=scope, evidence="court order seen"
        )


def maple_street(slug: str = "maple-street", **fields: Any) -> School:
    return School.objects.create(
        slug=slug,
        name="Maple Street School",
        timezone="Europe/London",
        phone="01632 960001",
        emergency_numbers="999",
        **fields,
    )


def home(school: School, number: int = 1, *, channel: str = "sms", **guardian: Any) -> Home:
    """The n-th home; the first is Mr Yousaf's, whose son is Hamza."""
    person = {"name": f"Guardian {number}", "addressed_as": "Mr Yousaf" if number == 1 else "", **guardian}
    adult = Guardian.objects.create(school=school, **person)
    child = Student.objects.create(
        school=school, name="Hamza Yousaf" if number == 1 else f"Child{number} Smith"
    )
    tie = Guardianship.objects.create(school=school, guardian=adult, student=child)
    value = f"family{number}@example.org" if channel == "email" else f"+4477009{number:05d}"
    address, point = reach(school, adult, value, channel=channel)
    return Home(adult, child, tie, address, point)


def reach(
    school: School, guardian: Guardian, value: str, *, channel: str = "sms", rank: int = 1, **fields: Any
) -> tuple[Address, ContactPoint]:
    address = Address.objects.create(school=school, channel=channel, value=value, **fields)
    point = ContactPoint.objects.create(
        school=school, address=address, guardian=guardian, rank=rank, consented=True
    )
    return address, point


def reachable(person: StaffMember, number: str = "+447700900999") -> StaffMember:
    """A colleague whose telephone the school knows."""
    address = Address.objects.create(school=person.school, channel="sms", value=number)
    ContactPoint.objects.create(school=person.school, address=address, staff=person, consented=True)
    return person


def account(school: School, gateway: str = "office_phone", **fields: Any) -> Account:
    fields.setdefault("label", "Office phone")
    fields.setdefault("rate_per_second", 1000)
    return open_account(school=school, gateway=gateway, by=system(school.pk), **fields)


def words(text: str = "Hamza painted a lighthouse today.", **fields: Any) -> Content:
    return Content(**{"text": text, "language": "en", "tier": Tier.L1, "sender_name": AMAL, **fields})


def teacher(school: School) -> Actor:
    return Actor(Kind.STAFF, school.pk, 1, frozenset({Role.TEACHER}), AMAL)


def whatsapp(school: School, town: ThreadedTown, **fields: Any) -> Account:
    """The school's WhatsApp number in the practice town; every template is approved there."""
    there = town.register_account(gateway="whatsapp", name=fields.pop("name", school.slug))
    return account(
        school,
        "whatsapp_cloud",
        label="WhatsApp",
        sender="+441632960001",
        settings={
            "base_url": f"{town.url}",
            "phone_number_id": there.phone_number_id,
            "templates": "porchlight_notice en\nporchlight_general en",
        },
        secrets={
            "access_token": there.access_token,
            "app_secret": there.app_secret,
            "verify_token": there.verify_token,
        },
        **fields,
    )


def twilio(school: School, town: ThreadedTown, **fields: Any) -> Account:
    """The school's Twilio number in the practice town."""
    there = town.register_account(gateway="twilio", name=fields.pop("name", school.slug))
    return account(
        school,
        "twilio_sms",
        label="Texts",
        sender=there.number,
        settings={"base_url": f"{town.url}", "account_sid": there.account_sid},
        secrets={"auth_token": there.auth_token},
        **fields,
    )


def put_in_outbox(
    school: School,
    *homes: Home,
    content: Content | None = None,
    urgency: Urgency = Urgency.ORDINARY,
    hold_until: datetime | None = None,
) -> list[Parcel]:
    """What a notice does: a parcel for each home, and the lanes awake."""
    planned = plan(
        school=school,
        recipients=[home.recipient for home in homes],
        content_for=lambda recipient: content or words(),
        urgency=urgency,
        now=school_time.now(),
    )
    parcels = dispatch(planned=planned, by=teacher(school), urgency=urgency, hold_until=hold_until)
    Lane.objects.update(due_at=school_time.now())
    return parcels


def sent(school: School, home: Home, content: Content | None = None) -> Delivery:
    """One home's words on their way, since Tuesday."""
    with time_machine.travel(TUESDAY, tick=False):
        [parcel] = put_in_outbox(school, home, content=content)
    return parcel.deliveries.get()
