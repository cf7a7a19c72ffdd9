"""What a gateway says to the office can be read in every language of the interface."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.utils import translation

from porchlight.delivery.gateways import meanings
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.registry import all_gateways
from porchlight.design import catalogues

TABLES = ("ERRORS", "ENHANCED", "OWN", "OTHERWISE")


def meanings_of(path: str) -> Iterator[Meaning]:
    errors = import_module(f"{path}.errors")
    for table in TABLES:
        yield from getattr(errors, table, {}).values()
    for replies in getattr(errors, "REPLIES", {}).values():
        yield from replies.values()


def said() -> Iterator[str]:
    """Every sentence the gateways keep ready."""
    for gateway in all_gateways().values():
        yield gateway.label
        for field in gateway.fields:
            yield from (field.label, field.help)
    for path in settings.PORCHLIGHT_GATEWAYS:
        yield from (meaning.say for meaning in meanings_of(path))
    yield from (meaning.say for meaning in meanings.OF_THE_LINE.values())


def test_no_sentence_is_forgotten_when_words_are_collected_for_translators():
    known = {message.id for message in catalogues.found()}
    sentences = list(said())
    assert len(sentences) > 150
    assert [sentence for sentence in sentences if sentence not in known] == []


@pytest.mark.parametrize(
    ("language", "busy", "mailbox", "unknown"),
    [
        (
            "en",
            "Twilio has a passing problem. We try again by ourselves.",
            "There is no such mailbox. Check the address with the family.",
            "The gateway refused with code 7, which we do not know yet. Its own words are kept beside it.",
        ),
        (
            "es",
            "Twilio tiene un problema pasajero. Lo intentamos otra vez por nuestra cuenta.",
            "Ese correo no existe. Compruebe la dirección con la familia.",
            "El servicio de envío lo rechazó con el código 7, que todavía no conocemos. "
            "Sus palabras quedan guardadas al lado.",
        ),
        (
            "ur",
            "Twilio میں وقتی مسئلہ ہے۔ ہم خود دوبارہ کوشش کریں گے۔",
            "ایسا کوئی ای میل پتہ نہیں۔ گھر والوں سے پتہ پوچھ لیں۔",
            "پیغام لے جانے والی سروس نے کوڈ 7 سے انکار کیا، جو ہم ابھی نہیں جانتے۔ اس کے اپنے الفاظ ساتھ رکھ لیے گئے ہیں۔",
        ),
    ],
)
def test_a_refusal_is_explained_in_the_page_s_language(language, busy, mailbox, unknown):
    ways = all_gateways()
    with translation.override(language):
        assert ways["twilio_sms"].explain("20500") == busy
        assert ways["email"].explain("recipient 550 5.1.1") == mailbox
        assert ways["office_phone"].explain("7") == unknown
        assert "599" in ways["whatsapp_cloud"].explain("http_599")


@pytest.mark.parametrize("code", ["http_403", "http_418", "http_503", "e-77"])
def test_a_kept_sentence_with_a_number_in_it_is_read_in_the_language_of_the_page(code: str) -> None:
    kept = meanings.say(code, {})
    with translation.override("es"):
        assert meanings.said_again(kept) == meanings.say(code, {}) != kept


def test_a_kept_sentence_of_somebody_elses_stays_as_it_is() -> None:
    with translation.override("es"):
        assert meanings.said_again("100% (HTTP 403) of it") == "100% (HTTP 403) of it"
        assert meanings.said_again("") == ""
