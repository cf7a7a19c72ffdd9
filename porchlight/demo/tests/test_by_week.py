"""In the demo 4A's homes had an update last week, and this week's waits on Ms Amal's desk."""

from __future__ import annotations

from porchlight.conversations.models import Notice
from porchlight.demo.by_week import a_class_with_a_week
from porchlight.demo.clock import start
from porchlight.demo.load import load
from porchlight.families.models import Guardian
from porchlight.schools.models import SchoolClass, StaffMember
from porchlight.schools.wall import school_context
from porchlight.updates.models import ClassWeek
from porchlight.updates.weekly import waiting, written


def test_one_was_sent_and_one_is_ready(db: None) -> None:
    school = load(town_port=1, mail_port=2)
    with school_context(school):
        for _ in range(2):
            a_class_with_a_week(school, now=start(school))
        now = start(school)
        notice = Notice.objects.get()
        version = notice.versions.get(language="ur")
        assert version.text.startswith("4A میں یہ ہفتہ:\nاس ٹرم میں ہم کیا سیکھتے ہیں: کسریں")
        assert version.provenance == "person"
        father = Guardian.objects.get(addressed_as="Mr Yousaf")
        assert father.threads.filter(messages__notice=notice).exists()
        amal = StaffMember.objects.get(name="Ms Amal").actor()
        [row] = waiting(amal, school=school, now=now)
        assert row.school_class == SchoolClass.objects.get(name="4A")
        assert "No school from Monday 26 October" in written(row, now=now).words.text
        assert ClassWeek.objects.filter(school_class=row.school_class).count() == 2
