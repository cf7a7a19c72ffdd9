"""A message read out by a machine, on the family's own pages: for who reads slowly, or not at all.

A person's recording stands first: what was said aloud, or recorded for a call, is not read out as well. Words are
read in the family's own language alone, and only where a voice knows its script. Roman Urdu is read from the Urdu.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

from django.db.models import prefetch_related_objects

from porchlight.conversations.models import Message, ReadAloud
from porchlight.conversations.wording import fill_about
from porchlight.design.parts import Aloud, Saying
from porchlight.families.models import Guardian
from porchlight.files.models import StoredFile
from porchlight.files.reading_out import BYTES_A_SECOND, keep_read_out
from porchlight.languages import speech
from porchlight.languages.reading_out import Voices
from porchlight.toolbox import scripts


def aloud(message: Message, reader: Guardian, url: str, voices: Voices) -> Aloud | None:
    """What a page says of it, about; None where nothing can be read to this adult."""
    said = words_for(message, reader, voices)
    if said is None:
        return None
    seconds = speech.seconds(said.text, said.language)
    return Aloud(url, seconds, round(seconds * BYTES_A_SECOND))


def fetch_versions(messages: Iterable[Message], reader: Guardian) -> None:
    """In one query what else these were told in, where that is what would be read out."""
    if not speech.voice_for(reader.reading):
        prefetch_related_objects([one for one in messages if one.notice_id], "notice__versions")


def words_for(message: Message, reader: Guardian, voices: Voices) -> Saying | None:
    """The very words that would be read out."""
    if message.is_from_home or message.sound_id:
        return None
    own = {scripts.base(tag) for tag in (reader.reading, reader.spoken) if tag}
    for said in _versions(message, reader):
        known = said.text.strip() and scripts.base(said.language) in own
        if known and voices.read(said.language, message.tier):
            return said
    return None


def sound_of(message: Message, reader: Guardian) -> StoredFile | None:
    """The sound, made when it is first asked for. Raises speech.NoVoice, NotKept."""
    voices = Voices.of(message.school_id)
    said = words_for(message, reader, voices)
    if said is None:
        return None
    rows = ReadAloud.objects.in_school(message.school_id).filter(message=message).select_related("file")
    kept = rows.first()
    for voice in voices.for_words(said.language, message.tier):
        source = voice.source(said.text)
        if kept is not None and kept.file.source == source:
            return kept.file
        with contextlib.suppress(speech.NoVoice):
            return _kept(message, source, voice.sound(said.text))
    raise speech.NoVoice(said.language)


def _kept(message: Message, source: str, sound: bytes) -> StoredFile:
    file = keep_read_out(school=message.thread.school, source=source, sound=sound)
    ReadAloud.objects.update_or_create(school_id=message.school_id, message=message, defaults={"file": file})
    return file


def _versions(message: Message, reader: Guardian) -> Iterator[Saying]:
    """What stands on the page, then what it was made from, then what other homes of this language were told."""
    rendering = getattr(message, "rendering", None)
    if rendering is not None:
        yield Saying(rendering.text, rendering.language)
    yield Saying(message.text, message.language)
    if message.notice is None or not scripts.base(reader.reading) or speech.voice_for(reader.reading):
        return
    student = message.thread.student
    for row in message.notice.versions.all():
        class_names = {student.pk: ", ".join(student.class_names())} if "{class}" in row.text else {}
        text = fill_about(row.text, [student], school=message.thread.school, class_names=class_names)
        yield Saying(text, row.language)
