"""What delivery hears, carried up into conversations."""

from __future__ import annotations

from collections.abc import Sequence

from porchlight.conversations import heeding, hours, troubles
from porchlight.conversations.heard import Words, to_triage, was_heard
from porchlight.conversations.hearing import hear
from porchlight.conversations.models import TriageItem, TriageReason
from porchlight.delivery.inbox.listeners import (
    CallMissed,
    HeardFrom,
    Trouble,
    on_heard,
    on_missed_call,
    on_status,
    on_trouble,
)
from porchlight.languages.understood import Kind
from porchlight.schools.live.versions import Topic, changed
from porchlight.toolbox import school_time


@on_heard
def heard(event: HeardFrom) -> str:
    """Words from a gateway: placed, answered, or laid before a person. Returns where they ended up."""
    now = school_time.now()
    words = Words(
        text=event.heard.text,
        channel=event.account.channel,
        at=event.heard.at or now,
        sender=event.sender_shown,
        sender_name=event.sender.name,
        choice=event.heard.choice,
        in_reply_to=event.heard.in_reply_to,
        full_text=event.heard.full_text,
        media=tuple({"kind": one.kind, "key": one.key} for one in event.attachments),
        inbound=event.inbound,
        verified=event.heard.verified,
    )
    if event.wish is not None and event.wish.kind in (Kind.NOT_ME, Kind.STOP):
        return _done_already(event, words)
    return str(hear(school=event.school, address=event.address, words=words, now=now))


def _done_already(event: HeardFrom, words: Words) -> str:
    """The address was seen to; a person looks at what it means."""
    if was_heard(event.inbound):
        return "heard before"
    if event.wish is not None and event.wish.kind is Kind.STOP:
        return heeding.stop_or_answer(
            school=event.school, address=event.address, words=words, now=school_time.now()
        )
    to_triage(event.school, event.address, words, TriageReason.NOT_ME)
    return "wrong number"


@on_missed_call
def rang(event: CallMissed) -> str:
    """A missed call means "please ring me": the office's tray, whoever it was; ringing on is one wish."""
    now = school_time.now()
    if was_heard(event.inbound):
        return "heard before"
    words = Words(
        text="",
        channel=event.account.channel,
        at=event.call.at or now,
        sender=event.sender_shown,
        inbound=event.inbound,
    )
    waiting = TriageItem.objects.in_school(event.school).waiting()
    if waiting.filter(reason=TriageReason.MISSED_CALL, channel=words.channel, sender=words.sender).exists():
        return "rang again"
    to_triage(event.school, event.address, words, TriageReason.MISSED_CALL)
    if event.address is not None:
        heeding.say_we_will_ring(event.school, event.address, words, now)
    hours.reply_when_closed(school=event.school, address=event.address, words=words, now=now)
    return "missed call"


@on_status
def fared(school_id: int, deliveries: Sequence[int]) -> None:
    """Some of what was sent came further: open reports look again."""
    changed(school_id, Topic.NOTICES)


@on_trouble
def in_trouble(trouble: Trouble) -> None:
    """An account, a text or a number fails us: the office has it in its tray until it is mended."""
    troubles.told(trouble, now=school_time.now())
