"""What comes along with words: kept at once where it came inside the webhook, noted down where it is to be fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from porchlight.delivery.gateways.contract import Heard, Media
from porchlight.delivery.gateways.contract import InboundEvent as Event
from porchlight.delivery.models import Account, Attachment, InboundEvent, WebhookRoute
from porchlight.files.keeping import keep
from porchlight.files.models import StoredFile

LOST = "media_gone"


def keep_enclosed(account: Account, events: Sequence[Event]) -> list[Event]:
    """The events with their bytes kept as files; a repetition finds the file of the first time."""
    return [_kept(account, event) if isinstance(event, Heard) else event for event in events]


def _kept(account: Account, heard: Heard) -> Heard:
    if heard.automatic or not any(media.content for media in heard.media):
        return heard
    return replace(
        heard,
        media=tuple(
            replace(media, content=b"", file=_file(account, heard, number, media).key)
            if media.content
            else media
            for number, media in enumerate(heard.media)
        ),
    )


def _file(account: Account, heard: Heard, number: int, media: Media) -> StoredFile:
    return keep(
        school=account.school_id,
        source=source_of(account, heard.key, number),
        content=BytesIO(media.content),
        name=media.name,
        claimed_type=media.mime_type,
    )


def source_of(account: Account, key: str, number: int) -> str:
    """One name for one part of one event, however often it is told."""
    return hashlib.sha256(f"{account.pk}:{key}:{number}".encode()).hexdigest()


def attach(account: Account, row: InboundEvent, heard: Heard, now: datetime) -> tuple[Attachment, ...]:
    """Write down each part; whoever fetches is woken. Twice is once."""
    made = tuple(
        _attachment(account, row, heard.key, number, media, now) for number, media in enumerate(heard.media)
    )
    if any(one.file_id is None and one.given_up_at is None for one in made):
        WebhookRoute.objects.filter(account=account, closed_at=None).update(fetch_at=now)
    return made


def _attachment(
    account: Account, row: InboundEvent, key: str, number: int, media: Media, now: datetime
) -> Attachment:
    file = (
        StoredFile.objects.in_school(account.school_id).filter(key=media.file).first() if media.file else None
    )
    is_lost = file is None and not (media.provider_id or media.url)
    return Attachment.objects.get_or_create(
        school_id=account.school_id,
        source=source_of(account, key, number),
        defaults={
            "account": account,
            "inbound": row,
            "kind": media.kind[:10],
            "provider_id": media.provider_id[:255],
            "url": media.url,
            "name": media.name[:200],
            "claimed_type": media.mime_type[:100],
            "digest": media.digest[:64],
            "waiting": file,
            "code": LOST if is_lost else "",
            "due_at": now,
            "heard_at": now,
            "given_up_at": now if is_lost else None,
        },
    )[0]
