"""A mistake that is past undo: stopped where it can be, and owned where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from porchlight.activity.record import record
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.notices import Draft, NoticeRefused, release, write
from porchlight.conversations.taking_back import open_again
from porchlight.delivery.actions import withdraw
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery, Parcel
from porchlight.languages import phrases
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor, Role
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.tiers import Tier

PHRASE = "sorry_sent_by_mistake"


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a notice has come, in adults."""

    left: int  # it is with them, or on its way and cannot be stopped
    here: int  # it can still be stopped, or never had a way to them


def may_stop(notice: Notice, actor: Actor) -> bool:
    """Who wrote it, a leader or the office."""
    return actor.is_one_of(Role.LEADER, Role.OFFICE) or actor.post_id == notice.by_id


def spread_of(notice: Notice) -> Spread:
    """As of this moment."""
    told = _standing(notice)
    everybody = set(told.values_list("thread__guardian_id", flat=True))
    left = set(told.filter(pk__in=_with_them(notice)).values_list("thread__guardian_id", flat=True))
    return Spread(len(left), len(everybody - left))


def words_for(notice: Notice) -> Version:
    """The apology as it is offered, in the school's language."""
    found = phrases.saying(PHRASE, notice.school.language, of=notice.school)
    return Version(found.text, found.language, Provenance.PHRASE_BOOK, found.by)


@transaction.atomic
def stop_and_own(notice: Notice, *, text: str, by: Actor, now: datetime) -> Notice | None:
    """Nothing of it leaves any more, and whom it reached is told that it was a mistake, as fast as it came.

    `text` in the school's language; left as it was offered, each home has it in its own. Returns the apology; None
    when it reached nobody. Done twice, it is done once. Raises NoticeRefused, PermissionDenied.
    """
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if not may_stop(notice, by):
        raise PermissionDenied("Who wrote it, the office or a leader stops a message.")
    if notice.stopped_at is None:
        _stop(notice, by=by, now=now)
    earlier = Notice.objects.filter(sorry_for=notice).first()
    if earlier is not None or not _standing(notice).exists():
        return earlier
    draft = apology(notice, text)
    sorry = write(draft, school=notice.school, by=by, now=now)
    sorry.sorry_for = notice
    sorry.save(update_fields=["sorry_for"])
    try:
        with transaction.atomic():
            return release(sorry, by=by, now=now)
    except NoticeRefused:  # whom it reached may not be written to any more
        sorry.delete()
        return None


def apology(notice: Notice, text: str) -> Draft:
    """To exactly those whom it reached; as urgent as the mistake was."""
    offered = words_for(notice)
    versions = {}
    if text.strip() == offered.text:
        books = {tag: book for tag, book in phrases.books().items() if PHRASE in book.phrases}
        versions = {
            tag: Version(
                phrases.say(PHRASE, tag, of=notice.school), tag, Provenance.PHRASE_BOOK, book.written_by
            )
            for tag, book in books.items()
            if tag != offered.language
        }
    return Draft(
        text=text.strip(),
        language=offered.language,
        audience=Audience(AudienceKind.REACHED, (notice.key,)),
        tier=Tier.L1,
        urgent_reason=notice.urgent_reason,
        versions=versions,
    )


def _stop(notice: Notice, *, by: Actor, now: datetime) -> None:
    kept = withdraw(Parcel.objects.filter(messages__message__notice=notice).distinct())
    _standing(notice).exclude(pk__in=_with_them(notice)).update(undone_at=now)
    open_again(notice, by=by)
    notice.stopped_at = now
    notice.save(update_fields=["stopped_at", "closure"])
    changed(notice.school_id, Topic.NOTICES)
    changed(notice.school_id, Topic.TALK)
    record("notice.stopped", about=notice, by=by, stopped=kept)


def _standing(notice: Notice) -> QuerySet[Message]:
    return Message.objects.standing().filter(notice=notice)


def _with_them(notice: Notice) -> QuerySet[Message]:
    """What left, or is leaving as we speak; a try whose end nobody knows may have arrived."""
    leaving = Q(sent_at__isnull=False) | Q(lease_until__isnull=False) | Q(copies__gt=0)
    leaving |= Q(rides_with__lease_until__isnull=False)  # on the same phone in a moment
    gone = Delivery.objects.filter(leaving, parcel__messages__message__notice=notice).exclude(
        status=Status.FAILED
    )
    return Message.objects.filter(parcels__parcel__in=gone.values("parcel"))
