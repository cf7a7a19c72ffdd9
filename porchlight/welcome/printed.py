"""What is printed so that families start from their own phone: a poster for the gate, a card for each home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from porchlight.delivery.models import Account
from porchlight.design.direction import page_languages
from porchlight.design.squares import square
from porchlight.families.models import Channel, ContactPoint, Guardian, Guardianship, Student
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.toolbox.phone_numbers import national
from porchlight.toolbox.scripts import autonym
from porchlight.welcome.cards import in_groups
from porchlight.welcome.class_field import OneClass

# What the phone has written already.
GREETING = {
    "en": "Hello",
    "ur": "السلام علیکم",
    "es": "Hola",
    "ar": "السلام عليكم",
    "mi": "Kia ora",
    "ms": "Helo",
    "zh-Hans": "您好",
}
STARTS_ON = (Channel.WHATSAPP, Channel.SMS, Channel.TELEGRAM)


@dataclass(frozen=True, slots=True)
class Start:
    """How a family starts: the school's numbers, and a picture that opens the phone with the words in it."""

    whatsapp: str
    sms: str
    opens_whatsapp: (
        str  # addresses that open the phone's own program with the words in it; empty without such a number
    )
    opens_sms: str
    qr: SafeString
    telegram: str = ""  # the bot's name
    opens_telegram: str = ""

    @property
    def number(self) -> str:
        """The one the picture opens."""
        return self.whatsapp or self.sms or self.telegram


@dataclass(frozen=True, slots=True)
class Card:
    """One home's card: for whom, and the number that says so."""

    guardian: Guardian
    children: str
    number: str  # in groups of four
    start: Start


def numbers_of(school: School) -> dict[str, str]:
    """By channel, the number or the bot's name that families write to."""
    found: dict[str, str] = {}
    for account in Account.objects.in_school(school).open().order_by("rank", "pk"):
        if account.channel in STARTS_ON and account.sender.startswith(("+", "@")):
            found.setdefault(account.channel, account.sender)
    return found


def start(school: School, numbers: dict[str, str], *, language: str, code: str = "") -> Start | None:
    """None while the school has no number to write to."""
    whatsapp, sms, bot = (numbers.get(channel, "") for channel in STARTS_ON)
    if not (whatsapp or sms or bot):
        return None
    words = f"{GREETING[language]} {code}".strip()
    opens = f"https://wa.me/{whatsapp.lstrip('+')}?text={quote(words)}" if whatsapp else ""
    texts = f"sms:{sms}?body={quote(words)}" if sms else ""
    begins = _opens_bot(bot, code) if bot else ""
    picture = square(opens or texts or begins)
    return Start(
        _as_read(whatsapp, school),
        _as_read(sms, school),
        opens,
        texts,
        picture,
        telegram=bot,
        opens_telegram=begins,
    )


def _opens_bot(bot: str, code: str) -> str:
    """Telegram's deep link: Start is pressed there, and what stands behind `start=` comes with it."""
    number = "".join(code.split())
    return f"https://t.me/{bot.removeprefix('@')}?start={number or 'hello'}"


def _as_read(number: str, school: School) -> str:
    """As people here write it."""
    return national(number, school.country) if number else ""


def without_way(school: School, school_class: SchoolClass, actor: Actor, *, on: date) -> list[Guardianship]:
    """Of each adult of this class one tie: those who may be told and whom we know no agreed way to."""
    usable = ContactPoint.objects.in_school(school).usable().filter(guardian__isnull=False)
    ties = Guardianship.objects.visible_to(actor).current(on=on).receiving(on=on)
    children = Student.objects.in_school(school).in_class(school_class, on=on)
    rows = ties.filter(student__in=children).exclude(guardian__in=usable.values("guardian"))
    once: dict[int, Guardianship] = {}
    for tie in rows.select_related("guardian", "student").order_by("student__name", "pk"):
        once.setdefault(tie.guardian_id, tie)
    return list(once.values())


def cards(
    school: School, ties: Sequence[Guardianship], codes: dict[int, str], *, language: str
) -> list[Card]:
    """A card for each adult, in the order of the children."""
    made, numbers = [], numbers_of(school)
    for tie in ties:
        number = in_groups(codes[tie.guardian_id])
        opening = start(school, numbers, language=language, code=number)
        if opening is not None:
            made.append(Card(tie.guardian, tie.student.name, number, opening))
    return made


def language_choices() -> list[tuple[str, str]]:
    """The languages our pages speak, each in its own words."""
    return [(tag, autonym(tag)) for tag in page_languages()]


class PrintForm(forms.Form):
    """In which two languages."""

    first = forms.ChoiceField(label=_("First language"), choices=language_choices)
    second = forms.ChoiceField(label=_("Second language"), choices=language_choices)

    def __init__(self, data: Any, *, school: School) -> None:
        first = school.language if school.language in page_languages() else "en"
        second = next(tag for tag in ("ur", "es", "en") if tag != first)
        super().__init__(data, initial={"first": first, "second": second})

    def clean(self) -> dict[str, Any]:
        """Two, not one twice."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("first") and data.get("first") == data.get("second"):
            self.add_error("second", _("Choose another second language."))
        return data

    @property
    def languages(self) -> tuple[str, str]:
        """The two, as chosen; as they would be chosen for the school where nothing was."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else self.initial
        return chosen["first"], chosen["second"]


class CardsForm(PrintForm):
    """For the homes of one class that we know no agreed way to."""

    school_class = OneClass()
    field_order = ("school_class", "first", "second")

    def __init__(self, data: Any, *, school: School, actor: Actor) -> None:
        super().__init__(data, school=school)
        OneClass.offer(self, actor)
