"""Families are asked when they can, on every channel; the last answer counts; silence costs nothing."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from porchlight.conversations.answering_for import answer_for, open_to
from porchlight.conversations.asking import taken_back
from porchlight.conversations.models import Answer, Ask, Message
from porchlight.conversations.reading import Given
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.delivery.models import Parcel
from porchlight.families.models import ContactPoint
from porchlight.meetings.models import Party, Round, RoundWindow
from porchlight.meetings.rounds.answers import apply
from porchlight.meetings.rounds.asking import (
    NotReady,
    ask_families,
    remind,
)
from porchlight.meetings.rounds.making import Facts, change_round
from porchlight.meetings.rounds.windows import label, pieces, windows_of
from porchlight.meetings.tests.a_round import (
    ANSWER_BY,
    DAYS,
    LATER,
    adult,
    ask,
    made_round,
    one_home,
    party_of,
    sibling,
    texts,
    times_of,
)
from porchlight.meetings.tests.conftest import NOW
from porchlight.meetings.ticking import tick

ALL = [
    "Thursday 12 November 3.30 pm – 5.30 pm",
    "Thursday 12 November 5.30 pm – 7.30 pm",
    "Saturday 14 November 9 am – 10.30 am",
    "Saturday 14 November 10.30 am – noon",
]


def asked(town: Town) -> Round:
    return ask(town, made_round(town))


def last_parcel(guardian: object) -> Parcel:
    return Parcel.objects.filter(guardian=guardian).latest("pk")


def test_days_are_cut_into_pieces_of_an_hour_and_a_half_or_more() -> None:
    evening, short = (time(15, 30), time(19, 30)), (time(16), time(17))
    assert pieces([evening]) == [[(time(15, 30), time(17, 30)), (time(17, 30), time(19, 30))]]
    assert pieces([short]) == [[short]]
    assert [len(parts) for parts in pieces([evening] * 3)] == [2, 2, 2]
    assert [len(parts) for parts in pieces([evening] * 6)] == [2, 2, 1, 1, 1, 1]
    assert [len(parts) for parts in pieces([evening] * 8)] == [1] * 8


def test_each_adult_is_asked_once_in_their_own_thread_and_language(town: Town) -> None:
    mother = adult(town, "Mother", town.yousaf.student, 1)
    one_home(town, town.yousaf.guardian, mother)
    sibling(town, "Sana Yousaf", town.class_4a, town.yousaf.guardian)
    round_ = ask(town, asked(town))
    assert [label(one, zone=town.school.zone) for one in windows_of(round_)] == ALL
    assert Ask.objects.count() == 2
    hers = Ask.objects.put_to(mother).get()
    assert [hers.label(one["key"], "en") for one in hers.options] == [*ALL, "Any time"]
    assert hers.closes_at == ANSWER_BY
    said = Message.objects.get(ask=hers)
    assert said.text.startswith(
        "Maple Street School would like to talk with you about Hamza. When can you come? Choose every time that "
        "works, by Friday 30 October."
    )
    assert said.text.endswith(f"/maple-street/rounds/{round_.key}/wishes/")
    his = last_parcel(town.yousaf.guardian)
    assert his.language == "ur"
    assert "Hamza، Sana" in his.text
    assert Ask.objects.put_to(town.yousaf.guardian).get().label("5", "ur") == "کسی بھی وقت"


@on_both_databases
def test_digits_in_a_text_become_times_and_the_last_answer_counts(town: Town) -> None:
    party = party_of(asked(town), town.yousaf.guardian)
    texts(town, town.yousaf.guardian, "1 3")
    party.refresh_from_db()
    assert times_of(party) == ["Thu 15:30-17:30", "Sat 09:00-10:30"]
    assert (party.answered_at, party.channel, party.typed_by) == (NOW + timedelta(hours=1), "sms", None)
    texts(town, town.yousaf.guardian, "۳، ۴", minutes=90)
    assert times_of(party) == ["Sat 09:00-12:00"]
    texts(town, town.yousaf.guardian, "5", minutes=95)
    assert times_of(party) == []
    party.refresh_from_db()
    assert party.answered_at == NOW + timedelta(minutes=95)


@on_both_databases
def test_of_a_couple_the_last_answer_counts_and_an_older_one_heard_again_changes_nothing(town: Town) -> None:
    mother = adult(town, "Mother", town.yousaf.student, 1)
    one_home(town, town.yousaf.guardian, mother)
    party = party_of(asked(town), mother)
    texts(town, town.yousaf.guardian, "1")
    texts(town, mother, "4", minutes=70)
    assert times_of(party) == ["Sat 10:30-12:00"]
    apply(Answer.objects.earliest("at"))
    assert times_of(party) == ["Sat 10:30-12:00"]


def test_a_row_pressed_on_whatsapp_and_any_time_beside_others(town: Town) -> None:
    party = party_of(asked(town), town.yousaf.guardian)
    texts(town, town.yousaf.guardian, ALL[1], channel="whatsapp", choice="2")
    party.refresh_from_db()
    assert (times_of(party), party.channel) == (["Thu 17:30-19:30"], "whatsapp")
    texts(town, town.yousaf.guardian, "2 5", minutes=70)
    assert times_of(party) == []


def test_a_colleague_types_what_they_said_on_the_telephone(town: Town) -> None:
    party = party_of(asked(town), town.yousaf.guardian)
    office = town.okafor.actor()
    ask, _message, _answer = open_to(town.yousaf.tie, actor=office, now=NOW)[0]
    answer_for(ask=ask, guardian=town.yousaf.guardian, given=Given(("2",)), by=office, now=NOW)
    party.refresh_from_db()
    assert (times_of(party), party.channel, party.typed_by) == (["Thu 17:30-19:30"], "voice", town.okafor)


def test_answers_of_parents_apart_do_not_touch(town: Town) -> None:
    mother = adult(town, "Mother", town.yousaf.student, 1)
    round_ = asked(town)
    texts(town, town.yousaf.guardian, "1")
    hers = party_of(round_, mother)
    assert (times_of(hers), hers.answered_at) == ([], None)
    assert times_of(party_of(round_, town.yousaf.guardian)) == ["Thu 15:30-17:30"]
    assert not Answer.objects.visible_to(mother.actor()).exists()
    assert not Message.objects.visible_to(mother.actor()).exclude(thread__guardian=mother).exists()


def test_an_answer_nobody_gave_is_taken_back(town: Town) -> None:
    party = party_of(asked(town), town.yousaf.guardian)
    texts(town, town.yousaf.guardian, "1")
    taken_back(Answer.objects.get())
    party.refresh_from_db()
    assert (times_of(party), party.answered_at, party.channel) == ([], None, "")


def test_after_the_last_day_words_still_reach_a_person(town: Town) -> None:
    party = party_of(asked(town), town.yousaf.guardian)
    late = int((ANSWER_BY - NOW).total_seconds() // 60) + 5
    texts(town, town.yousaf.guardian, "1", minutes=late)
    assert times_of(party) == []
    assert Message.objects.filter(author="guardian", text="1").exists()


def test_a_day_that_comes_later_changes_no_digit(town: Town) -> None:
    round_ = asked(town)
    party = party_of(round_, town.yousaf.guardian)
    days = [*DAYS, (LATER - timedelta(days=1), time(16), time(18))]
    facts = Facts(round_.name, ANSWER_BY, days, [town.class_4a])
    change_round(round_, facts, by=town.okafor.actor(), now=NOW)
    assert list(RoundWindow.objects.order_by("number").values_list("number", "day__day")) == [
        *[(1, LATER), (2, LATER), (3, DAYS[1][0]), (4, DAYS[1][0])],
        (5, LATER - timedelta(days=1)),
    ]
    texts(town, town.yousaf.guardian, "5")
    assert times_of(party) == []  # what was "any time" on their telephone still is


def test_a_child_who_comes_later_is_asked_by_the_clock(town: Town) -> None:
    round_ = asked(town)
    other = town.home(2)
    from porchlight.meetings.rounds.parties import form_parties

    form_parties(round_, now=NOW)
    tick(town.school, NOW + timedelta(minutes=5))
    assert Ask.objects.put_to(other.guardian).count() == 1
    assert Ask.objects.put_to(town.yousaf.guardian).count() == 1


def test_who_is_silent_hears_of_it_once_more_and_never_again(town: Town) -> None:
    other = town.home(2)
    asked(town)
    texts(town, other.guardian, "1")
    before = Parcel.objects.count()
    assert remind(town.school, now=NOW + timedelta(days=2)) == 0
    soon = ANSWER_BY - timedelta(days=2)
    tick(town.school, soon)
    tick(town.school, soon + timedelta(minutes=10))
    assert Parcel.objects.count() == before + 1
    reminder = last_parcel(town.yousaf.guardian)
    assert "یاد دہانی" in reminder.text
    assert Ask.objects.put_to(town.yousaf.guardian).count() == 1  # the same question: its digits still count
    texts(town, town.yousaf.guardian, "2", minutes=int((soon - NOW).total_seconds() // 60) + 5)
    assert times_of(Party.objects.get(members__guardian=town.yousaf.guardian)) == ["Thu 17:30-19:30"]


def test_a_couple_with_one_telephone_has_one_question_and_parents_apart_one_each(town: Town) -> None:
    mother = adult(town, "Mother", town.yousaf.student)
    one_home(town, town.yousaf.guardian, mother)
    apart = adult(town, "Grandmother", town.yousaf.student)
    for one in (mother, apart):
        ContactPoint.objects.create(
            school=town.school, address=town.yousaf.address, guardian=one, consented=True, rank=2
        )
    round_ = asked(town)
    assert Ask.objects.count() == 2
    assert set(Ask.objects.values_list("answer_from", flat=True)) == {"each_guardian"}
    soon = ANSWER_BY - timedelta(days=2)
    before = Message.objects.count()
    remind(town.school, now=soon)
    assert Message.objects.count() == before + 2
    assert party_of(round_, mother) == party_of(round_, town.yousaf.guardian)


def test_a_season_whose_last_day_is_over_is_not_asked(town: Town) -> None:
    round_ = made_round(town)
    with pytest.raises(NotReady):
        ask_families(round_, by=town.okafor.actor(), now=ANSWER_BY)
    assert not Ask.objects.exists()
