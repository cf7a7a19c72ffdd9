"""Who was named by a family answers our one question: yes, and words come; no, and nothing ever does."""

from __future__ import annotations

from datetime import datetime

from porchlight.conversations.delegating import agree, end
from porchlight.conversations.heard import Outcome, Words, to_triage
from porchlight.conversations.models import Ask, Delegation, TriageReason
from porchlight.conversations.models.delegating import AgreedHow, EndedBy, Stage
from porchlight.delivery.actions import serve
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import Delivery
from porchlight.families.models import Address
from porchlight.languages.understood import Kind, understand
from porchlight.schools.models import School


def hear_the_named(school: School, address: Address | None, words: Words, now: datetime) -> Outcome | None:
    """A yes or a no to being named. None for everything else, and where another question may be meant."""
    if address is None or address.opted_out_at is not None:
        return None
    waiting = _waiting_at(school, address, now)
    if not waiting:
        return None
    seen = understand(words.text, [one.reads for one in waiting])
    if seen is None or seen.kind not in {Kind.YES, Kind.NO} or _means_another(school, waiting, words, now):
        return None
    for one in waiting:
        assert one.adult is not None  # noqa: S101 - asked for in the query
        by = one.adult.actor()
        if seen.kind is Kind.YES:
            agree(one, how=AgreedHow.REPLY, wording=words.text, by=by, now=now)
        else:
            end(one, how=EndedBy.ADULT, by=by, now=now)
    kind = ServiceKind.NAMED_AGREED if seen.kind is Kind.YES else ServiceKind.NOT_ME_THANKS
    serve(school=school, kind=kind, to=address, language=waiting[0].reads, now=now, account=words.line)
    item = to_triage(school, address, words, TriageReason.NAMED_ANSWERED)
    item.outcome, item.resolved_at = seen.kind.value, now
    item.save(update_fields=["outcome", "resolved_at"])
    return Outcome(triage=item)


def _waiting_at(school: School, address: Address, now: datetime) -> list[Delegation]:
    """Those who were asked there and have not answered; each with its adult."""
    rows = Delegation.objects.in_school(school).standing().filter(invited_at__isnull=False)
    rows = rows.filter(adult__contact_points__address=address, adult__contact_points__ended_at=None)
    today = school.local(now).date()
    found = rows.filter(value=address.value, adult__left_at=None).select_related("adult", "school")
    return [one for one in found.order_by("pk").distinct() if one.stage(today) is Stage.ASKED]


def _means_another(school: School, waiting: list[Delegation], words: Words, now: datetime) -> bool:
    """Whether a question about a child of their own is open, and this does not answer ours."""
    if words.in_reply_to:
        ours = Delivery.objects.in_school(school).filter(provider_id=words.in_reply_to)
        if ours.filter(parcel__service_kind=ServiceKind.NAMED_BY_FAMILY.value).exists():
            return False
    asks = Ask.objects.in_school(school)
    return any(asks.put_to(one.adult).open(now=now).exists() for one in waiting if one.adult)
