"""No message to a home leaves, on any way there is, without the school's name and that of whoever speaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from porchlight.delivery.approvals import as_approved
from porchlight.delivery.content import AskSpec, Content, Enclosed, ServiceKind, Spoken, Urgency
from porchlight.delivery.gateways.by_hand import BY_HAND
from porchlight.delivery.gateways.contract import Option
from porchlight.delivery.gateways.registry import get
from porchlight.delivery.models import Account, Delivery, Parcel
from porchlight.delivery.rendering import NoVoice, Reader, TooPrivate, render
from porchlight.delivery.talking.parts import Part, said
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.delivery.words import service
from porchlight.demo.templates import approved_lines
from porchlight.families.models import Address, AddressState, Channel
from porchlight.languages.phrase_list import PHRASES
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier

SCHOOL, PERSON, CHILD = "Maple Street School", "Ms Amal", "Hamza"
PLAIN = cast.words("The lighthouse is finished.", student_names=(CHILD,), page_path="/maple-street/n/k/")
ASK = AskSpec("yes_no", (Option("1", "Yes"), Option("2", "No")))
SAID = {
    "good news": PLAIN,
    "a question": replace(PLAIN, ask=ASK),
    "urgent": replace(PLAIN, urgent_reason="flood"),
    "in the language it was written in": replace(PLAIN, is_original=True),
    "translated by a machine": replace(PLAIN, is_by_machine=True),
    "with a photo": replace(PLAIN, enclosed=Enclosed("1/ab/abcd", "image/jpeg")),
    "spoken": replace(PLAIN, spoken=Spoken("1/ab/abcd", "audio/ogg")),
    "for anybody": replace(PLAIN, tier=Tier.L0, student_names=()),
}
# Words that take the place of others name the school alone: who has the number may not know who speaks of whom.
INSTEAD = {
    "personal": (replace(PLAIN, tier=Tier.L2), AddressState.GOOD),
    "to a number in doubt": (PLAIN, AddressState.NOTICE_ONLY),
}
GATEWAYS = [*(path.rpartition(".")[2] for path in settings.PORCHLIGHT_GATEWAYS), *BY_HAND]
LANGUAGES = ("en", "ur", "es")

every_way = pytest.mark.parametrize("gateway", GATEWAYS)


def shown(school: School, gateway: str, content: Content, reads: str, state: str, *, is_open: bool) -> str:
    """Everything the family is shown or told, as it stands when it leaves."""
    carrier = get(gateway)
    account = Account(school=school, gateway=gateway, channel=carrier.channel, label="x")
    voices = "\n".join(f"{tag} Polly.Somebody" for tag in LANGUAGES)
    account.settings = {"templates": approved_lines(list(LANGUAGES)), "voices": voices}
    until = TUESDAY + timedelta(hours=1) if is_open else None
    address = Address(
        school=school, channel=carrier.channel, value="+447700900100", state=state, window_until=until
    )
    content = replace(content, language=reads)
    body = render(content, Reader(school, account, address, reads, TUESDAY))
    if carrier.channel == Channel.CALL:  # around the words, before anybody pressed a key
        parcel = Parcel(
            school=school, language=reads, sender_name=content.sender_name, urgency=Urgency.ORDINARY
        )
        delivery = Delivery(parcel=parcel, body=body.as_json(), is_personal=body.is_personal)
        return f"{said(delivery, Part('call_greeting')).text}\n{said(delivery, Part()).text}"
    if not is_open and body.template is not None:
        return as_approved(body.template)
    return f"{body.subject}\n{body.text}"


@pytest.mark.django_db
@every_way
@pytest.mark.parametrize("kind", SAID)
def test_each_message_says_which_school_and_who(gateway: str, kind: str) -> None:
    school = cast.maple_street()
    for reads in LANGUAGES:
        for is_open in (True, False):
            words = shown(school, gateway, SAID[kind], reads, AddressState.GOOD, is_open=is_open)
            assert SCHOOL in words, (reads, is_open)
            if gateway == "web_push":  # seen by whoever sees the screen: the school, and nothing else
                assert (PERSON in words, CHILD in words, "lighthouse" in words) == (False, False, False)
            else:
                assert PERSON in words or (kind == "for anybody" and get(gateway).channel == Channel.CALL), (
                    reads,
                    words,
                )


@pytest.mark.django_db
@every_way
@pytest.mark.parametrize("kind", INSTEAD)
def test_words_in_place_of_others_say_which_school_and_nobodys_name(gateway: str, kind: str) -> None:
    school = cast.maple_street()
    content, state = INSTEAD[kind]
    for reads in LANGUAGES:
        try:
            words = shown(school, gateway, content, reads, state, is_open=True)
        except (TooPrivate, NoVoice):
            continue  # it does not leave that way at all
        assert SCHOOL in words
        assert CHILD not in words


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [one for one in ServiceKind if not one.value.startswith("staff")])
def test_each_service_message_says_which_school(kind: ServiceKind) -> None:
    school, phrase = cast.maple_street(), PHRASES[kind.value]
    places = {
        name: f"<{name}>" for name in phrase.needed | phrase.optional if name not in {"school", "phone"}
    }
    for gateway in GATEWAYS:
        if gateway in BY_HAND or gateway == "web_push":
            continue  # no service message ever goes there
        for reads in LANGUAGES:
            content = Content(service(kind, reads, school=school, places=places), reads, phrase.tier)
            words = shown(school, gateway, content, reads, AddressState.GOOD, is_open=True)
            assert SCHOOL in words, (gateway, reads, words)
