"""The line under a question says what to send back, in the reader's own words and punctuation."""

from datetime import datetime

import pytest
from django.conf import settings

from porchlight.delivery.content import AskSpec
from porchlight.delivery.gateways.by_hand import BY_HAND, TAPPED
from porchlight.delivery.gateways.contract import Option
from porchlight.delivery.models import Account
from porchlight.delivery.rendering import Reader, render
from porchlight.delivery.tests.cast import TUESDAY, words
from porchlight.delivery.words import how_to_answer
from porchlight.families.models import Address, AddressState
from porchlight.languages.phrases import books, say
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


PROMISES = ("STOP", "CALL", "LLAMAR", "کال", "WRONG NUMBER", "EQUIVOCADO", "GALAT NUMBER", "غلط نمبر")


def as_carried(gateway: str, tag: str, *, state: str = AddressState.GOOD, at: datetime = TUESDAY) -> str:
    """A first hello in `tag` that its reader did not get in their language, on this way."""
    school = School(name="Maple Street School", language="en", phone="01632 960001")
    account = Account(gateway=gateway, channel=channel_of(gateway))
    hello = say(
        "hello_first", tag, sender="Ms Amal", school=school.name, text="-", ways=say("hello_ways", tag)
    )
    content = words(hello, language=tag, is_original=True, page_path="/maple-street/n/abc/")
    reader = Reader(
        school, account, Address(channel=account.channel, value="+447700900001", state=state), tag, at
    )
    return render(content, reader).text


def channel_of(gateway: str) -> str:
    return BY_HAND[gateway].channel if gateway in BY_HAND else "sms"


@pytest.mark.parametrize("gateway", BY_HAND)
@pytest.mark.parametrize("tag", books())
def test_what_people_carry_promises_no_answer_that_we_would_not_hear(gateway, tag):
    """An answer would reach the colleague's phone. The school's number and the page are said instead."""
    said = as_carried(gateway, tag)
    assert not [word for word in PROMISES if word in said]
    if gateway in TAPPED:
        assert said.endswith(say("answer_on_page", tag, link=settings.BASE_URL + "/maple-street/n/abc/"))
    doubted = as_carried(gateway, tag, state=AddressState.NOTICE_ONLY)
    assert not [word for word in PROMISES if word in doubted]
    assert "01632 960001" in doubted


def test_on_the_schools_own_phone_the_same_words_say_what_to_send_back():
    assert [word in as_carried("office_phone", "en") for word in ("STOP", "CALL")] == [True, True]
    assert "WRONG NUMBER" in as_carried("office_phone", "en", state=AddressState.NOTICE_ONLY)
