"""The message of a call in the voice of a company that the school named for its language: the file its pages play.

Kept as sound before or while it is rung about; the company is asked once. Our own words around it stay in the voice
they were in, so that nobody waits on the line for each of them.
"""

from __future__ import annotations

import contextlib

from porchlight.delivery.models import Delivery
from porchlight.delivery.talking.parts import Part, said
from porchlight.files.cleaning import NotKept
from porchlight.files.models import StoredFile
from porchlight.files.reading_out import keep_read_out
from porchlight.languages.reading_out import Voice, Voices
from porchlight.languages.speech import NoVoice


def named_for(delivery: Delivery) -> list[Voice]:
    """The companies' voices that may read this message, the school's choice first; of our own words, none."""
    if delivery.parcel.service_kind:
        return []
    words = said(delivery, Part())
    return list(Voices.of(delivery.school_id).of_companies(words.language, delivery.parcel.tier))


def sound_of(delivery: Delivery) -> StoredFile | None:
    """The recording, made when there is none yet; None where no company reads it, or none answers now."""
    text = said(delivery, Part()).text
    for voice in named_for(delivery):
        source = voice.source(text)
        kept = StoredFile.objects.in_school(delivery.school_id).filter(source=source).first()
        if kept is not None:
            return kept
        with contextlib.suppress(NoVoice, NotKept):
            return keep_read_out(school=delivery.parcel.school, source=source, sound=voice.sound(text))
    return None
