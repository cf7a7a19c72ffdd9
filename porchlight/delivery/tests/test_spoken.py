"""A recording goes as sound where sound can go; elsewhere, and on every further way, as words with the page that plays
it. A number we doubt hears nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.delivery.content import Content, Recipient, Spoken
from porchlight.delivery.ladder.content import content_of
from porchlight.delivery.models import Account
from porchlight.delivery.rendering import Reader, Rendered, render
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, AddressState
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier

LINK = "/maple-street/n/abc/"
NOTE = Spoken("1/ab/abcd", "audio/ogg")
SETTINGS = {
    "phone_number_id": "77",
    "templates": "porchlight_notice en",
    "reply_mailbox": "reply@example.org",
}


@pytest.fixture
def school(db: None) -> School:
    return cast.maple_street()


def content(**changes: object) -> Content:
    said = cast.words(
        "Ms Amal has sent you a voice message.", page_path=LINK, spoken=NOTE, student_names=("Hamza",)
    )
    return Content(**{name: getattr(said, name) for name in said.__dataclass_fields__} | changes)


def rendered(school: School, gateway: str, said: Content, **address: object) -> Rendered:
    carrier = Account(school=school, gateway=gateway, settings=SETTINGS)
    carrier.channel = carrier.carrier.channel
    to = Address(school=school, channel=carrier.channel, value="+447700900100", **address)
    return render(said, Reader(school, carrier, to, "en", TUESDAY))


def test_on_whatsapp_it_is_sound_with_words_for_when_the_window_closes(school: School) -> None:
    body = rendered(school, "whatsapp_cloud", content(), window_until=TUESDAY + timedelta(hours=1)).as_json()
    assert body["sound"] == ["1/ab/abcd", "audio/ogg"]
    assert LINK in body["template"]["parameters"][-1]


@pytest.mark.parametrize(
    ("gateway", "is_sound"), [("office_phone", False), ("twilio_sms", False), ("email", True)]
)
def test_words_hold_the_page_that_plays_it_once(school: School, gateway: str, is_sound: bool) -> None:
    body = rendered(school, gateway, content()).as_json()
    assert ("sound" in body) is is_sound
    assert body["text"].count(LINK) == 1
    assert "Hear it here:" in body["text"]


def test_a_number_we_doubt_hears_nothing(school: School) -> None:
    window = {"window_until": TUESDAY + timedelta(hours=1)}
    body = rendered(school, "whatsapp_cloud", content(), state=AddressState.NOTICE_ONLY, **window).as_json()
    assert "sound" not in body
    assert (LINK in body["text"], "Hamza" in body["text"]) == (False, False)


def test_what_is_personal_is_not_said_aloud(school: School) -> None:
    window = {"window_until": TUESDAY + timedelta(hours=1)}
    body = rendered(school, "whatsapp_cloud", content(tier=Tier.L2), **window).as_json()
    assert "sound" not in body


def test_a_message_without_sound_has_no_more_to_carry(school: School) -> None:
    body = rendered(school, "email", cast.words()).as_json()
    assert sorted(body) == ["options", "subject", "template", "text"]


def test_the_next_way_still_knows_of_it(school: School) -> None:
    cast.account(school)
    home = cast.home(school)
    parcel = cast.sent(school, home, content()).parcel
    again = content_of(parcel, Recipient(home.guardian, (home.student,)))
    assert (again.spoken, again.page_path) == (NOTE, LINK)
