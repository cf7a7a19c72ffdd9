"""A school, a teacher with one class, and so many families, each with a thread. Prints what the visit must know.

Run as the application's role: `python -m bench.pages.stage <families>`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import django

CLASS = 16  # families of the teacher's class


def fill(families: int) -> dict[str, object]:
    """The people; their words come after."""
    from porchlight.accounts.models import User
    from porchlight.schools.actors import Role
    from porchlight.schools.models import School, SchoolClass, StaffMember, StaffRole, Teaching
    from porchlight.schools.wall import school_context

    school = School.objects.create(slug="maple-street", name="Maple Street School", phone="01632 960001")
    user = User.objects.create_user()
    with school_context(school):
        staff = StaffMember.objects.create(school=school, user=user, name="Ms Amal")
        StaffRole.objects.create(school=school, staff=staff, role=Role.TEACHER)
        groups = families // CLASS + 1
        classes = [SchoolClass.objects.create(school=school, name=f"{n}A") for n in range(groups)]
        Teaching.objects.create(school=school, staff=staff, school_class=classes[0])
        thread = homes(school, classes, families)[0]
        adult, child = thread.guardian, thread.student
    paths = {
        "desk": "/maple-street/desk/",
        "thread": f"/maple-street/students/{child.key}/with/{adult.key}/",
        "naive": f"/maple-street/naive/{thread.key}/",
    }
    return {"school": school.pk, "staff": staff.pk, "user": user.pk, "paths": paths}


def homes(school: Any, classes: Sequence[Any], families: int) -> list[Any]:
    """An adult with a number, a child in a class, and their thread, for each family. Returns the threads."""
    from porchlight.conversations.models import Thread
    from porchlight.families.models import Address, ContactPoint, Enrolment, Guardian, Guardianship, Student

    some = range(families)
    adults = Guardian.objects.bulk_create(
        Guardian(school=school, name=f"Guardian {n}", speaks="en", reads="en") for n in some
    )
    children = Student.objects.bulk_create(Student(school=school, name=f"Child{n} Smith") for n in some)
    Enrolment.objects.bulk_create(
        Enrolment(school=school, student=children[n], school_class=classes[n // CLASS]) for n in some
    )
    Guardianship.objects.bulk_create(
        Guardianship(school=school, guardian=adults[n], student=children[n]) for n in some
    )
    addresses = Address.objects.bulk_create(
        Address(school=school, channel="sms", value=f"+1{200 + n // 100:03d}55501{n % 100:02d}") for n in some
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(school=school, address=addresses[n], guardian=adults[n], consented=True) for n in some
    )
    threads = (Thread(school=school, guardian=adults[n], student=children[n]) for n in some)
    return list(Thread.objects.bulk_create(threads))


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(int(sys.argv[1]))))
