"""Telephone numbers: as people write them in, E.164 for the wire, the local way to show them.

phonenumbers is loaded at the first number, not with the program: it is a third of a second of start-up.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# Kept free for stories by Ofcom ("numbers for use in TV and radio drama") and by NANPA (555-0100 to -0199).
SAMPLES = re.compile(
    r"\+44(?:7700900|1632960|(?:11[3-8]|121|131|141|151|161)4960|1914980|2079460|2896496|2920180)\d{3}"
    r"|\+1[2-9]\d{2}55501\d{2}"
)
E164 = re.compile(r"\+[1-9]\d{6,14}")
SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?\s*[eE]\s*\+?\d+")
FLOAT = re.compile(r"(\+?\d{6,15})[.,]0+")  # a number cell that a spreadsheet library turned into text
EXTENSION = re.compile(r"(?:ext(?:n|ension)?|x|int(?:erno)?|poste|;ext=|#)\s*[.:=]?\s*\d{1,6}\s*$", re.I)
BETWEEN = re.compile(r"[;,|&\n\r]|\b(?:or|and|aur|ya|y|o|ou|oder|und)\b|\bیا\b|\bاور\b", re.I)
LABEL = re.compile(
    r"^(?:tel|telephone|phone|ph|mob|mobile|cell|whatsapp|wa|home|work|day|evening|t|m|p)\b\s*[.:]?\s*", re.I
)
LONGEST = 15  # digits in E.164


class Reason(enum.StrEnum):
    """Why a piece of writing is not one number we can reach."""

    EMPTY = "empty"
    SCIENTIFIC = "scientific"
    TWO = "two"
    EXTENSION = "extension"
    WORDS = "words"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_SUCH = "no_such"
    COUNTRY = "country"


SAY: dict[Reason, Promise] = {
    Reason.EMPTY: _("There is no number here. Write it as you would dial it."),
    Reason.SCIENTIFIC: _(
        "A spreadsheet has shortened this number and digits are lost. Format the column as text and write "
        "the number again."
    ),
    Reason.TWO: _("There are two numbers here. Write one, and put the other in its own field."),
    Reason.EXTENSION: _(
        "This number has an extension, and messages cannot reach an extension. Write a direct number."
    ),
    Reason.WORDS: _(
        "There are words beside the number. Keep the number alone, and write the words as a note."
    ),
    Reason.TOO_SHORT: _("This number is too short. Check that no digit is missing."),
    Reason.TOO_LONG: _("This number is too long. Check that there is one number and no digit too many."),
    Reason.NO_SUCH: _(
        "No number in this country is built like this. Check each digit; for a number from abroad begin with "
        "+ and the country code."
    ),
    Reason.COUNTRY: _("We do not know this country's numbers. Begin with + and the country code."),
}


class NotANumber(ValueError):
    """This writing is not one number. `reason` for tables, `say` for people (translated when shown).

    `e164` holds our best reading when the digits fit but no such range is known: new ranges appear before
    the tables know them, so a person may insist (`e164(..., known_ranges_only=False)`). The writing itself
    stays out of the message: exceptions end in logs.
    """

    def __init__(self, reason: Reason, e164: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.e164 = e164

    @property
    def say(self) -> Promise:
        return SAY[self.reason]


def e164(written: str, country: str, *, known_ranges_only: bool = True) -> str:
    """What a person wrote, as +447700900123. `country` (ISO 3166, "GB") reads numbers written the local way.

    Digits of any script are read. Raises NotANumber.
    """
    text = _tidy(written)
    _refuse_what_misleads(text)
    return _read(text, country, known_ranges_only)


def national(number: str, country: str) -> str:
    """An E.164 number as people in `country` write it; with its country code when it is from elsewhere."""
    import phonenumbers

    parsed = _parsed(number)
    if parsed is None:
        return number
    local = phonenumbers.country_code_for_region(country.upper()) == parsed.country_code
    form = phonenumbers.PhoneNumberFormat.NATIONAL if local else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


def masked(number: str) -> str:
    """For logs: +44…23. Tells two numbers apart in a test, never enough to ring one. Raises nothing."""
    if not E164.fullmatch(number):
        return "…"
    return f"{number[:3]}…{number[-2:]}"


def is_sample(number: str) -> bool:
    """True for E.164 numbers that can never be anybody's: for demos, docs and tests."""
    return bool(SAMPLES.fullmatch(number))


