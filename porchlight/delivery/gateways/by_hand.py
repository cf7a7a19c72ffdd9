"""Ways that need no contract: a colleague's own telephone, a list to ring from, slips of paper and letters.

Each is an account like any other, so that planning, restrictions, quiet hours, STOP and the kill switch hold. But no
worker carries it: such an account has no lane and no webhook, and what became of a delivery is what a person says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO, ClassVar
from urllib.parse import quote

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.contract import (
    AccountSettings,
    Advice,
    Fetched,
    Gateway,
    Greeting,
    InboundEvent,
    Media,
    Outcome,
    Outgoing,
    RawRequest,
    Refused,
)
from porchlight.delivery.gateways.declared import Abilities, SettingField
from porchlight.delivery.gateways.http import Http

WORDS_OF_A_TEXT = 1530  # ten parts, as the school's own phone
OURS = Refused(Advice.OUR_FAULT, "by_hand", "A person carries this; no worker may.")


def _abilities(*, tells: bool = False, most: int = 0) -> Abilities:
    return Abilities(
        echoes_reference=False,
        reports_delivered=tells,
        reports_read=False,
        options=0,
        free_text_window_hours=None,
        receives=False,
        by_hand=True,
        max_text=most,
    )


class _Carried:
    """What all of them have in common: nothing is on any wire."""

    name: ClassVar[str]
    label: ClassVar[str]
    channel: ClassVar[str]
    abilities: ClassVar[Abilities] = _abilities()
    fields: ClassVar[Sequence[SettingField]] = ()
    steps: ClassVar[Sequence[str]] = ()
    hook_ending: ClassVar[str] = ""

    async def send(self, http: Http, account: AccountSettings, outgoing: Outgoing) -> Outcome:
        """Never asked: these accounts have no lane."""
        return OURS

    async def fetch(
        self, http: Http, account: AccountSettings, media: Media, into: BinaryIO, most: int
    ) -> Fetched | Refused:
        """Nothing comes along."""
        return OURS

    def greet(self, account: AccountSettings, request: RawRequest) -> Greeting | None:
        """Nobody calls."""
        return None

    def is_genuine(self, account: AccountSettings, request: RawRequest) -> bool:
        """Whoever says so, it is not."""
        return False

    def read(self, account: AccountSettings, request: RawRequest) -> list[InboundEvent]:
        """Nothing comes in."""
        return []

    def problems(self, account: AccountSettings) -> list[str]:
        """There is nothing to set."""
        return []

    def explain(self, code: str) -> str:
        """The sentence about what a person found out."""
        return WHAT_PEOPLE_FOUND.get(code, WHAT_PEOPLE_FOUND[""])


# In English, as every gateway says it; translated where it is shown.
WHAT_PEOPLE_FOUND: Mapping[str, str] = {
    "wrong_number": _("Somebody else answered there. Ask the family for the right number."),
    "no_answer": _("Nobody answered, each time we rang. Try another way."),
    "came_back": _("A letter came back from there. Ask the family where they live now."),
    "": _("A colleague could not get through there."),
}


class TapSms(_Carried):
    """A colleague's own telephone texts, one tap for each home."""

    name: ClassVar[str] = "tap_sms"
    label: ClassVar[str] = _("Text messages from a colleague's own phone")
    channel: ClassVar[str] = "sms"
    abilities: ClassVar[Abilities] = _abilities(most=WORDS_OF_A_TEXT)


class TapWhatsApp(_Carried):
    """A colleague's own WhatsApp, one tap for each home."""

    name: ClassVar[str] = "tap_whatsapp"
    label: ClassVar[str] = _("WhatsApp on a colleague's own phone")
    channel: ClassVar[str] = "whatsapp"
    abilities: ClassVar[Abilities] = _abilities(most=4096)


class CallList(_Carried):
    """Somebody rings and says the words."""

    name: ClassVar[str] = "call_list"
    label: ClassVar[str] = _("Phone calls from the call list")
    channel: ClassVar[str] = "voice"
    abilities: ClassVar[Abilities] = _abilities(tells=True)


class Slips(_Carried):
    """A printed slip goes home with the child."""

    name: ClassVar[str] = "slips"
    label: ClassVar[str] = _("Printed slips, handed out in class")
    channel: ClassVar[str] = "paper"


class Letters(_Carried):
    """A printed letter, posted, or handed out in an envelope."""

    name: ClassVar[str] = "letters"
    label: ClassVar[str] = _("Letters, printed and posted")
    channel: ClassVar[str] = "paper"


TAPPED = (TapSms.name, TapWhatsApp.name)
BY_HAND: Mapping[str, Gateway] = {
    one.name: one for one in (TapSms(), TapWhatsApp(), CallList(), Slips(), Letters())
}


def carried_as(gateway: str, channel: str) -> str:
    """The channel's name for pages: whether the school's own account carried it, or a colleague's phone."""
    if gateway == Slips.name:
        return "slip"
    return f"{channel}_by_hand" if gateway in TAPPED else channel


def opens(channel: str, number: str, text: str) -> str:
    """The address that opens the phone's own program with number and words in place.

    RFC 5724 for texts; WhatsApp's published click-to-chat address takes the number without its plus.
    """
    words = quote(text, safe="")
    if channel == TapWhatsApp.channel:
        return f"https://wa.me/{number.lstrip('+')}?text={words}"
    return f"sms:{number}?body={words}"
