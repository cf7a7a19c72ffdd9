"""The parts of what is said in a call: the message itself, and our own few words around it.

A part is named, never spelled out: whoever fetches it as sound brings its name back, and the words are put together
anew from the delivery. No child's word stands in an address.
"""

from __future__ import annotations

from typing import NamedTuple

from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import Delivery
from porchlight.languages import phrases
from porchlight.languages.speech import voice_for

# Said in the middle of a call instead of what a text message would say.
ON_THE_LINE = {ServiceKind.STOP_CONFIRMED.value: "call_stopped"}


class Part(NamedTuple):
    """The message itself, or a phrase of ours with the key it names and the option that key stands for."""

    phrase: str = ""
    key: str = ""
    option: str = ""
    star: bool = False  # the key is pressed behind a star


class Said(NamedTuple):
    """Words, and the language they came out in (BCP-47)."""

    text: str
    language: str


def said(delivery: Delivery, part: Part) -> Said:
    """The words of a part. Raises LookupError for a phrase or an option that is none of this delivery's."""
    parcel = delivery.parcel
    phrase = part.phrase or ON_THE_LINE.get(parcel.service_kind, "")
    if not phrase:
        return Said(delivery.body["text"], parcel.language)
    school, language = parcel.school, language_of(delivery)
    options = dict(map(tuple, delivery.body.get("options", [])))
    places = {
        "school": school.name,
        "phone": school.phone,
        "sender": parcel.sender_name if delivery.is_personal and parcel.sender_name != school.name else "",
        "key": phrases.say("call_star", language, of=school, key=part.key) if part.star else part.key,
        "label": options[part.option] if part.option else "",
    }
    found = phrases.saying(phrase, language, of=school, **places)
    return Said(found.text, found.language)


def language_of(delivery: Delivery) -> str:
    """What our own words are said in: what they speak, where a voice can say it; else the message's own language."""
    guardian = delivery.parcel.guardian
    spoken = guardian.spoken if guardian is not None else ""
    return spoken if spoken and voice_for(spoken) else delivery.parcel.language


def recording_of(delivery: Delivery) -> tuple[str, str] | None:
    """Where a person's own recording of the message lies, and its type; None where nobody made one."""
    found = delivery.body.get("sound")
    return (found[0], found[1]) if found else None
