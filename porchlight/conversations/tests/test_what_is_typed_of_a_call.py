"""A line typed after a call is one of our words and nothing else, or it is what the family said: no word gets lost."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import translation

from porchlight.conversations.calling import Line, NoSuchTime, line_of, typed
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_call_list import about, office, only, says, tells
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import CameOf, Handing
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.direction import page_languages

__all__ = ["office"]

pytestmark = pytest.mark.django_db


def line(town: Town, words: str) -> Line:
    return line_of(pressed="reached", words=words, hour="", answer=[], school=town.school, now=TUESDAY)


@pytest.mark.parametrize(
    "said",
    [
        "Against the trip, Hamza stays at school",
        "No answer to the letter yet, but Hamza may come",
        "Again he is ill, and stays at home",
        "wrong number, she says: ring his mother",
        "again 17:30 he works till five",
    ],
)
def test_what_begins_like_one_of_our_words_is_what_they_said(town: Town, office, said: str) -> None:
    tells(town)
    says(office, about(town), words=said)
    assert Handing.objects.get().came_of == CameOf.REACHED
    assert only().status == Status.DELIVERED
    assert Message.objects.from_home().get().text == said


@pytest.mark.parametrize(
    ("words", "came_of", "left"),
    [
        ("no answer", CameOf.NO_ANSWER, ""),
        ("No answer.", CameOf.NO_ANSWER, ""),
        ("NO ANSWER 15:20", CameOf.NO_ANSWER, "15:20"),
        ("Wrong number!", CameOf.WRONG_NUMBER, ""),
        ("again", CameOf.CALL_AGAIN, ""),
        ("Again, 17.30", CameOf.CALL_AGAIN, ""),
        ("again – 17:30.", CameOf.CALL_AGAIN, ""),
    ],
)
def test_the_word_alone_or_with_an_hour_is_taken(town: Town, words: str, came_of: CameOf, left: str) -> None:
    taken = line(town, words)
    assert (taken.came_of, taken.words) == (came_of, left)


def test_an_hour_that_is_none_is_asked_for_once_more(town: Town) -> None:
    with pytest.raises(NoSuchTime):
        line(town, "again 27:80")


@pytest.mark.parametrize("language", sorted(page_languages()))
def test_in_every_language_the_word_alone_counts_and_no_sentence_that_begins_with_it(
    town: Town, language: str
) -> None:
    at = datetime.combine(town.school.local(TUESDAY), datetime.min.time().replace(17, 30), town.school.zone)
    with translation.override(language):
        for came_of, word in typed().items():
            assert line(town, word).came_of is came_of
            assert line(town, f"{word} 17:30").came_of is came_of
            for said in (f"{word}, Hamza", f"{word}Hamza", f"{word} Hamza 17:30", f"{word} 17:30 Hamza"):
                assert line(town, said) == Line(CameOf.REACHED, said)
        assert line(town, f"{typed()[CameOf.CALL_AGAIN]} 17:30").again_at == at
