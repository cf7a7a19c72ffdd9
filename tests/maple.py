"""Maple Street School with its practice town, in a test's hand: who is there, their phones, the clock, the carrying."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.test import override_settings

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Notice
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.delivery.inbox.processing import process_waiting
from porchlight.delivery.outbox.ticking import tick
from porchlight.delivery.tests.kit import worker
from porchlight.demo.cast import CAST, SLUG, user_for
from porchlight.demo.clock import FIRST
from porchlight.demo.gateways import town_config
from porchlight.demo.load import load
from porchlight.families.models import Guardian, Student
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass, StaffMember
from porchlight.toolbox import school_time
from practice import ThreadedTown
from practice.phones import Line

PASSWORD = "three cups of tea"
ROUNDS = 12  # of carrying: words out, statuses and answers back, what they cause out again


@contextmanager
def demo_settings(url: str, town: ThreadedTown) -> Iterator[None]:
    """The settings `porchlight demo` has, with the demo's sign-in links."""
    clock = town.call(lambda there: there.clock.file)
    with override_settings(
        DEMO=True,
        BASE_URL=url,
        CLOCK_FILE=str(clock),
        DEMO_TOWN_PORT=town.port,
        ROOT_URLCONF="tests.demo_urls",
    ):
        set_clock(town, FIRST)
        yield


def set_clock(town: ThreadedTown, moment: datetime) -> None:
    """The school's clock and the town's stand at this moment and run on."""
    offset = moment - datetime.now(UTC)
    town.call(lambda there: there.clock.set_offset(offset))
    school_time._seen = (-1.0, timedelta())  # looked at again at once, not after its quarter of a second


def fill(town: ThreadedTown) -> None:
    """The school on its first day; whoever works there and can be tried has a password."""
    school = load(town_port=town.port, mail_port=town.smtp_port)
    for person in CAST:
        user = user_for(person, school)
        if user.email:
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@dataclass
class Maple:
    """The school, its town and the day."""

    school: School
    town: ThreadedTown
    url: str

    def staff(self, name: str) -> StaffMember:
        """A colleague, as families read the name: "Ms Amal"."""
        return StaffMember.objects.in_school(self.school).working().get(name=name)

    def actor(self, name: str) -> Actor:
        return self.staff(name).actor()

    def guardian(self, called: str) -> Guardian:
        """An adult by the name they wish to be called: "Mr Yousaf"."""
        adults = Guardian.objects.in_school(self.school)
        return adults.filter(addressed_as=called).first() or adults.get(name=called)

    def student(self, name: str) -> Student:
        return Student.objects.in_school(self.school).get(name=name)

    def phone(self, called: str) -> str:
        """The id of an adult's pretend phone in the town."""
        return self.guardian(called).key

    def received(self, called: str, channel: str = "") -> list[Line]:
        """What the school wrote to this adult's phone, oldest first."""
        return self.town.received(self.phone(called), channel)

    def answers(self, called: str, **values: object) -> None:
        """This adult does something on their phone (text=…, choice=…, stop=True, ring=True), and it arrives."""
        self.town.answer(self.phone(called), **values)
        self.carry()

    def at(self, moment: datetime = FIRST) -> None:
        """It is this moment now."""
        set_clock(self.town, moment)

    def later(self, **step: float) -> None:
        """So much later: seconds=31, days=1."""
        set_clock(self.town, school_time.now() + timedelta(**step))

    def carry(self) -> None:
        """The workers' part, until nothing moves: what is due leaves, what came in is understood."""
        for _round in range(ROUNDS):
            tick(school_time.now())
            with worker() as outbox:
                outbox.run_until_empty()
            self.town.settle()
            if not process_waiting():
                return
        raise AssertionError("The town and the school went on and on.")

    def tell(
        self,
        text: str,
        *,
        by: str = "Ms Amal",
        classes: tuple[str, ...] = ("4A",),
        kind: str = "information",
        question: Question | None = None,
        urdu: str = "",
    ) -> Notice:
        """A notice, as its page would send it, with an Urdu version when there is one; it has left and arrived."""
        keys = (
            SchoolClass.objects.in_school(self.school).filter(name__in=classes).values_list("key", flat=True)
        )
        draft = Draft(
            text,
            "en",
            Audience(AudienceKind.CLASSES, tuple(keys)),
            kind=kind,
            versions={"ur": Version(urdu, "ur", Provenance.SCHOOL_TEMPLATE, by)} if urdu else {},
            question=question,
        )
        now = school_time.now()
        notice = write(draft, school=self.school, by=self.actor(by), now=now)
        release(notice, by=self.actor(by), now=now)
        self.later(seconds=31)
        self.carry()
        return notice


def open_street(town: ThreadedTown, url: str) -> Maple:
    """The town knows the school's accounts and the families' phones."""
    school = School.objects.get(slug=SLUG)
    config = town_config(school)
    for account in config["accounts"]:
        town.register_account(**account)
    for phone in config["phones"]:
        town.register_phone(**phone)
    return Maple(school, town, url)


def clock_file(town: ThreadedTown) -> Path:
    """Where the clock's file is, for processes that a test starts."""
    found = town.call(lambda there: there.clock.file)
    assert found is not None
    return found
