"""In the demo a season of the three classes waits to be asked, and Mr Yousaf has a talk on Thursday."""

from __future__ import annotations

from porchlight.demo.by_round import a_round_to_be_asked
from porchlight.demo.clock import FIRST, start
from porchlight.demo.load import load
from porchlight.families.models import Guardian
from porchlight.meetings.models import Meeting, PartyMember, Round, StandingHours
from porchlight.schools.models import StaffMember
from porchlight.schools.wall import school_context


def test_the_season_is_ready_nobody_is_asked_and_one_talk_is_arranged(db: None) -> None:
    school = load(town_port=1, mail_port=2)
    with school_context(school):
        for _ in range(2):
            a_round_to_be_asked(school, now=start(school))
        made = Round.objects.get()
        assert (made.asked_at, made.told_at) == (None, None)
        assert [f"{one.day:%a %d}" for one in made.days.order_by("day")] == ["Wed 14", "Thu 15", "Sat 17"]
        assert sorted(one.school_class.name for one in made.classes.all()) == ["4A", "5B", "6C"]
        hosts = made.hosts.order_by("staff__name")
        assert [(one.staff.name, one.interprets, one.said_at is not None) for one in hosts] == [
            ("Mr Bell", False, True),
            ("Mr Lindqvist", False, True),
            ("Mr Whitfield", False, True),
            ("Mrs Okafor", False, True),
            ("Mrs Osei", False, True),
            ("Ms Amal", False, True),
            ("Ms Reyes", True, True),
            ("Ms Tran", False, True),
        ]
        assert hosts.count() == StaffMember.objects.in_school(school).working().count()
        along = made.wishes.filter(must=True).values_list(
            "student__name", "hosts__host__staff__name", "taken_back_at"
        )
        assert set(along) == {
            ("Zainab Khan", "Ms Amal", None),
            ("Zainab Khan", "Mr Whitfield", None),
            ("Jakub Nowak", "Mr Lindqvist", None),
            ("Jakub Nowak", "Mrs Okafor", None),
        }
        father = Guardian.objects.get(addressed_as="Mr Yousaf")
        party = made.parties.get(members__guardian=father)
        assert (party.answered_at, party.language) == (None, "ur")
        assert PartyMember.objects.exclude(ask=None).count() == 0
        assert StandingHours.objects.count() == 3
        amal = StaffMember.objects.get(name="Ms Amal")
        talk = Meeting.objects.visible_to(father.actor()).get()
        assert (talk.sort, school.local(talk.starts_at).strftime("%a %H:%M")) == ("office_hour", "Thu 15:45")
        assert list(Meeting.objects.standing().of_staff(amal.pk)) == [talk]
        assert start(school) == FIRST < talk.starts_at
