"""A photo goes beside the words where a way carries it; elsewhere the words get the page that shows it. A number we
doubt gets neither."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.delivery.content import AskSpec, Content, Enclosed, Recipient
from porchlight.delivery.gateways.contract import Option
from porchlight.delivery.ladder.content import content_of
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.tests.test_spoken import LINK, rendered
from porchlight.families.models import AddressState
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier

PHOTO = Enclosed("1/ab/abcd", "image/jpeg")
OPEN = {"window_until": TUESDAY + timedelta(hours=1)}


@pytest.fixture
def school(db: None) -> School:
    return cast.maple_street()


def content(**changes: object) -> Content:
    said = cast.words("We built a bridge.", page_path=LINK, enclosed=PHOTO, student_names=("Hamza",))
    return Content(**{name: getattr(said, name) for name in said.__dataclass_fields__} | changes)


def test_on_whatsapp_it_goes_above_the_words_and_the_page_is_for_when_the_window_closes(
    school: School,
) -> None:
    body = rendered(school, "whatsapp_cloud", content(), **OPEN).as_json()
    assert body["enclosed"] == ["1/ab/abcd", "image/jpeg"]
    assert LINK not in body["text"]
    assert LINK in body["template"]["parameters"][-1]


def test_with_a_question_the_words_say_what_to_press(school: School) -> None:
    ask = AskSpec("yes_no", (Option("1", "Yes"), Option("2", "No")))
    body = rendered(school, "whatsapp_cloud", content(ask=ask), **OPEN).as_json()
    assert ("enclosed" in body, "Reply 1 for yes" in body["text"]) == (True, True)


def test_words_too_long_to_stand_under_a_photo_get_its_page(school: School) -> None:
    body = rendered(school, "whatsapp_cloud", content(text="ب" * 1020), **OPEN).as_json()
    assert ("enclosed" in body, body["text"].count(LINK)) == (False, 1)


@pytest.mark.parametrize(
    ("gateway", "goes"), [("office_phone", False), ("twilio_sms", False), ("email", True)]
)
def test_elsewhere_the_words_hold_the_page_once(school: School, gateway: str, goes: bool) -> None:
    body = rendered(school, gateway, content()).as_json()
    assert ("enclosed" in body) is goes
    assert body["text"].count(LINK) == 1
    assert ("See what is enclosed:" in body["text"]) is not goes


@pytest.mark.parametrize(
    ("gateway", "goes"), [("whatsapp_cloud", True), ("email", False), ("twilio_sms", False)]
)
def test_a_film_goes_along_on_whatsapp_and_elsewhere_as_its_page(
    school: School, gateway: str, goes: bool
) -> None:
    film = content(enclosed=Enclosed("1/ab/abce", "video/mp4"))
    body = rendered(school, gateway, film, **OPEN).as_json()
    assert ("enclosed" in body, LINK in body["text"]) == (goes, not goes)


def test_t7_a_number_we_doubt_and_what_is_personal_get_no_photo(school: School) -> None:
    doubted = rendered(school, "whatsapp_cloud", content(), state=AddressState.NOTICE_ONLY, **OPEN).as_json()
    assert ("enclosed" in doubted, LINK in doubted["text"]) == (False, False)
    for gateway in ("whatsapp_cloud", "email", "office_phone"):
        body = rendered(school, gateway, content(tier=Tier.L2), **OPEN).as_json()
        assert ("enclosed" in body, "bridge" in body["text"]) == (False, False)


def test_the_next_way_still_knows_of_it(school: School) -> None:
    cast.account(school)
    home = cast.home(school)
    parcel = cast.sent(school, home, content()).parcel
    again = content_of(parcel, Recipient(home.guardian, (home.student,)))
    assert (again.enclosed, again.page_path) == (PHOTO, LINK)
