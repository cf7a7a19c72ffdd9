"""In whose voice words are said: a person's where there is one, else the gateway's that the school chose, else ours."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol, runtime_checkable

from porchlight.delivery.content import Content
from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.requests import Greeting, RawRequest
from porchlight.delivery.gateways.spoken import Piece, Script, Turn
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.talking import company, parts, sounds
from porchlight.delivery.talking.parts import Part
from porchlight.families.models import AddressState, Channel, ContactPoint, Guardian
from porchlight.languages import speech
from porchlight.toolbox import scripts


@runtime_checkable
class Talks(Protocol):
    """What a gateway adds to the contract that asks us, in the middle of a call, what to say next."""

    def turn(self, request: RawRequest) -> Turn | None: ...
    def speak(self, turn: Turn, script: Script, callback: str) -> Greeting: ...
    def voice_of(self, account: AccountSettings, language: str) -> str: ...


def has_voice(account: Account, language: str) -> bool:
    """Whether words in this language (BCP-47) can be said on this account by anything but a person."""
    carrier = account.carrier
    return bool(
        speech.voice_for(language) or (isinstance(carrier, Talks) and carrier.voice_of(account, language))
    )


def wanted_from_a_person(
    voices: Collection[str], account: Account, content: Content, point: ContactPoint, guardian: Guardian
) -> str:
    """The language (a base tag) a colleague has to say it in before it can be rung; empty where none need, or can.

    A machine that reads out the school's own language to a home of another is no voice for it.
    """
    if account.channel != Channel.CALL or content.spoken is not None or content.was_to_be_recorded:
        return ""
    if point.on_trial or point.address.state == AddressState.NOTICE_ONLY:
        return ""  # other words are said there, for anybody
    spoken = scripts.base(guardian.spoken)
    theirs = scripts.base(content.language) == spoken or not content.is_original
    needs = not (theirs and has_voice(account, content.language))
    return spoken if needs and spoken in voices else ""


def piece(delivery: Delivery, part: Part) -> Piece:
    """One part of what is said about a delivery, in the voice it is said in."""
    account = delivery.account
    if not part.phrase and parts.recording_of(delivery) is not None:
        return Piece("", "", sounds.address_of(delivery, part))
    said = parts.said(delivery, part)
    if not part.phrase and _is_read_by_a_company(delivery, said.language):
        return Piece(said.text, said.language, sounds.address_of(delivery, part))
    carrier = account.carrier
    chosen = carrier.voice_of(account, said.language) if isinstance(carrier, Talks) else ""
    if chosen:
        return Piece(said.text, said.language, voice=chosen)
    if speech.voice_for(said.language):
        return Piece(said.text, said.language, sounds.address_of(delivery, part))
    return Piece(said.text, said.language)


def _is_read_by_a_company(delivery: Delivery, language: str) -> bool:
    """Whether the school named a company's voice, and the words will be heard.

    Where this machine has a voice to fall back on, the sound is made while the gateway fetches it; else it has to be
    there before we point to it.
    """
    if not company.named_for(delivery):
        return False
    return bool(speech.voice_for(language)) or company.sound_of(delivery) is not None
