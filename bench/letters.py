"""`python -m bench.letters`: a thousand homes get a letter with a question, in four scripts; how long the paper takes.

Counted is what an office waits for: each batch looked up and checked, its letters written and set, and said to be
printed. The school and the announcement before that are not. Exit code 1 when it takes longer than a minute.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from bench.homes import homes

LETTERS, MOST_SECONDS = 1000, 60.0
IN_SCHOOL_HOURS = datetime(2026, 9, 15, 10, tzinfo=UTC)  # on a Friday night no letter is due for days
A_YEAR = 200  # homes told at once: for many more a second colleague has to approve
WORDS = {
    "ur": "بدھ کو کلاس چڑیا گھر جائے گی۔ کیا {child} آ سکتا ہے؟",
    "ar": "يوم الأربعاء يذهب الصف إلى حديقة الحيوان. هل يأتي {child}؟",
    "zh": "星期三全班去动物园。{child}能来吗？",
}
READS = ("ur", "ar", "zh", "en")


def main() -> int:
    """Prints one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=LETTERS)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "porchlight.config.settings"
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/letters.sqlite3"
        os.environ["PORCHLIGHT_VAR"] = folder
        return _measured(told.letters)


def _measured(letters: int) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    with time_machine.travel(IN_SCHOOL_HOURS, tick=True):
        school, by = _asked(letters)
        started, before = time.perf_counter(), _cpu()
        pages, size = _printed(school, by)
    took, cpu = time.perf_counter() - started, _cpu() - before
    print(
        f"letters {pages} of {letters} in {took:.1f} s ({cpu:.1f} s of CPU, {1000 * took / max(1, pages):.0f} ms each, "
        f"{size / 1e6:.1f} MB of PDF); bar {MOST_SECONDS:.0f} s for {LETTERS}"
    )
    return 0 if pages == letters and took / letters <= MOST_SECONDS / LETTERS else 1


def _asked(letters: int) -> tuple[Any, Any]:
    """A school whose homes all like letters best, and one question to all of them."""
    from porchlight.accounts.models import User
    from porchlight.conversations.audience import Audience, AudienceKind
    from porchlight.conversations.notices import Draft, Question, release, write
    from porchlight.delivery.opening import open_account
    from porchlight.languages.provenance import Provenance, Version
    from porchlight.schools.actors import Role, system
    from porchlight.schools.models import School, SchoolClass, StaffMember, StaffRole
    from porchlight.toolbox import school_time

    school = School.objects.create(slug="maple-street", name="Maple Street School", phone="01632 960001")
    office = StaffMember.objects.create(school=school, user=User.objects.create_user(), name="Mrs Okafor")
    StaffRole.objects.create(school=school, staff=office, role=Role.OFFICE)
    open_account(school=school, gateway="letters", label="Letters", by=system(school.pk))
    versions = {tag: Version(text, tag, Provenance.PERSON, "") for tag, text in WORDS.items()}
    text = "The class goes to the zoo on Wednesday. May {child} come?"
    before = school_time.now() - timedelta(minutes=1)
    for first in range(0, letters, A_YEAR):
        group = SchoolClass.objects.create(school=school, name=f"Year of {first}")
        numbers = range(first, min(letters, first + A_YEAR))
        homes(
            school,
            numbers,
            group_of=dict.fromkeys(numbers, group).__getitem__,
            channel="paper",
            value_of=lambda n: f"{n + 1} Elm Street, Bradford, BD3 9XX",
            reads=READS,
        )
        audience = Audience(AudienceKind.CLASSES, (group.key,))
        draft = Draft(text, "en", audience, versions=versions, question=Question("yes_no"))
        release(write(draft, school=school, by=office.actor(), now=before), by=office.actor(), now=before)
    return school, office.actor()


def _printed(school: Any, by: Any) -> tuple[int, int]:
    """Batch after batch, as the page does it. Returns letters and bytes."""
    from porchlight.delivery.by_hand.letters import mark
    from porchlight.delivery.models import CameOf
    from porchlight.toolbox import school_time
    from porchlight.welcome.letters.gathering import area_key, batch
    from porchlight.welcome.letters.setting import pdf_of
    from porchlight.welcome.letters.writing import Writer

    count, size = 0, 0
    while True:
        now = school_time.now()
        rows = batch("area", area_key("BD3", school), actor=by, school=school, now=now).rows
        if not rows:
            return count, size
        size += len(pdf_of(Writer(school, by, now).told(rows)))
        done, _held = mark(rows, came_of=CameOf.PRINTED, by=by, now=now)
        count += done


def _cpu() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


if __name__ == "__main__":
    sys.exit(main())
