"""Schools that hand a roster over, one after the other: what pages do, and what goes over the broker.

Run as a process of its own: `python -m bench.faults.rosters_asked <schools> <seconds> <folder>`.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from pathlib import Path

import django


def main(schools: int, seconds: float, folder: Path) -> None:
    """Each at a moment of its own; that the broker is away just then is the point."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from porchlight.rosters.jobs import hand_over
    from porchlight.rosters.tests.bundles import oneroster, small_school, zipped
    from porchlight.schools.actors import Actor, Kind, Role
    from porchlight.schools.models import School, StaffMember, StaffRole
    from porchlight.schools.wall import school_context

    bundle = zipped(folder / "small.zip", oneroster(small_school())).read_bytes()
    for number in range(schools):
        time.sleep(random.uniform(0, 2 * seconds / schools))
        school = School.objects.create(slug=f"school-{number}", name=f"School {number}")
        with school_context(school):
            staff = StaffMember.objects.create(school=school, name="Office")
            StaffRole.objects.create(school=school, staff=staff, role=Role.OFFICE)
            by = Actor(Kind.STAFF, school.pk, staff.pk, frozenset({Role.OFFICE}), "Office")
            file = SimpleUploadedFile("autumn.zip", bundle)
            hand_over(file=file, school=school, by=by, org="", mode="")
    signal.pause()  # until whoever counts has counted


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    django.setup()
    main(int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3]))
