"""What a family says to its note by key: it is right, and for whom; what is not, in its own voice; or ring me."""

from __future__ import annotations

from datetime import timedelta

from porchlight.conversations.asking import Verdict
from porchlight.conversations.listeners import on_heard
from porchlight.conversations.models import Answer, Message
from porchlight.families.models import Channel
from porchlight.languages.phrases import say as phrase
from porchlight.meetings.models import NoteHeard, VisitAsk, VisitNote
from porchlight.meetings.visits import by_call, notes

ONE_CALL = timedelta(minutes=30)  # what they say after the key belongs to it
READERS: dict[str, str] = {
    by_call.RIGHT: VisitNote.Readers.TEACHERS,
    by_call.RIGHT_FOR_PAIR: VisitNote.Readers.PAIR,
}
HOW: dict[str, NoteHeard.How] = {Channel.CALL: NoteHeard.How.CALL, Channel.VOICE: NoteHeard.How.PHONE}


def answered(question: VisitAsk, answer: Answer) -> Verdict:
    """Heard twice it changes nothing. Of words that were changed since, it is kindly refused."""
    visit, key = question.visit, answer.keys[0]
    rows = VisitNote.objects.in_school(answer.school_id).filter(visit=visit, version=question.revision)
    note = rows.select_related("visit__student__school", "visit__guardian", "written_by").first()
    if note is None:
        words = phrase("ask_closed", visit.guardian.reading, of=visit.student.school)
        return Verdict(accepted=False, words=words)
    if key == by_call.PERSON:
        by_call.ring(note, by=visit.guardian.actor(), now=answer.at)
    elif not _is_known(note, answer):
        said = notes.Aloud(key == by_call.WRONG, answer.spoken, answer.text if answer.typed_by_id else "")
        notes.hear_note(
            note,
            how=HOW.get(answer.channel, NoteHeard.How.PAGE),
            by=visit.guardian.actor(),
            now=answer.at,
            version=note.version,
            readers=READERS.get(key, ""),
            aloud=said,
        )
    return Verdict()


def _is_known(note: VisitNote, answer: Answer) -> bool:
    """Heard before; or their own voice, which goes with the key that they pressed just before."""
    if note.hearings.filter(version=note.version, at=answer.at).exists():
        return True
    if answer.spoken is None or answer.keys[0] != by_call.WRONG:
        return False
    rows = note.hearings.filter(version=note.version, is_wrong=True, spoken=None, at__gt=answer.at - ONE_CALL)
    pressed = rows.order_by("-at", "-pk").first()
    if pressed is None:
        return False
    pressed.spoken = answer.spoken
    pressed.save(update_fields=["spoken"])
    return True


@on_heard
def listened(message: Message, text: str) -> None:
    """A colleague who knows their language wrote down what they said: it stands with the note, for the two."""
    NoteHeard.objects.in_school(message.school_id).filter(spoken=message, correction="").update(
        correction=text
    )
