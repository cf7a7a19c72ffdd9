"""A school, a teacher with one class, and so many families, each with a thread. Prints what the visit must know.

Run as the application's role: `python -m bench.pages.stage <families>`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import django

from bench.homes import homes

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
        thread = talking(school, classes, families)[0]
        adult, child = thread.guardian, thread.student
    paths = {
        "desk": "/maple-street/desk/",
        "thread": f"/maple-street/students/{child.key}/with/{adult.key}/",
        "naive": f"/maple-street/naive/{thread.key}/",
    }
    return {"school": school.pk, "staff": staff.pk, "user": user.pk, "paths": paths}


def talking(school: Any, classes: Sequence[Any], families: int) -> list[Any]:
    """The threads of so many homes, each with a number, in classes of equal size."""
    from porchlight.conversations.models import Thread

    there = homes(
        school,
        range(families),
        group_of=lambda n: classes[n // CLASS],
        channel="sms",
        value_of=lambda n: f"+1{200 + n // 100:03d}55501{n % 100:02d}",
    )
    return list(
        Thread.objects.bulk_create(
            Thread(school=school, guardian=adult, student=child) for adult, child in there
        )
    )


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(int(sys.argv[1]))))
