"""T49. A page that lists things asks the database as often for many rows as for few."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import models

from porchlight.conversations.models import (
    Approval,
    Listening,
    Message,
    Notice,
    Template,
    TemplateVersion,
    Thread,
    TriageItem,
    Trouble,
    Worry,
)
from porchlight.delivery.models import Account, Delivery, Handing, Parcel, ParcelStudent
from porchlight.errands.models import Errand
from porchlight.families.models import (
    Address,
    ConsentRound,
    ContactPoint,
    Enrolment,
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Student,
)
from porchlight.learning.models import Absence
from porchlight.operations import many_people
from porchlight.rosters.models import RosterImport
from porchlight.schools.models import Closure, SchoolClass, StaffMember, StaffRole, Teaching, Term
from porchlight.toolbox.keys import random_key
from tests.doors.pages import PAGES
from tests.doors.table import read
from tests.doors.walking import Street, statements, street
from tests.full_school.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
FEW, MANY = 4, int(os.environ.get("PORCHLIGHT_LIST_ROWS", "12"))
WHO = ("office", "teacher", "leader", "safeguarding lead", "father")
ANSWERS = read()
GROWS = {"conversations:worries": "each look at each worry is a line of the record"}


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: object) -> Iterator[Street]:
    with django_db_blocker.unblock(), street("maple-street", "oak-lane") as made:
        yield made


class Copies:
    """More of the same: rows as one that is there, each with its own key and name."""

    def __init__(self, town: Street) -> None:
        self.full = town.full
        self.made = 0

    def of[M: models.Model](self, row: M, **changes: object) -> M:
        self.made += 1
        fields = {field.attname: getattr(row, field.attname) for field in row._meta.local_concrete_fields}
        del fields["id"]
        if "key" in fields:
            fields["key"] = random_key()
        return type(row)._default_manager.create(**{**fields, **changes})

    def a_home(self) -> None:
        """A child of the class, an adult with a number, their thread with words in it, and what waits about them."""
        n, rows, school = self.made, self.full.rows, self.full.school
        student = self.of(rows[Student], name=f"Child {n}", called="", user_id=None, source_id=f"s{n}")
        adult = self.of(rows[Guardian], name=f"Adult {n}", addressed_as="", user_id=None, source_id=f"g{n}")
        Enrolment.objects.create(school=school, student=student, school_class=rows[SchoolClass])
        Guardianship.objects.create(school=school, guardian=adult, student=student)
        home = self.of(rows[Household], label=f"Home {n}", source_id=f"h{n}")
        for one in ({"guardian": adult}, {"student": student}):
            HouseholdMembership.objects.create(school=school, household=home, **one)
        address = self.of(rows[Address], value=f"+44770091{n:05d}", user_id="")
        point = ContactPoint.objects.create(school=school, address=address, guardian=adult, consented=True)
        thread = Thread.objects.create(school=school, guardian=adult, student=student)
        said = self.of(rows[Message], thread_id=thread.pk, said_at=NOW - timedelta(days=1, minutes=n))
        self.of(rows[Listening], message_id=said.pk)
        self.of(rows[Worry], message_id=said.pk)
        self.of(rows[TriageItem], address_id=address.pk, resolved_at=None)
        self.of(rows[Trouble], about=f"about {n}", address_id=address.pk)
        self.of(rows[Absence], student_id=student.pk)
        self.of(rows[Errand], guardian_id=adult.pk, student_id=student.pk, about=f"errand {n}")
        self._carried(adult, student, point)

    def _carried(self, adult: Guardian, student: Student, point: ContactPoint) -> None:
        for way in ("tap_sms", "call_list", "slips"):
            account = Account.objects.get(school=self.full.school, gateway=way)
            like = Delivery.objects.filter(account=account).order_by("pk").first()
            parcel = self.of(Parcel.objects.get(pk=like.parcel_id), guardian_id=adult.pk)
            ParcelStudent.objects.create(school=self.full.school, parcel=parcel, student=student)
            own = {} if way == "slips" else {"contact_point_id": point.pk, "address_id": point.address_id}
            sent = self.of(
                like, parcel_id=parcel.pk, reference=f"{way}{self.made}", to=point.address.value, **own
            )
            self.of(Handing.objects.filter(by=self.full.staff["office"]).first(), delivery_id=sent.pk)
        dead = Delivery.objects.get(pk=self.full.secrets["dead"])
        self.of(dead, reference=f"dead{self.made}")

    def of_the_school(self) -> None:
        """Another colleague, class, notice, text, closure and import."""
        n, rows, school = self.made, self.full.rows, self.full.school
        person = self.of(rows[StaffMember], name=f"Colleague {n}", user_id=None, source_id=f"c{n}")
        StaffRole.objects.create(school=school, staff=person, role="teacher")
        group = self.of(rows[SchoolClass], name=f"Class {n}", source_id=f"k{n}")
        Teaching.objects.create(school=school, staff=self.full.staff["teacher"], school_class=group)
        notice = self.of(rows[Notice], press="", sorry_for_id=None)
        self.of(rows[Approval], notice_id=notice.pk)
        self.of(Notice.objects.get(key=self.full.secrets["waiting notice"]), press="")
        text = self.of(rows[Template], name=f"Text {n}")
        self.of(rows[TemplateVersion], template_id=text.pk)
        for model in (Term, Closure, RosterImport, ConsentRound):
            self.of(rows[model], **({"name": f"Time {n}"} if model in {Term, Closure} else {}))

    def until(self, rows: int, have: int) -> None:
        for _row in range(rows - have):
            self.a_home()
            self.of_the_school()


def asked(town: Street) -> dict[tuple[str, str], int]:
    """How many questions each list costs: pages with no key of one row in their address, and the child's and father's."""
    counts = {}
    for page in PAGES:
        if (
            not page.of_a_school
            or page.opens_for is None
            or page.name in GROWS
            or "schools:changes" in page.name
        ):
            continue
        for who in WHO:
            if ANSWERS[page.name, "GET", who] != "200":
                continue
            cache.clear()
            many_people._seen.clear()  # whom this process remembers it asks nothing about
            with statements() as asks:
                town.asks(who, "GET", page.path(town.full))
            # What a look leaves behind is written once, whatever it showed: more or less on its first day.
            counts[page.name, who] = sum(one.startswith("SELECT") for one in asks)
    return counts


def test_t49_many_rows_cost_no_more_questions_than_few(town: Street) -> None:
    copies = Copies(town)
    copies.until(FEW, 1)
    few = asked(town)
    copies.until(MANY, FEW)
    many = asked(town)
    assert len(few) > 60
    grown = [
        f"{page} for the {who}: {few[page, who]}, then {many[page, who]}"
        for page, who in few
        if many[page, who] > few[page, who]  # fewer where a long list is searched, not shown
    ]
    assert not grown, "\n".join(grown)