def may_take_texts(number: str) -> bool:
    """False only where the numbering plan says landline, freephone and the like; unknown counts as yes."""
    import phonenumbers

    if is_sample(number) and number.startswith("+44"):
        return number.startswith("+447")
    parsed = _parsed(number)
    if parsed is None:
        return False
    kind = phonenumbers.PhoneNumberType
    return phonenumbers.number_type(parsed) in {
        kind.MOBILE,
        kind.FIXED_LINE_OR_MOBILE,
        kind.PERSONAL_NUMBER,
        kind.UNKNOWN,
    }


def _tidy(written: str) -> str:
    """One line in ASCII digits, without labels and the invisible marks copied contacts carry."""
    text = unicodedata.normalize("NFKC", written)
    text = "".join(_plain(letter) for letter in text if unicodedata.category(letter) not in {"Cf", "Cs"})
    text = text.strip().strip("'\"").strip()
    if whole := FLOAT.fullmatch(text):
        return whole[1]
    return LABEL.sub("", text)


def _plain(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)


def _refuse_what_misleads(text: str) -> None:
    """What a number library would read as one number although it is none, or more than one."""
    if not any(letter.isdigit() for letter in text):
        raise NotANumber(Reason.WORDS if text else Reason.EMPTY)
    if SCIENTIFIC.fullmatch(text):
        raise NotANumber(Reason.SCIENTIFIC)
    if _holds_two(text):
        raise NotANumber(Reason.TWO)
    if EXTENSION.search(text):
        raise NotANumber(Reason.EXTENSION)
    if any(letter.isalpha() for letter in text):
        raise NotANumber(Reason.WORDS)


def _holds_two(text: str) -> bool:
    if text.count("+") > 1:
        return True
    if sum(_digits(piece) >= 6 for piece in BETWEEN.split(text)) > 1:
        return True
    head, slash, tail = text.partition("/")  # 030/901820 is one German number, 0300 1234567/8 are two
    return bool(slash) and _digits(head) >= 6 and _digits(tail) > 0


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _read(text: str, country: str, known_ranges_only: bool) -> str:
    import phonenumbers

    region = country.upper()
    if not text.startswith(("+", "00")) and region not in phonenumbers.SUPPORTED_REGIONS:
        raise NotANumber(Reason.COUNTRY)
    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as problem:
        raise NotANumber(_why_unread(problem.error_type, _digits(text))) from None
    number = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    fits = phonenumbers.is_possible_number_with_reason(parsed)
    if fits == phonenumbers.ValidationResult.TOO_LONG:
        raise NotANumber(Reason.TOO_LONG if _digits(text) <= LONGEST else Reason.TWO)
    if fits != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise NotANumber(Reason.TOO_SHORT)
    if known_ranges_only and not phonenumbers.is_valid_number(parsed) and not is_sample(number):
        raise NotANumber(Reason.NO_SUCH, number)
    return number


def _why_unread(problem: int, digits: int) -> Reason:
    import phonenumbers

    kinds = phonenumbers.NumberParseException
    if problem == kinds.INVALID_COUNTRY_CODE:
        return Reason.COUNTRY
    if problem == kinds.TOO_LONG:
        return Reason.TWO if digits > LONGEST else Reason.TOO_LONG
    return Reason.TOO_SHORT


def _parsed(number: str) -> PhoneNumber | None:
    import phonenumbers

    if not E164.fullmatch(number):
        return None
    try:
        return phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
