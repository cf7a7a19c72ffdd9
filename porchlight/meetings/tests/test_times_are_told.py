"""Families get one message with all their times and answer by a digit; another time is found, or a person sees to it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import time_machine

from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import say, told
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.cast import Home
from porchlight.families.models import Guardianship
from porchlight.meetings.models import LateChange, Meeting
from porchlight.meetings.planned import changing, moving, telling
from porchlight.meetings.planned.ticking import tick
from porchlight.meetings.tests.a_round import ARound, a_round, other_parent, sibling
from porchlight.meetings.tests.conftest import NOW

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def made(town: Town) -> ARound:
    return a_round(town)


def tell(made: ARound, now: datetime = NOW) -> None:
    """What the button does, and then a worker."""
    telling.tell_the_families(made.round, by=made.office.actor(), now=now)
    with time_machine.travel(now, tick=False):
        telling.work(made.town.school.pk, made.round.pk)
    made.round.refresh_from_db()


def with_amal(made: ARound, number: int = 2) -> Home:
    """A home that can on Thursday from four to five past four, and on Saturday."""
    home = made.town.home(number, reads="en")
    party = made.party(home)
    made.can(party, time(16), time(16, 10))
    made.can(party, time(9), time(11), day=1)
    made.wish(party, home.student)
    return home


@on_both_databases
def test_one_message_has_all_times_of_a_family_siblings_back_to_back(town: Town) -> None:
    made = a_round(town)
    home = town.home(2, reads="en")
    party = made.party(home)
    made.can(party, time(16), time(16, 20))
    made.wish(party, home.student)
    made.wish(party, sibling(town, "Ayesha Smith", town.class_4a, home.guardian))
    made.planned()
    tell(made)
    tell(made, NOW + timedelta(hours=1))
    lines = told(home.guardian)[0].split("\n")
    assert len(told(home.guardian)) == 1
    assert "Your times to talk with Maple Street School:" in lines
    said = sorted(line.split(": ", 1)[1] for line in lines if line.startswith("Thursday 15 October 4"))
    assert said == ["Ayesha, Ms Amal (Room 4)", "Child2, Ms Amal (Room 4)"]
    first, second = Meeting.objects.filter(told_at__isnull=False).order_by("starts_at")
    assert first.ends_at == second.starts_at
    say(town, "1", LATER, home.address)
    assert [one.guests.get().word for one in (first, second)] == ["yes", "yes"]


def test_nobody_is_told_before_the_office_says_so_and_once_they_are_no_plan_is_made_anew(
    made: ARound,
) -> None:
    home = with_amal(made)
    made.planned()
    telling.work(made.town.school.pk, made.round.pk)
    assert told(home.guardian) == []
    tell(made)
    assert len(told(home.guardian)) == 1
    from porchlight.meetings.planned.searching import Told

    with pytest.raises(Told):
        made.plan()


def test_parents_who_live_apart_read_their_own_times_alone(made: ARound, town: Town) -> None:
    father = town.yousaf.guardian
    father.reads = "en"
    father.save()
    mother = other_parent(town, town.yousaf, 77, reads="en")
    for adult, hour in ((father, 16), (mother, 17)):
        party = made.party(town.yousaf, adult, family="yousaf")
        made.can(party, time(hour), time(hour, 10))
        made.wish(party, town.yousaf.student)
    made.planned()
    tell(made)
    (his,), (hers,) = told(father), told(mother)
    assert "Thursday 15 October 4 pm: Hamza" in his
    assert "5 pm" not in his
    assert "Thursday 15 October 5 pm: Hamza" in hers
    assert "4 pm" not in hers
    assert Meeting.objects.visible_to(father.actor()).count() == 1
    assert Meeting.objects.visible_to(mother.actor()).get().guests.get().guardian == mother


def test_it_is_said_in_their_language_with_who_interprets_and_by_which_way(made: ARound, town: Town) -> None:
    speaker = made.host("Ms Noor", "ur")
    made.there(speaker, time(16), time(18))
    party = made.party(town.yousaf, language="ur", modes=["phone"])
    made.can(party, time(16), time(16, 10))
    made.wish(party, town.yousaf.student)
    made.planned()
    tell(made)
    lines = told(town.yousaf.guardian)[0].split("\n")
    assert "Maple Street School سے بات کرنے کے لیے آپ کے اوقات:" in lines
    assert "آپ کے لیے ایک مترجم موجود ہوگا۔" in lines
    (time_,) = [line for line in lines if "Ms Amal" in line and "Hamza" in line and "بجے" in line]
    assert time_.endswith("(ہم آپ کو فون کریں گے)")


def test_it_can_be_taken_back_while_nothing_has_left(made: ARound) -> None:
    home = with_amal(made)
    made.planned()
    tell(made)
    telling.take_the_telling_back(made.round, by=made.office.actor(), now=NOW + timedelta(seconds=20))
    made.round.refresh_from_db()
    assert (made.round.told_at, Meeting.objects.get(wish__round=made.round).told_at) == (None, None)
    assert Message.objects.get(thread__guardian=home.guardian).undone_at is not None
    assert not Delivery.objects.filter(parcel__guardian=home.guardian, stopped="", sent_at=None).exists()
    tell(made, LATER)
    with pytest.raises(telling.TooLate):
        telling.take_the_telling_back(made.round, by=made.office.actor(), now=LATER + timedelta(minutes=1))


def test_two_on_the_telephone_brings_another_time_and_asks_anew(made: ARound, town: Town) -> None:
    home, other = with_amal(made), town.home(3)
    made.wish(made.party(other), other.student)
    made.planned()
    tell(made)
    meeting = Meeting.objects.get(student=home.student)
    theirs = Meeting.objects.get(student=other.student)
    before = meeting.starts_at
    say(town, "2", LATER, home.address)
    tick(town.school, LATER)
    meeting.refresh_from_db()
    assert meeting.starts_at != before
    assert meeting.guests.get().word == ""
    assert LateChange.objects.get().outcome == "moved"
    assert "We have found another time for you:" in told(home.guardian)[-1]
    kept = Meeting.objects.get(student=other.student)
    assert (kept.starts_at, kept.revision, len(told(other.guardian))) == (theirs.starts_at, 0, 1)
    say(town, "1", LATER + timedelta(minutes=1), home.address)
    assert meeting.guests.get().word == "yes"


def test_where_no_other_time_is_free_theirs_stays_and_the_office_finds_them(made: ARound, town: Town) -> None:
    home = town.home(2, reads="en")
    party = made.party(home)
    made.can(party, time(16), time(16, 10))
    made.wish(party, home.student)
    made.planned()
    tell(made)
    say(town, "2", LATER, home.address)
    tick(town.school, LATER)
    meeting = Meeting.objects.get()
    assert (meeting.is_on, meeting.guests.get().word) == (True, "another")
    assert LateChange.objects.get().outcome == "none"
    assert "We have found no other time about Child2 yet. Your time stays for now" in told(home.guardian)[-1]
    tick(town.school, LATER + timedelta(minutes=1))
    assert len(told(home.guardian)) == 2
    say(town, "1", LATER + timedelta(minutes=2), home.address)
    assert (meeting.guests.get().word, LateChange.objects.count()) == ("yes", 0)


def test_cannot_frees_the_time_and_nobody_proposes_it_again(made: ARound, town: Town) -> None:
    home = with_amal(made)
    made.planned()
    tell(made)
    say(town, "3", LATER, home.address)
    meeting = Meeting.objects.get()
    assert (meeting.is_on, meeting.called_off_why) == (False, "family")
    assert (LateChange.objects.get().why, LateChange.objects.get().outcome) == ("cannot", "freed")
    assert changing.put_in(made.round, by=made.office.actor(), now=LATER) == []
    assert len(told(home.guardian)) == 1


def test_a_couple_comes_as_long_as_one_of_them_can(made: ARound, town: Town) -> None:
    home = town.home(2, reads="en")
    mother = other_parent(town, home, 78, name="Mrs Smith", reads="en")
    made.wish(made.party(home, home.guardian, mother), home.student)
    made.planned()
    tell(made)
    say(town, "3", LATER, home.address)
    assert Meeting.objects.get().is_on
    say(town, "3", LATER + timedelta(minutes=1), mother.contact_points.get().address)
    assert not Meeting.objects.get().is_on


def test_a_teacher_falls_ill_and_only_hers_are_moved_and_told(made: ARound, town: Town) -> None:
    moved, lost, other = with_amal(made), town.home(3, reads="en"), town.home(4, reads="en")
    party = made.party(lost)
    made.can(party, time(17), time(17, 30))
    made.wish(party, lost.student)
    made.wish(made.party(other), other.student, made.boone)
    made.planned()
    wish = made.round.wishes.get(student=moved.student)
    moving.move(wish, day_id=made.days[0].pk, slot=0, by=made.office.actor(), now=NOW, pin=False)
    tell(made)
    assert changing.away(made.amal, made.days[0], by=made.office.actor(), now=LATER) == 2
    tick(town.school, LATER)
    assert Meeting.objects.standing().filter(starts_at__date="2026-10-15").get().student == other.student
    assert "We had to change a time and are sorry." in told(moved.guardian)[-1]
    assert "The meeting about Child3 cannot be held" in told(lost.guardian)[-1]
    assert len(told(other.guardian)) == 1


def test_what_is_put_in_later_is_told_at_once_and_touches_nobody(made: ARound, town: Town) -> None:
    home, late = with_amal(made), town.home(5, reads="en")
    made.planned()
    tell(made)
    wish = made.wish(made.party(late), late.student)
    assert changing.put_in(made.round, by=made.office.actor(), now=LATER) == [wish.key]
    assert (len(told(home.guardian)), len(told(late.guardian))) == (1, 1)


def test_who_may_not_be_told_any_more_is_not(made: ARound) -> None:
    home = with_amal(made)
    made.planned()
    Guardianship.objects.filter(guardian=home.guardian).update(may_receive=False)
    tell(made)
    assert told(home.guardian) == []
