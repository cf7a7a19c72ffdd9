"""The line under a question says what to send back, in the reader's own words and punctuation."""

import pytest

from porchlight.delivery.content import AskSpec
from porchlight.delivery.gateways.contract import Option
from porchlight.delivery.words import how_to_answer
from porchlight.schools.models import School

DAYS = {
    "en": ("Friday", "Sunday"),
    "ur": ("جمعہ", "اتوار"),
    "ur-Latn": ("Jumma", "Itwaar"),
    "es": ("Viernes", "Domingo"),
}


@pytest.mark.parametrize(
    ("reads", "line"),
    [
        ("en", "Reply with one number: 1 Friday, 2 Sunday"),
        ("ur", "جواب میں کوئی ایک نمبر بھیجیں: 1 جمعہ، 2 اتوار"),
        ("ur-Latn", "Jawab mein koi aik number bhejein: 1 Jumma, 2 Itwaar"),
        ("es", "Responda con un número: 1 Viernes, 2 Domingo"),
    ],
)
def test_choices_are_listed_as_the_reader_writes(reads, line):
    options = tuple(Option(str(key), label) for key, label in enumerate(DAYS[reads], 1))
    assert how_to_answer(AskSpec("choose_one", options), reads, School(language="en")) == line
