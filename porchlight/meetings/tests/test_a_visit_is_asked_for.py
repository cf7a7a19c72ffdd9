"""A visit is offered or asked for on a keypad phone: yes at home, yes elsewhere, later, no; place and time in turn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from porchlight.conversations.models import Ask
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.tests.hearing_kit import told
from porchlight.meetings.models import Visit, VisitAsk
from porchlight.meetings.tests.conftest import NOW, THURSDAY
from porchlight.meetings.tests.visit_kit import FRIDAY, offered, other_parent, says
from porchlight.meetings.visits.offering import offer_to_class, standing_of
from porchlight.meetings.visits.rules import NEVER, NotNow


def asked() -> list[str]:
    return list(VisitAsk.objects.order_by("pk").values_list("asking", flat=True))


@on_both_databases
def test_a_father_says_yes_elsewhere_then_the_park_then_friday(town: Town) -> None:
    visit = offered(town, THURSDAY, FRIDAY)
    says(town, "2")
    says(town, "3", minutes=2)
    says(town, "2", minutes=3)
    visit.refresh_from_db()
    assert (visit.word, visit.place, visit.channel) == ("elsewhere", "park", "sms")
    assert [one.starts_at for one in visit.times.exclude(chosen_at=None)] == [FRIDAY]
    assert asked() == ["whether", "where", "when"]


def test_at_home_no_place_is_asked_and_without_times_nothing_more(town: Town) -> None:
    visit = offered(town)
    says(town, "1")
    visit.refresh_from_db()
    assert (visit.word, visit.place) == ("home", "home")
    assert asked() == ["whether"]


def test_the_question_is_in_the_homes_language_and_says_later_is_fine(town: Town) -> None:
    offered(town)
    (text,) = told(town.yousaf.guardian)
    assert "“بعد میں” بھی اچھا جواب ہے" in text
    assert Ask.objects.get().label("1", "ur") == "جی، گھر پر"


@pytest.mark.parametrize(("key", "day"), [("1", date(2027, 1, 11)), ("2", date(2027, 4, 13)), ("3", NEVER)])
def test_after_later_nobody_asks_before_the_day_they_said(town: Town, key: str, day: date) -> None:
    visit = offered(town)
    says(town, "3")
    says(town, key, minutes=2)
    visit.refresh_from_db()
    assert (visit.word, visit.ask_from) == ("later", day)
    before = len(told(town.yousaf.guardian))
    later = NOW + timedelta(days=89)
    with pytest.raises(NotNow, match="asked_lately"):
        offered(town, now=later)
    assert offer_to_class(town.class_4a, by=town.amal.actor(), now=later) == 0
    assert len(told(town.yousaf.guardian)) == before


def test_later_without_a_day_holds_for_three_months_and_then_they_may_be_asked(town: Town) -> None:
    offered(town)
    says(town, "3")
    assert Visit.objects.get().ask_from == date(2027, 1, 11)
    with pytest.raises(NotNow):
        offered(town, now=NOW + timedelta(days=89))
    assert offered(town, now=NOW + timedelta(days=91)).offered_at is not None


def test_silence_is_not_asked_again_for_three_months_either(town: Town) -> None:
    offered(town)
    with pytest.raises(NotNow):
        offered(town, now=NOW + timedelta(days=80))


def test_after_no_nobody_asks_for_a_year(town: Town) -> None:
    offered(town)
    says(town, "4")
    with pytest.raises(NotNow):
        offered(town, now=NOW + timedelta(days=360))
    assert Visit.objects.get().word == "no"


def test_the_last_word_counts_and_the_same_answer_twice_asks_no_more(town: Town) -> None:
    visit = offered(town)
    says(town, "1")
    says(town, "4", minutes=2)
    visit.refresh_from_db()
    assert visit.word == "no"


def test_each_home_of_a_class_is_asked_once_a_few_a_week(town: Town) -> None:
    for number in range(2, 9):
        town.home(number)
    actor = town.amal.actor()
    assert offer_to_class(town.class_4a, by=actor, now=NOW) == 5
    assert offer_to_class(town.class_4a, by=actor, now=NOW + timedelta(days=1)) == 0
    assert offer_to_class(town.class_4a, by=actor, now=NOW + timedelta(days=8)) == 3
    standing = standing_of(town.class_4a, actor=actor, now=NOW + timedelta(days=9))
    assert (standing.children, standing.visited, standing.offered, standing.never) == (8, 0, 8, [])


def test_parents_apart_are_each_asked_and_know_nothing_of_each_other(town: Town) -> None:
    mother = other_parent(town)
    assert offer_to_class(town.class_4a, by=town.amal.actor(), now=NOW) == 2
    says(town, "1")
    theirs = Visit.objects.visible_to(town.yousaf.guardian.actor())
    hers = Visit.objects.visible_to(mother.actor())
    assert [one.word for one in theirs] == ["home"]
    assert [one.word for one in hers] == [""]
    assert not any("گھر" in text for text in told(mother))


def test_who_may_not_be_told_about_the_child_is_never_asked(town: Town) -> None:
    town.yousaf.restrict()
    with pytest.raises(NotNow, match="not_allowed"):
        offered(town)
    assert offer_to_class(town.class_4a, by=town.amal.actor(), now=NOW) == 0
    assert told(town.yousaf.guardian) == []


def test_a_family_asks_for_a_visit_with_one_word(town: Town) -> None:
    says(town, "ہمارے گھر آئیں")
    visit = Visit.objects.get()
    assert (visit.asked_by, visit.staff, visit.word) == ("family", None, "")
    says(town, "6", minutes=2)
    visit.refresh_from_db()
    assert (visit.word, visit.place) == ("home", "home")
    assert "شکریہ" in told(town.yousaf.guardian)[0]


def test_a_colleague_sees_no_visit_to_their_own_child(town: Town) -> None:
    visit = offered(town)
    assert list(Visit.objects.visible_to(town.amal.actor())) == [visit]
    town.yousaf.guardian.user = town.amal.user
    town.yousaf.guardian.save()
    assert list(Visit.objects.visible_to(town.amal.actor())) == []
