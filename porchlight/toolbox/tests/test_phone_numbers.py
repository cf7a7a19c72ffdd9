"""People's writing becomes one E.164 number, or a reason a person can act on."""

import subprocess
import sys

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from porchlight.toolbox import phone_numbers
from porchlight.toolbox.phone_numbers import NotANumber, Reason

READS = [
    ("07700 900123", "GB", "+447700900123"),
    ("7700900123", "GB", "+447700900123"),
    ("+44 (0)7700 900123", "GB", "+447700900123"),
    ("00447700900123", "GB", "+447700900123"),
    ("447700900123", "GB", "+447700900123"),
    ("447700900123.0", "GB", "+447700900123"),
    ("7700900123.00", "GB", "+447700900123"),
    ("'07700900123", "GB", "+447700900123"),
    ("\u202a+44 7700 900123\u202c", "GB", "+447700900123"),
    ("Mobile: 07700-900-123", "GB", "+447700900123"),
    ("tel 01632 960001", "GB", "+441632960001"),
    ("(01632) 960 001", "gb", "+441632960001"),
    ("020 7946 0123", "GB", "+442079460123"),
    ("۰۷۷۰۰ ۹۰۰۱۲۳", "GB", "+447700900123"),
    ("٠٧٧٠٠٩٠٠١٢٣", "GB", "+447700900123"),
    ("০৭৭০০৯০০১২৩", "GB", "+447700900123"),
    ("０７７００　９００１２３", "GB", "+447700900123"),
    ("۰۳۰۰-۱۲۳۴۵۶۷", "PK", "+923001234567"),
    ("0300 1234567", "PK", "+923001234567"),
    ("+92 300 1234567", "GB", "+923001234567"),
    ("030/901820", "DE", "+4930901820"),
    ("(202) 555-0123", "US", "+12025550123"),
    ("+1 202.555.0123", "GB", "+12025550123"),
]
REFUSES = [
    ("", Reason.EMPTY),
    ("   ", Reason.EMPTY),
    ("4.47701E+11", Reason.SCIENTIFIC),
    ("4,47701e+11", Reason.SCIENTIFIC),
    ("4E11", Reason.SCIENTIFIC),
    ("07700 900123 / 07700 900124", Reason.TWO),
    ("07700 900123, 07700 900124", Reason.TWO),
    ("07700900123;01632960001", Reason.TWO),
    ("07700 900123 or 07700 900124", Reason.TWO),
    ("07700 900123 aur 07700 900124", Reason.TWO),
    ("07700 900123\n07700 900124", Reason.TWO),
    ("07700 900123 07700 900124", Reason.TWO),
    ("+447700900123 +447700900124", Reason.TWO),
    ("07700 900123/4", Reason.TWO),
    ("01632 960001 ext 5", Reason.EXTENSION),
    ("01632 960001 x12", Reason.EXTENSION),
    ("01632 960001 Extn. 204", Reason.EXTENSION),
    ("01632 960001 #7", Reason.EXTENSION),
    ("do not ring", Reason.WORDS),
    ("07700 900123 mum", Reason.WORDS),
    ("dad 07700 900123", Reason.WORDS),
    ("07700 900123 (no longer in use)", Reason.WORDS),
    ("12345", Reason.TOO_SHORT),
    ("999", Reason.TOO_SHORT),
    ("07700 9001", Reason.NO_SUCH),
    ("07700 9001234", Reason.TOO_LONG),
    ("07123", Reason.TOO_SHORT),
    ("02999 000000", Reason.NO_SUCH),
    ("+999 123 4567", Reason.COUNTRY),
]


@pytest.mark.parametrize(("written", "country", "number"), READS)
def test_reads_what_people_write(written, country, number):
    assert phone_numbers.e164(written, country) == number


@pytest.mark.parametrize(("written", "reason"), REFUSES)
def test_refuses_with_the_reason(written, reason):
    with pytest.raises(NotANumber) as refused:
        phone_numbers.e164(written, "GB")
    assert refused.value.reason is reason


def test_the_exception_never_repeats_the_writing():
    with pytest.raises(NotANumber) as refused:
        phone_numbers.e164("Aisha 07700 900123", "GB")
    assert "Aisha" not in str(refused.value)
    assert "900123" not in str(refused.value)


def test_each_reason_says_what_to_do():
    assert set(phone_numbers.SAY) == set(Reason)
    with override("en"):
        assert str(NotANumber(Reason.TWO).say) == (
            "There are two numbers here. Write one, and put the other in its own field."
        )


def test_an_unknown_range_can_be_insisted_on():
    with pytest.raises(NotANumber) as refused:
        phone_numbers.e164("02999 000000", "GB")
    assert refused.value.e164 == "+442999000000"
    assert phone_numbers.e164("02999 000000", "GB", known_ranges_only=False) == "+442999000000"


def test_a_country_without_numbers_asks_for_the_code():
    with pytest.raises(NotANumber) as refused:
        phone_numbers.e164("07700 900123", "QQ")
    assert refused.value.reason is Reason.COUNTRY
    assert phone_numbers.e164("+44 7700 900123", "QQ") == "+447700900123"


@pytest.mark.parametrize("number", ["+447700900000", "+447700900999", "+441632960500", "+12025550199"])
def test_numbers_kept_for_stories_are_samples(number):
    assert phone_numbers.is_sample(number)
    assert phone_numbers.e164(number, "GB") == number


@pytest.mark.parametrize(
    "number", ["+447700901000", "+447700899999", "+12025550200", "+923001234567", "447700900000"]
)
def test_other_numbers_are_not_samples(number):
    assert not phone_numbers.is_sample(number)


def test_shown_the_local_way_at_home_and_with_its_code_abroad():
    assert phone_numbers.national("+447700900123", "GB") == "07700 900123"
    assert phone_numbers.national("+447700900123", "PK") == "+44 7700 900123"
    assert phone_numbers.national("+12025550123", "CA") == "(202) 555-0123"
    assert phone_numbers.national("US.1349", "GB") == "US.1349"
    assert phone_numbers.national("+9991234567", "GB") == "+9991234567"


def test_masked_for_logs():
    assert phone_numbers.masked("+447700900123") == "+44…23"
    assert phone_numbers.masked("Aisha's number") == "…"
    assert phone_numbers.masked("") == "…"


def test_a_landline_takes_no_texts():
    assert phone_numbers.may_take_texts("+447700900123")
    assert phone_numbers.may_take_texts("+923001234567")
    assert phone_numbers.may_take_texts("+12025550123")
    assert not phone_numbers.may_take_texts("+441632960001")
    assert not phone_numbers.may_take_texts("+4930901820")
    assert not phone_numbers.may_take_texts("nobody")


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_not_never_another_error(text):
    try:
        number = phone_numbers.e164(text, "GB")
    except NotANumber:
        return
    assert phone_numbers.E164.fullmatch(number)


def test_the_tables_are_loaded_only_when_needed():
    code = "import sys, porchlight.toolbox.phone_numbers as p; p.masked('+447700900123'); print('phonenumbers' in sys.modules)"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "False"
