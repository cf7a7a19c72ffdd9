"""The report's list of answers: every choice with its count, also the one nobody took; nobody counts twice."""

from decimal import Decimal

import pytest

from porchlight.conversations.counting import count
from porchlight.conversations.models import Answer, AnswerFrom, Ask, Shape, Thread
from porchlight.schools.models import School

CHOICES = [{"key": "1", "labels": {"en": "Friday"}}, {"key": "2", "labels": {"en": "Monday"}}]


def said(*keys: str, text: str = "", number: str | None = None) -> Answer:
    return Answer(keys=list(keys), text=text, number=Decimal(number) if number else None)


def by(*answers: tuple[int, int, Answer]) -> list[Answer]:
    """Answers in the order they were given: (guardian, child, what they said)."""
    for place, (guardian, student, answer) in enumerate(answers, 1):
        answer.pk, answer.thread = place, Thread(guardian_id=guardian, student_id=student)
    return [answer for _guardian, _student, answer in answers]


@pytest.mark.parametrize(
    ("shape", "answers", "told"),
    [
        (Shape.YES_NO, [said("yes"), said("yes")], [("Yes", 2), ("No", 0)]),
        (Shape.ACKNOWLEDGE, [said("seen")], [("Seen", 1)]),
        (Shape.CHOOSE_ONE, [said("2")], [("Friday", 0), ("Monday", 1)]),
        (Shape.CHOOSE_SEVERAL, [said("1", "2"), said("1")], [("Friday", 2), ("Monday", 1)]),
        (Shape.NUMBER, [said(number="10"), said(number="2"), said(number="2.00")], [("2", 2), ("10", 1)]),
        (
            Shape.SHORT_TEXT,
            [said(text="no nuts"), said(text="گوشت نہیں")],
            [("no nuts", 1), ("گوشت نہیں", 1)],
        ),
    ],
)
def test_every_shape_of_question_is_told(
    shape: str, answers: list[Answer], told: list[tuple[str, int]]
) -> None:
    options = CHOICES if "choose" in shape else []
    ask = Ask(school=School(language="en"), shape=shape, options=options)
    homes = {place: ("own", place) for place in range(1, 9)}
    tally = count(ask, by(*[(place, 1, one) for place, one in enumerate(answers, 1)]), homes)
    assert tally.rows == told
    assert [number for _label, number in count(ask, [], homes).rows] == [0] * len(count(ask, [], homes).rows)


FATHER, MOTHER, AUNT = 1, 2, 3
HOMES = {FATHER: ("home", 7), MOTHER: ("home", 7), AUNT: ("own", AUNT)}
HAMZA, AYESHA = 1, 2


@pytest.mark.parametrize(
    ("answer_from", "answers", "told", "answered", "asked"),
    [
        # one father, two children: his word stands in two threads and is one answer
        (AnswerFrom.HOUSEHOLD, [(FATHER, HAMZA, "yes"), (FATHER, AYESHA, "yes")], [1, 0], 1, 2),
        (AnswerFrom.EACH_GUARDIAN, [(FATHER, HAMZA, "yes"), (FATHER, AYESHA, "yes")], [1, 0], 1, 3),
        # two adults of one home: the last word counts, or each one's own
        (AnswerFrom.HOUSEHOLD, [(FATHER, HAMZA, "yes"), (MOTHER, HAMZA, "no")], [0, 1], 1, 2),
        (AnswerFrom.EACH_GUARDIAN, [(FATHER, HAMZA, "yes"), (MOTHER, HAMZA, "no")], [1, 1], 2, 3),
        # another home of the same child is a home of its own
        (AnswerFrom.HOUSEHOLD, [(MOTHER, HAMZA, "no"), (AUNT, HAMZA, "yes")], [1, 1], 2, 2),
        # somebody whom this colleague may not see does not count
        (AnswerFrom.HOUSEHOLD, [(9, HAMZA, "yes")], [0, 0], 0, 2),
    ],
)
def test_each_home_or_each_adult_counts_once(
    answer_from: str, answers: list[tuple[int, int, str]], told: list[int], answered: int, asked: int
) -> None:
    ask = Ask(school=School(language="en"), shape=Shape.YES_NO, answer_from=answer_from)
    tally = count(ask, by(*[(guardian, child, said(key)) for guardian, child, key in answers]), HOMES)
    assert [number for _label, number in tally.rows] == told
    assert (tally.answered, tally.asked) == (answered, asked)
    assert tally.by_home is (answer_from == AnswerFrom.HOUSEHOLD)
