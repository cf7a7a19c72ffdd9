"""Two adults with a leader's permission, named to the family; what stops it; and in and out by a tap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.conversations.tests.hearing_kit import told
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests import cast
from porchlight.errands.models import Errand
from porchlight.meetings.arranging import Taken, call_off, move
from porchlight.meetings.models import AtMeetings, Meeting, Visit, VisitAsk, VisitCheck, VisitTime
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.meetings.tests.visit_kit import (
    FRIDAY,
    bell,
    deputy,
    leader,
    offered,
    other_parent,
    permitted,
    says,
    welcomed,
    with_day,
)
from porchlight.meetings.visits import checking, pairing, ticking
from porchlight.meetings.visits.offering import ask_openly
from porchlight.meetings.visits.rules import NotNow
from porchlight.meetings.visits.waiting import waiting
from porchlight.schools.actors import Role

END = THURSDAY + timedelta(minutes=40)


def alerts() -> list[str]:
    """Addresses that were told that something needs them."""
    rows = Parcel.objects.filter(service_kind="staff_alert").order_by("pk")
    return [row.deliveries.get().to for row in rows]


def test_the_family_is_told_both_names_the_hour_and_the_place_before(town: Town) -> None:
    with_day(town)
    text = told(town.yousaf.guardian)[-1]
    assert "Ms Amal" in text
    assert "Mr Bell" in text
    assert "ہمارے گھر پر" in text
    says(town, "1", minutes=5)
    assert Meeting.objects.get().guests.get().word == "yes"


def test_it_takes_two_different_adults(town: Town) -> None:
    visit = welcomed(town)
    with pytest.raises(NotNow, match="two_adults"):
        pairing.name_pair(visit, town.amal, town.amal, by=town.amal.actor(), now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.update(first=town.amal, second=town.amal)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.update(first=town.amal)


def test_no_day_stands_without_a_leaders_permission_for_these_two(town: Town) -> None:
    visit = permitted(town)
    third = staff(town.school, "Ms Lund", Role.TEACHER)
    pairing.name_pair(visit, town.amal, third, by=town.amal.actor(), now=NOW)
    with pytest.raises(NotNow, match="no_permission"):
        pairing.fix_day(visit, THURSDAY, by=town.amal.actor(), now=NOW)
    with pytest.raises(PermissionDenied):
        pairing.permit(visit, pairing.Of.PAIR, by=town.amal.actor(), now=NOW)
    pairing.permit(visit, pairing.Of.PAIR, by=leader(town).actor(), now=NOW)
    assert pairing.fix_day(visit, THURSDAY, by=town.amal.actor(), now=NOW).is_on


def test_a_family_that_wishes_for_women_gets_two_women(town: Town) -> None:
    visit = welcomed(town)
    Visit.objects.update(person="woman")
    visit.refresh_from_db()
    lund = staff(town.school, "Ms Lund", Role.TEACHER)
    for person, what in ((town.amal, "woman"), (bell(town), "man")):
        AtMeetings.objects.create(school=town.school, staff=person, person=what)
    for other in (bell(town), lund):  # of Ms Lund nobody knows it: never guessed
        with pytest.raises(NotNow, match="person"):
            pairing.name_pair(visit, town.amal, other, by=town.amal.actor(), now=NOW)
    AtMeetings.objects.create(school=town.school, staff=lund, person="woman")
    assert pairing.name_pair(visit, town.amal, lund, by=town.amal.actor(), now=NOW).second == lund


def test_nobody_visits_their_own_child(town: Town) -> None:
    visit = welcomed(town)
    town.yousaf.guardian.user = bell(town).user
    town.yousaf.guardian.save()
    with pytest.raises(NotNow, match="own_child"):
        pairing.name_pair(visit, town.amal, bell(town), by=town.amal.actor(), now=NOW)


def test_later_on_the_phone_stops_a_day_that_stood_and_no_reason_is_asked(town: Town) -> None:
    with_day(town)
    says(town, "3", minutes=5)
    visit = Visit.objects.get()
    assert (visit.word, visit.meeting) == ("later", None)
    assert Meeting.objects.get().called_off_why == "family"


def test_another_time_leaves_the_visit_welcome_and_the_day_free(town: Town) -> None:
    with_day(town)
    says(town, "2", minutes=5)
    visit = Visit.objects.get()
    assert (visit.word, visit.meeting) == ("home", None)
    assert not VisitTime.objects.filter(starts_at=THURSDAY).exists()


def test_something_serious_is_said_openly_and_leaves_only_with_a_leaders_yes(town: Town) -> None:
    home = town.yousaf
    canary = "He hid under the table on Monday"
    visit = ask_openly(
        student=home.student, guardian=home.guardian, words=canary, by=town.amal.actor(), now=NOW
    )
    assert told(home.guardian) == []
    assert list(Visit.objects.visible_to(home.guardian.actor())) == []
    pairing.permit(visit, pairing.Of.ASK, by=leader(town).actor(), now=NOW)
    (text,) = told(home.guardian)
    assert "سنجیدہ" in text
    assert canary not in text
    assert Visit.objects.visible_to(home.guardian.actor()).get().words == canary


def test_a_restriction_set_before_a_leaders_yes_keeps_the_question_here(town: Town) -> None:
    home = town.yousaf
    visit = ask_openly(student=home.student, guardian=home.guardian, words="x", by=town.amal.actor(), now=NOW)
    home.restrict()
    with pytest.raises(NotNow, match="not_allowed"):
        pairing.permit(visit, pairing.Of.ASK, by=leader(town).actor(), now=NOW)
    assert told(home.guardian) == []


def test_a_restriction_between_the_offer_and_the_day_stops_everything(town: Town) -> None:
    visit = with_day(town)
    cast.reachable(town.amal, "+447700900801")
    sent = len(told(town.yousaf.guardian))
    town.yousaf.restrict()
    with pytest.raises(NotNow):
        checking.check_in(visit, by=town.amal.actor(), now=THURSDAY)
    ticking.tick(town.school, NOW + timedelta(minutes=10))
    visit.refresh_from_db()
    assert (visit.stopped_why, visit.meeting) == ("not_allowed", None)
    assert Meeting.objects.get().called_off_at is not None
    assert len(told(town.yousaf.guardian)) == sent
    assert alerts() == ["+447700900801"]
    assert list(Visit.objects.visible_to(town.yousaf.guardian.actor())) == []


def test_a_restriction_before_the_answer_makes_the_answer_count_for_nothing(town: Town) -> None:
    offered(town, THURSDAY, FRIDAY)
    town.yousaf.restrict()
    says(town, "1")
    assert Visit.objects.get().word == ""
    with pytest.raises(NotNow, match="not_allowed"):
        pairing.fix_day(Visit.objects.get(), THURSDAY, by=town.amal.actor(), now=NOW)


def test_the_other_parent_knows_nothing_of_the_day(town: Town) -> None:
    mother = other_parent(town)
    with_day(town)
    assert told(mother) == []
    assert list(Visit.objects.visible_to(mother.actor())) == []
    assert list(Meeting.objects.visible_to(mother.actor())) == []
    assert list(VisitTime.objects.visible_to(mother.actor())) == []


def test_only_the_two_who_asked_the_office_and_leaders_see_it(town: Town) -> None:
    visit = with_day(town)
    other = staff(town.school, "Ms Lund", Role.TEACHER)
    seen = [town.amal, bell(town), town.okafor, leader(town)]
    assert [list(Visit.objects.visible_to(one.actor())) for one in seen] == [[visit]] * 4
    assert [list(Visit.objects.visible_to(one.actor())) for one in (other, town.reyes)] == [[], []]


@on_both_databases
def test_who_does_not_come_out_is_asked_after_by_the_leader_then_the_deputy(town: Town) -> None:
    visit = with_day(town)
    cast.reachable(leader(town), "+447700900901")
    cast.reachable(deputy(town), "+447700900902")
    for person in (town.amal, bell(town)):
        checking.check_in(visit, by=person.actor(), now=THURSDAY)
    checking.check_out(visit, by=town.amal.actor(), now=END)
    ticking.tick(town.school, END + timedelta(minutes=29))
    assert alerts() == []
    for minutes in (30, 32, 44):
        ticking.tick(town.school, END + timedelta(minutes=minutes))
    assert alerts() == ["+447700900901"]
    ticking.tick(town.school, END + timedelta(minutes=46))
    assert alerts() == ["+447700900901", "+447700900902"]
    ticking.tick(town.school, END + timedelta(minutes=90))
    assert len(alerts()) == 2
    assert Errand.objects.open().filter(kind="visit_overdue").count() == 2
    checking.check_out(visit, by=bell(town).actor(), now=END + timedelta(minutes=91))
    assert not Errand.objects.open().filter(kind="visit_overdue").exists()


def test_who_both_came_out_is_not_asked_after(town: Town) -> None:
    visit = with_day(town)
    cast.reachable(leader(town), "+447700900901")
    for person in (town.amal, bell(town)):
        checking.check_in(visit, by=person.actor(), now=THURSDAY)
        checking.check_out(visit, by=person.actor(), now=END)
    ticking.tick(town.school, END + timedelta(hours=1))
    assert alerts() == []


def test_the_school_names_whom_to_call_and_never_one_of_the_two(town: Town) -> None:
    visit = with_day(town)
    head, second = leader(town), deputy(town)
    checking.name_callers(town.school, [town.okafor, town.amal], by=head.actor())
    assert checking.callers(town.school, visit) == [town.okafor, head, second]


def test_only_the_two_tap_and_not_before_the_hour(town: Town) -> None:
    visit = with_day(town)
    with pytest.raises(PermissionDenied):
        checking.check_in(visit, by=town.okafor.actor(), now=THURSDAY)
    with pytest.raises(NotNow, match="too_early"):
        checking.check_in(visit, by=town.amal.actor(), now=THURSDAY - timedelta(hours=2))
    with pytest.raises(NotNow, match="not_in"):
        checking.check_out(visit, by=town.amal.actor(), now=THURSDAY)
    assert {field.name for field in VisitCheck._meta.get_fields()} == {
        *("id", "school", "visit", "staff", "in_at", "out_at")
    }


def test_a_day_moved_elsewhere_is_asked_about_anew_and_the_old_answer_counts_for_nothing(town: Town) -> None:
    with_day(town)
    says(town, "1", minutes=5)
    move(
        Meeting.objects.get(), starts_at=FRIDAY, ends_at=FRIDAY + timedelta(minutes=40), by=town.amal.actor(),
        now=NOW + timedelta(minutes=6),
    )  # fmt: skip
    assert Meeting.objects.get().guests.get().word == ""
    assert VisitAsk.objects.filter(asking="suits").count() == 2
    says(town, "1", minutes=8)
    assert Meeting.objects.get().guests.get().word == "yes"


def test_a_day_called_off_elsewhere_leaves_the_visit_welcome_without_one(town: Town) -> None:
    with_day(town)
    call_off(Meeting.objects.get(), why="school", by=town.amal.actor(), now=NOW)
    visit = Visit.objects.get()
    assert (visit.word, visit.meeting, visit.stopped_at) == ("home", None, None)


def test_an_interpreter_is_named_to_the_family_and_sees_the_visit(town: Town) -> None:
    visit = permitted(town)
    khan = staff(town.school, "Mrs Khan", Role.INTERPRETER)
    assert list(Visit.objects.visible_to(khan.actor())) == []
    meeting = pairing.fix_day(visit, THURSDAY, by=town.amal.actor(), now=NOW, interpreter=khan)
    assert (meeting.language, meeting.interpreter) == ("ur", khan)
    assert "Mrs Khan ترجمہ کریں گے" in told(town.yousaf.guardian)[-1]
    assert list(Visit.objects.visible_to(khan.actor())) == [visit]


def test_who_sits_elsewhere_then_cannot_go(town: Town) -> None:
    visit = permitted(town)
    meet(town, THURSDAY + timedelta(minutes=30), hosts=[bell(town)])
    with pytest.raises(Taken):
        pairing.fix_day(visit, THURSDAY, by=town.amal.actor(), now=NOW)
    assert Visit.objects.get().meeting is None


def test_the_school_calls_off_and_the_family_hears_of_it(town: Town) -> None:
    visit = with_day(town)
    pairing.stop(visit, why="school", by=town.amal.actor(), now=NOW)
    assert "نہیں ہوگی" in told(town.yousaf.guardian)[-1]
    assert (Visit.objects.get().stopped_why, Meeting.objects.get().called_off_why) == ("school", "school")


def test_a_wish_of_a_family_waits_with_a_number_for_the_office_and_leaders_alone(town: Town) -> None:
    says(town, "ہمارے گھر آئیں")
    seen = [town.okafor, leader(town), town.amal]
    assert [waiting(one.actor()) for one in seen] == [1, 1, 0]
