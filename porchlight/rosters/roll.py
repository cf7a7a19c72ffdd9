"""Whom a families sheet may speak of: the children on the roll, and the adults already known to care for them."""

from __future__ import annotations

from datetime import datetime

from porchlight.families.models import Enrolment, Guardianship, Student
from porchlight.families.models.people import in_force
from porchlight.rosters.models import RosterLink, Source
from porchlight.rosters.reading.staging import Staging
from porchlight.schools.models import School, StaffMember


def load_roll(staging: Staging, school: School, *, now: datetime) -> None:
    """Tables `roll` (id, source_id, name, class) and `carer` (id, student, name); whom a sheet made is not in them."""
    today = school.local(now).date()
    made = RosterLink.objects.in_school(school).filter(source=Source.SHEET, adopted=False)
    students = Student.objects.in_school(school).on_roll()
    students = students.exclude(pk__in=made.filter(kind="student").values("object_id"))
    places = Enrolment.objects.in_school(school).filter(in_force(today), student__in=students)
    staging.run("CREATE TABLE roll (id INTEGER, source_id TEXT, name TEXT, class TEXT)")
    staging.run("CREATE TABLE carer (id INTEGER, student INTEGER, name TEXT)")
    rows = places.values_list("student_id", "student__source_id", "student__name", "school_class__name")
    staging.db.executemany("INSERT INTO roll VALUES (?, ?, ?, ?)", rows.iterator())
    placeless = students.exclude(pk__in=places.values("student")).values_list("pk", "source_id", "name")
    staging.db.executemany("INSERT INTO roll VALUES (?, ?, ?, '')", placeless.iterator())
    staging.run("CREATE TABLE colleague (id INTEGER, name TEXT, email TEXT)")
    colleagues = (
        StaffMember.objects.in_school(school)
        .working()
        .exclude(pk__in=made.filter(kind="staff").values("object_id"))
    )
    staging.db.executemany(
        "INSERT INTO colleague VALUES (?, ?, ?)", colleagues.values_list("pk", "name", "email").iterator()
    )
    ties = Guardianship.objects.in_school(school).current(on=today).filter(student__in=students)
    ties = ties.exclude(guardian__in=made.filter(kind="guardian").values("object_id"))
    carers = ties.values_list("guardian_id", "student_id", "guardian__name")
    staging.db.executemany("INSERT INTO carer VALUES (?, ?, ?)", carers.iterator())
