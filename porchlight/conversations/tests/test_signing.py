"""A signature stands until it is taken back; new shapes are told apart from the others that are open on one phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from porchlight.activity.models import Entry
from porchlight.conversations.ask_codes import need_code
from porchlight.conversations.models import Answer, Ask, Shape, Signature
from porchlight.conversations.models.signatures import NotChanged, version_of
from porchlight.conversations.notices import Question
from porchlight.conversations.reading import Home, read_answer
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import ask, say, served
from porchlight.conversations.times import times_to_choose
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.languages.signing import name_signed
from porchlight.toolbox import school_time


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=True):
        yield


def times() -> list[dict[str, object]]:
    """Three days from now on, at the same hour."""
    now = school_time.now().replace(hour=13, minute=30)
    return times_to_choose([now + timedelta(days=day) for day in (1, 2, 3)])


def test_a_signature_stands_word_for_word_until_it_is_taken_back(town: Town) -> None:
    put = ask(town, Question("sign"))
    say(town, "Dastakhat: Imran Yousaf")
    one = Signature.objects.get()
    assert (one.name, one.version, one.channel) == ("Imran Yousaf", version_of(one.words), "sms")
    assert one.words
    entry = Entry.objects.get(verb="ask.signed")
    assert entry.facts["version"] == one.version
    one.words = "Other words"
    with pytest.raises(NotChanged):
        one.save()
    say(town, "I sign Somebody Else")
    assert Signature.objects.standing().get().name == "Imran Yousaf"
    assert "Imran Yousaf" in served("answer_refused")[0].text
    say(town, "wapas")
    assert not Signature.objects.standing().exists()
    say(town, "I sign Somebody Else")
    assert Signature.objects.standing().get().is_another_name
    assert [one.keys for one in Answer.objects.filter(ask=put).counting()] == [["signed"]]


def test_a_closed_question_takes_no_signature_back(town: Town) -> None:
    ask(town, Question("sign"))
    say(town, "I sign Imran Yousaf")
    Ask.objects.update(closed_at=school_time.now())
    say(town, "withdraw")
    assert Signature.objects.standing().exists()
    assert served("ask_closed")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("I sign: Imran Yousaf", "Imran Yousaf"),
        ("FIRMO María López", "María López"),
        ("دستخط عمران یوسف", "عمران یوسف"),
        ("أوقّع عمران يوسف", "عمران يوسف"),
        ("我签字：张明", "张明"),
        ("签字张明", "张明"),
        ("main dastakhat karta hoon Imran", "Imran"),
        ("Imran Yousaf", "Imran Yousaf"),
        ("Bilal Khan", ""),
        ("I sign", ""),
        ("sign 1", ""),
        ("I am not happy with this", ""),
    ],
)
def test_a_name_signs_behind_the_word_or_where_it_is_theirs(said: str, name: str) -> None:
    assert name_signed(said, ("Imran Yousaf", "Mr Yousaf")) == name


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("2", "2"), ("Friday", "2"), ("4 pm", "2"), ("jumma", "2"), ("viernes please", "2"), ("4.00", "2"),
        ("جمعہ", "2"), ("Thursday 3.30", "1"), ("not Friday", None), ("pm", None), ("Sunday", None), ("9", None),
    ],
)  # fmt: skip
def test_a_day_or_an_hour_answers_where_only_one_time_has_it(town: Town, said: str, key: str | None) -> None:
    offered = [
        {"key": "1", "at": "2026-10-15T15:30:00+01:00", "labels": {}},
        {"key": "2", "at": "2026-10-16T16:00:00+01:00", "labels": {}},
    ]
    question = Ask(school=town.school, shape=Shape.CHOOSE_TIME, options=offered, code="K4")
    found = read_answer(question, said, home=Home("en"))
    assert (found.keys[0] if found else None) == key


def test_each_reads_a_time_in_their_own_words_and_on_their_own_clock(town: Town) -> None:
    offered = [{"key": "1", "at": "2026-10-15T15:30:00+01:00", "labels": {}}]
    question = Ask(school=town.school, shape=Shape.CHOOSE_TIME, options=offered)
    assert question.label("1", "en") == "Thursday 15 October 3.30 pm"
    assert question.label("1", "ur-Latn") == "Jumeraat 15 October seh pehar 3:30 baje"


def test_shapes_that_cannot_be_confused_need_no_code_and_others_say_theirs(town: Town) -> None:
    yes = ask(town, Question("yes_no"))
    time = ask(town, Question("choose_time", times()))
    sign = ask(town, Question("sign"))
    father, now = [town.yousaf.guardian.pk], school_time.now()
    assert [need_code(one, father, now) for one in (time, sign)] == [{*father}, set()]
    say(town, "I sign Imran Yousaf")
    say(town, f"{yes.code} 2")
    say(town, "3")
    kept = {one.ask.shape: one.keys for one in Answer.objects.counting().select_related("ask")}
    assert kept == {"sign": ["signed"], "yes_no": ["no"], "choose_time": ["3"]}
    assert yes.code in served("ask_answered")[1].text
    assert time.code not in served("ask_answered")[2].text


def test_two_digits_one_after_the_other_answer_two_questions(town: Town) -> None:
    first = ask(town, Question("yes_no"), at=TUESDAY - timedelta(minutes=1))
    second = ask(town, Question("choose_time", times()))
    say(town, "1")
    say(town, "2")
    assert Answer.objects.get(ask=second).keys == ["1"]
    assert Answer.objects.get(ask=first).keys == ["no"]


def test_a_digit_is_no_spoken_word_and_a_time_that_is_over_is_kindly_refused(town: Town) -> None:
    ask(town, Question("voice_note"))
    say(town, "1")
    assert not Answer.objects.exists()
    gone = times_to_choose([school_time.now() - timedelta(hours=hours) for hours in (1, 2)])
    ask(town, Question("choose_time", gone))
    say(town, "1")
    assert not Answer.objects.get().accepted
    assert served("answer_refused")
