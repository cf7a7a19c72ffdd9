"""What a press, a digit or a few words say to a question; and what the room that asked makes of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from porchlight.conversations import asking
from porchlight.conversations.asking import Verdict, register_owner
from porchlight.conversations.models import Answer, Ask, Shape
from porchlight.conversations.notices import Question
from porchlight.conversations.reading import Given, read_answer
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import ask, say, served

OPTIONS = [{"key": str(n), "labels": {"en": name}} for n, name in enumerate(("Friday", "Sunday"), 1)]


def question(shape: Shape) -> Ask:
    return Ask(shape=shape, options=OPTIONS if "choose" in shape else [], code="ABC")


@pytest.mark.parametrize(
    ("shape", "choice", "keys"),
    [
        (Shape.YES_NO, "1", ("yes",)),
        (Shape.YES_NO, "2", ("no",)),
        (Shape.YES_NO, "3", None),
        (Shape.ACKNOWLEDGE, "1", ("seen",)),
        (Shape.ACKNOWLEDGE, "2", None),
        (Shape.CHOOSE_ONE, "2", ("2",)),
        (Shape.CHOOSE_ONE, "9", None),
        (Shape.CHOOSE_SEVERAL, "1", ("1",)),
    ],
)
def test_a_press_means_what_stood_on_it_and_a_strange_key_means_nothing(
    shape: Shape, choice: str, keys: tuple[str, ...] | None
) -> None:
    found = read_answer(question(shape), "whatever the button said", choice)
    assert (found.keys if found else None) == keys


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("3", "3"),
        ("۳", "3"),
        ("we are 3", "3"),
        ("3 of us", "3"),
        ("2,5", "2.5"),
        ("-1", "-1"),
        ("many", None),
        ("3 or 4", None),
        ("we will all come, that is to say 3", None),
    ],
)
def test_one_number_among_a_few_words_is_the_answer(words: str, number: str | None) -> None:
    found = read_answer(question(Shape.NUMBER), words)
    assert (found.number if found else None) == (Decimal(number) if number else None)


@pytest.mark.parametrize("words", ["1", "ok", "yes", "haan", "ٹھیک ہے"])
def test_seen_is_said_in_several_ways(words: str) -> None:
    assert read_answer(question(Shape.ACKNOWLEDGE), words, reads="ur") == Given(("seen",), text=words)


@pytest.mark.parametrize("shape", [Shape.ACKNOWLEDGE, Shape.YES_NO, Shape.CHOOSE_ONE, Shape.CHOOSE_SEVERAL])
def test_words_that_say_something_else_are_for_a_person(shape: Shape) -> None:
    assert read_answer(question(shape), "When does it begin?") is None


def test_a_short_text_is_taken_as_it_is_and_nothing_is_no_answer() -> None:
    short = question(Shape.SHORT_TEXT)
    assert read_answer(short, " No nuts ") == Given(text="No nuts")
    assert read_answer(short, "  ") is None


@pytest.mark.parametrize(
    ("shape", "options", "text", "told"),
    [
        ("number", [], "we are 3", "3"),
        ("choose_several", OPTIONS, "1 2", "Friday"),
        ("short_text", [], "No nuts", "No nuts"),
        ("yes_no", [], "nahi", ""),
    ],
)
def test_what_was_understood_is_said_back(
    town: Town, shape: str, options: list, text: str, told: str
) -> None:
    ask(town, Question(shape, options))
    say(town, text)
    assert Answer.objects.get().text == text
    [confirmation] = served("ask_answered")
    assert told in confirmation.text


def test_the_room_that_asked_may_refuse_and_its_words_reach_the_home(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_owners", asking._Owners())
    register_owner("meetings", lambda answer: Verdict(accepted=False, words="That time was taken."))
    put = ask(town, Question("yes_no"))
    Ask.objects.filter(pk=put.pk).update(owner="meetings")
    say(town, "1")
    answer = Answer.objects.get()
    assert (answer.accepted, answer.refusal) == (False, "That time was taken.")
    assert "That time was taken." in served("answer_refused")[0].text
    assert not Answer.objects.counting().exists()
