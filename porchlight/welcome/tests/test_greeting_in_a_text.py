"""What answers a greeting costs as few text messages as its language allows, with every language to choose from."""

import pytest

from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery
from porchlight.languages.phrases import books
from porchlight.toolbox.scripts import autonym
from porchlight.toolbox.sms_segments import Encoding, count, widening
from porchlight.welcome.offered import as_choices, choices_in, offered
from porchlight.welcome.tests.greeting_kit import STRANGER, says


def answer() -> str:
    return Delivery.objects.filter(to=STRANGER).latest("pk").body["text"]


@pytest.mark.parametrize("greets", ["Salaam", "hello", "selamat pagi"])
def test_in_latin_letters_the_languages_are_named_in_them_too(town: Town, greets: str) -> None:
    says(town, greets)
    text = answer()
    assert widening(text) == ()
    assert count(text).segments <= 3
    assert f"{offered(town.school).index('ur') + 1} Urdu" in text.splitlines()
    assert f"{offered(town.school).index('zh-Hans') + 1} Chinese (Simplified)" in text.splitlines()


def test_a_digit_from_that_list_chooses(town: Town) -> None:
    says(town, "Salaam")
    says(town, str(offered(town.school).index("ur") + 1))
    assert "اردو" in answer()


def test_in_other_letters_each_language_has_its_own(town: Town) -> None:
    says(town, "السلام علیکم")
    assert count(answer()).encoding is Encoding.UCS_2
    assert as_choices(offered(town.school)) in answer()


@pytest.mark.parametrize(("name", "channel"), [("Maple Street School", "whatsapp"), ("Kōwhai School", "sms")])
def test_where_nothing_is_saved_each_language_has_its_own(town: Town, name: str, channel: str) -> None:
    town.school.name = name
    assert choices_in("hello_who", town.school, "ur-Latn", channel) == as_choices(offered(town.school))


def test_every_language_of_ours_can_be_named_in_plain_letters() -> None:
    for tag in [*books(), "mi", "vi", "cs"]:
        named = as_choices([tag], plain=True).removeprefix("1 ")
        assert widening(named) == ()
        assert named
    assert as_choices(["mi", "vi", "es", "ur-Latn"], plain=True).splitlines() == [
        "1 Te reo Maori",
        "2 Tieng Viet",
        "3 Español",
        "4 Roman Urdu",
    ]
    assert autonym("mi") == "Te reo Māori"
