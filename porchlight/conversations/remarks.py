"""What a reader should know beside the words of a message: what it answers, what it did already, what it waits for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from porchlight.conversations.checking import MATTERS
from porchlight.conversations.doorstep import HELLO
from porchlight.conversations.heeding import ASKS_FOR_CALL, TAKEN_AS_STOP
from porchlight.conversations.models import AnswerForAll, Message
from porchlight.design.parts import Tag
from porchlight.toolbox import scripts


def remarks_on(message: Message, *, for_home: bool) -> list[Tag]:
    """What the reader should know beside the words."""
    answers = _answers(message, for_home=for_home)
    return [*answers, *_spoken(message), *([] if for_home else [*_meant(message), *_awaits(message)])]


def _answers(message: Message, *, for_home: bool) -> list[Tag]:
    """In the thread of whoever asked, what went to the class is the answer to them; in no other does it say so."""
    link: AnswerForAll | None = getattr(message.notice, "answer_for_all", None) if message.notice else None
    if link is None or link.question.thread_id != message.thread_id:
        return []
    if for_home:
        return [Tag(_("The answer to your question. Nobody is told who asked."), "good")]
    if link.mended:
        return [Tag(_("Answers their question, told to the class in other words"), "good")]
    return [Tag(_("Answers their question, told to the class word for word"), "good")]


def _awaits(message: Message) -> list[Tag]:
    """It is being translated: ours leaves then, theirs can be read then. Or it came in letters of another language."""
    if hasattr(message, "awaiting"):
        held = not message.is_from_home and message.kind in MATTERS
        return [
            Tag(_("Waits for a colleague to read its translation") if held else _("Being translated"), "info")
        ]
    reading = message.thread.guardian.reading
    if message.is_from_home and message.text and not scripts.same_reading(message.language, reading):
        names = {"written": scripts.autonym(message.language), "reads": scripts.autonym(reading)}
        return [Tag(_("Written in %(written)s; we have them as reading %(reads)s") % names, "info")]
    return []


def _spoken(message: Message) -> list[Tag]:
    """How long a spoken answer lasts and how much data it costs."""
    file = message.sound
    if file is None:
        return []
    kilobytes = _("%(size)s KB") % {"size": max(1, round(file.size / 1000))}
    length = _("%(seconds)s s") % {"seconds": max(1, round(file.seconds))} if file.seconds else ""
    return [Tag(" · ".join(part for part in (length, kilobytes) if part), "info")]


def _meant(message: Message) -> list[Tag]:
    """What staff should know of these words: they did something already."""
    if not message.is_from_home:
        return []
    if message.kind == HELLO:
        return [Tag(_("A greeting. Porchlight greeted back."), "good")]
    if message.kind == ASKS_FOR_CALL:
        return [Tag(_("Asks for a call. The office has it in its tray."), "info")]
    if message.kind == TAKEN_AS_STOP:
        return [
            Tag(_("Taken as STOP: nothing more is sent there. Ask whether they meant the question."), "care")
        ]
    return []
