"""Messages as pages show them: whose words, in which language, and how far they came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Prefetch, QuerySet
from django.utils.translation import gettext as _

from porchlight.conversations.answering import in_words
from porchlight.conversations.asking import Given
from porchlight.conversations.attached import Address, Found, actions_of, tags_of
from porchlight.conversations.forms import AnswerForm
from porchlight.conversations.heeding import ASKS_FOR_CALL, TAKEN_AS_STOP
from porchlight.conversations.models import Answer, Ask, Author, Message, MessageParcel
from porchlight.delivery.gateways.contract import Status
from porchlight.design.parts import Bubble, Saying, Tag
from porchlight.languages.provenance import Provenance


def for_showing(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Everything a page of messages needs, in a constant number of queries."""
    carried = MessageParcel.objects.annotate(
        best=Max("parcel__deliveries__status"), channel=Max("parcel__deliveries__channel")
    )
    return messages.select_related(
        "thread__guardian", "thread__student", "staff", "rendering", "notice__ask", "ask"
    ).prefetch_related(Prefetch("parcels", queryset=carried, to_attr="carried"))


def bubble(
    message: Message,
    *,
    for_home: bool,
    school_name: str,
    found: Found | None = None,
    address: Address | None = None,
) -> Bubble:
    """One utterance, for the family's side or the school's.

    The family reads the version in their language with the original behind it; staff read the original, and
    see how far the words came. Staff are never shown when a family read something, only that it was read.
    `found` is what came along with the messages of this page, `address` where each is handed out: for staff.
    """
    rendering = getattr(message, "rendering", None)
    original = Saying(message.text, message.language)
    said = Saying(rendering.text, rendering.language) if rendering is not None and for_home else original
    status, channel = _carried(message) if not for_home else ("", message.channel)
    return Bubble(
        author=_author(message, school_name),
        said=said,
        at=message.said_at,
        mine=message.is_from_home is for_home,
        how=channel or message.channel,
        status=status,
        original=original if said is not original else None,
        provenance=provenance_words(rendering.provenance, rendering.by)
        if rendering is not None and said is not original
        else "",
        tags=[*tags_of(message.media, found), *([] if for_home else _meant(message))],
        actions=actions_of(message.media, found, address) if found and address else (),
        key=message.key,
    )


def _meant(message: Message) -> list[Tag]:
    """What staff should know of these words: they did something already."""
    if not message.is_from_home:
        return []
    if message.kind == ASKS_FOR_CALL:
        return [Tag(_("Asks for a call. The office has it in its tray."), "info")]
    if message.kind == TAKEN_AS_STOP:
        return [
            Tag(_("Taken as STOP: nothing more is sent there. Ask whether they meant the question."), "care")
        ]
    return []


def _author(message: Message, school_name: str) -> str:
    if message.is_from_home:
        guardian = message.thread.guardian
        return guardian.greeting or message.thread.student.short_name
    if message.author == Author.STAFF and message.staff is not None:
        return message.staff.name
    return school_name


def _carried(message: Message) -> tuple[str, str]:
    carried = next(iter(getattr(message, "carried", [])), None)
    if carried is None or carried.best is None:
        return "", ""
    return Status(carried.best).name.lower(), carried.channel or ""


def provenance_words(provenance: str, by: str) -> str:
    """Who put words into the language they are in."""
    if Provenance(provenance) is Provenance.SCHOOL_TEMPLATE and by:
        return _("Written for this school by %(name)s") % {"name": by}
    if by:
        return _("Put into this language by %(name)s") % {"name": by}
    return _("Put into this language by the school")


def ask_of(message: Message) -> Ask | None:
    """The question that came with a message, or with the notice it is part of."""
    own: Ask | None = getattr(message, "ask", None)
    if own is not None or message.notice is None:
        return own
    return getattr(message.notice, "ask", None)


@dataclass(frozen=True, slots=True)
class Put:
    """A message on a family's page, with its question and what they said to it."""

    message: Message
    bubble: Bubble
    form: AnswerForm | None
    is_open: bool
    answered: str  # in the family's words and language; empty: not yet


def put(
    messages: Iterable[Message],
    *,
    answers: Sequence[Answer],
    language: str,
    school_name: str,
    bound: AnswerForm | None,
    now: datetime,
) -> list[Put]:
    """Messages with their questions, ready for a family's page. `bound` is a form that came back with errors."""
    counting = {(answer.ask_id, answer.thread_id): answer for answer in answers if answer.accepted}
    shown = []
    for message in messages:
        ask = ask_of(message)
        answer = counting.get((ask.pk, message.thread_id)) if ask is not None else None
        form = None
        if ask is not None:
            form = bound if bound is not None and bound.ask.pk == ask.pk else AnswerForm(ask, language)
        shown.append(
            Put(
                message=message,
                bubble=bubble(message, for_home=True, school_name=school_name),
                form=form,
                is_open=ask is not None and ask.is_open(now),
                answered=_said(answer, language) if answer is not None else "",
            )
        )
    return shown


def _said(answer: Answer, language: str) -> str:
    return in_words(answer.ask, Given(tuple(answer.keys), answer.number, answer.text), language)
