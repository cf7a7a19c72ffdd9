"""The report's list of answers: every choice with its count, also the one nobody took."""

from decimal import Decimal

import pytest

from porchlight.conversations.models import Answer, Ask, Shape
from porchlight.conversations.report import tally
from porchlight.schools.models import School

CHOICES = [{"key": "1", "labels": {"en": "Friday"}}, {"key": "2", "labels": {"en": "Monday"}}]


def said(*keys: str, text: str = "", number: str | None = None) -> Answer:
    return Answer(keys=list(keys), text=text, number=Decimal(number) if number else None)


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
    assert tally(ask, answers) == told
    assert [count for _label, count in tally(ask, [])] == [0] * len(tally(ask, []))
