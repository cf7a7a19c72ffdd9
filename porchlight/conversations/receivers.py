"""What delivery hears, carried up into conversations."""

from __future__ import annotations

from collections.abc import Sequence

from porchlight.conversations.hearing import Words, hear, to_triage, was_heard
from porchlight.conversations.models import TriageReason
from porchlight.delivery.inbox.listeners import CallMissed, HeardFrom, on_heard, on_missed_call, on_status
from porchlight.languages.understood import Kind, understand
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
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
        media=tuple(
            {"kind": one.kind, "provider_id": one.provider_id, "mime_type": one.mime_type}
            for one in event.heard.media
        ),
        inbound=event.inbound,
    )
    understood = understand(words.text)
    if understood is not None and understood.kind is Kind.NOT_ME and not was_heard(event.inbound):
        to_triage(event.school, event.address, words, TriageReason.NOT_ME)
        return "wrong number"
    return str(hear(school=event.school, address=event.address, words=words, now=now))


@on_missed_call
def rang(event: CallMissed) -> str:
    """A missed call means "please ring me": the office's tray, whoever it was."""
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
    to_triage(event.school, event.address, words, TriageReason.MISSED_CALL)
    return "missed call"


@on_status
def fared(school: School, deliveries: Sequence[int]) -> None:
    """Some of what was sent came further: open reports look again."""
    changed(school, Topic.NOTICES)
