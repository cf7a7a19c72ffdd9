"""A signature is an answer that nobody changes quietly: it stands as it was given, until it is taken back.

What was signed is kept word for word with its version, who signed, when and how, and who saw or heard it. The record
holds the version too, so that words changed later would not fit it.
"""

from __future__ import annotations

from datetime import datetime

from porchlight.activity.record import record
from porchlight.conversations.models import Answer, Message, Shape, Signature
from porchlight.conversations.models.asks import SIGNED, WITHDRAWN
from porchlight.conversations.models.signatures import version_of
from porchlight.languages.phrases import say
from porchlight.schools.actors import system


def refusal_of(answer: Answer, now: datetime) -> str:
    """Why an answer cannot be taken whoever owns the ask, in words for the family; empty where it can."""
    ask, language = answer.ask, answer.thread.guardian.reading
    if ask.shape == Shape.CHOOSE_TIME:
        times = [datetime.fromisoformat(one["at"]) for one in ask.options if one["key"] in answer.keys]
        return say("time_gone", language, of=ask.school) if any(time < now for time in times) else ""
    if ask.shape != Shape.SIGN:
        return ""
    standing = standing_for(answer)
    if answer.keys == [SIGNED] and standing is not None:
        return say("signed_already", language, of=ask.school, name=standing.name)
    if answer.keys == [WITHDRAWN] and standing is None:
        return say("not_signed", language, of=ask.school)
    return ""


def standing_for(answer: Answer) -> Signature | None:
    """The signature that stands in the answer's thread."""
    rows = Signature.objects.in_school(answer.school_id).standing()
    return rows.filter(ask=answer.ask_id, thread=answer.thread_id).first()


def keep_signature(answer: Answer) -> None:
    """Sign, or take back what was signed."""
    by = system(answer.school_id)
    if answer.keys == [WITHDRAWN]:
        standing = standing_for(answer)
        if standing is not None:
            standing.withdrawn_at = answer.at
            standing.save(update_fields=["withdrawn_at"])
            record("ask.signature_withdrawn", about=standing, by=by, channel=answer.channel)
        return
    words, language = words_before(answer)
    signature = Signature.objects.create(
        school_id=answer.school_id,
        answer=answer,
        ask=answer.ask,
        thread=answer.thread,
        words=words,
        language=language,
        version=version_of(words),
        name=answer.text[:120],
        recording=answer.spoken,
        channel=answer.channel,
        witness_id=answer.typed_by_id,
        signed_at=answer.at,
    )
    record("ask.signed", about=signature, by=by, channel=answer.channel, version=signature.version)


def words_before(answer: Answer) -> tuple[str, str]:
    """The words this adult had before them, and their language."""
    ask = answer.ask
    said = Message.objects.in_school(answer.school_id).standing().filter(thread=answer.thread_id)
    said = said.filter(notice=ask.notice_id) if ask.notice_id else said.filter(ask=ask)
    message = said.select_related("rendering").order_by("pk").first()
    if message is None:
        return "", answer.thread.guardian.reading
    rendering = getattr(message, "rendering", None)
    return (rendering.text, rendering.language) if rendering is not None else (message.text, message.language)


def stands_again(answer: Answer) -> None:
    """Before an answer that nobody gave is erased: what it took back stands again."""
    if answer.keys == [WITHDRAWN]:
        rows = Signature.objects.in_school(answer.school_id).filter(
            ask=answer.ask_id, thread=answer.thread_id
        )
        rows.filter(withdrawn_at=answer.at).update(withdrawn_at=None)
