"""Naming another adult, looking at who that is, asking them, and ending it.

Whoever names somebody is answered the same whatever we know of them: that a person is kept from a child can be read
from nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from porchlight.activity.record import record
from porchlight.conversations.models import DelegatedChild, Delegation
from porchlight.conversations.models.delegating import AgreedHow, DelegationQuerySet, EndedBy, Stage
from porchlight.delivery.actions import withdraw
from porchlight.delivery.addressing import as_address
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import Account, Parcel
from porchlight.delivery.service import serve_when_awake
from porchlight.families.caring import asks_for_care
from porchlight.families.models import (
    Address,
    Channel,
    Consent,
    ContactPoint,
    Guardian,
    Guardianship,
    Restriction,
)
from porchlight.families.models.addresses import ContactPointQuerySet
from porchlight.schools.actors import Actor, system
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School
from porchlight.toolbox.folding import fold

AGREED = "said yes to being named"  # Consent.source
AT_A_TIME = 100
MOST = 5  # of one guardian at a time
A_WEEK, IN_A_WEEK = timedelta(days=7), 10  # so many in so long: each asks somebody by a message


class OwnAddress(ValueError):
    """It is the number or mailbox of whoever names them."""


class TooMany(ValueError):
    """So many adults are named already."""


class NotToBe(Exception):
    """This adult may not be named here, or there is no telling who it is: a person has to look."""


class NotNow(Exception):
    """This step has been taken, or is not to be taken from here."""


@transaction.atomic
def name_adult(
    *,
    ties: Sequence[Guardianship],
    name: str,
    relation: str,
    written: str,
    reads: str,
    by: Actor,
    now: datetime,
    until: date | None = None,
    words: str = "",
) -> Delegation:
    """A guardian names somebody for the children of these ties of theirs. Raises NotAnAddress, OwnAddress, TooMany.

    The same number named again by them is the one that stands. `words`: how the colleague who types it in knows.
    """
    guardian = Guardian.objects.select_for_update().get(pk=ties[0].guardian_id)
    school, channel = guardian.school, _channel(guardian.school, written)
    value = as_address(channel, written, school.country)
    mine = Delegation.objects.in_school(school).filter(named_by=guardian)
    if same := mine.standing().filter(value=value).first():
        return same
    made = Delegation.objects.create(
        school=school,
        named_by=guardian,
        name=name,
        relation=relation,
        channel=channel,
        value=value,
        reads=reads,
        until=until,
        asked_at=now,
        asked_by_id=by.post_id if by.is_staff else None,
        words=words,
        needs_office=_somebody_has_to_look(guardian, value, mine, now),
    )
    _is_about(made, ties, by=by)
    if not made.needs_office:
        _lend(made, now=now)
    return made


def _is_about(made: Delegation, ties: Sequence[Guardianship], *, by: Actor) -> None:
    DelegatedChild.objects.bulk_create(
        DelegatedChild(school=made.school, delegation=made, student_id=tie.student_id) for tie in ties
    )
    record("delegation.asked", about=made, by=by, guardian=made.named_by_id, children=len(ties))
    changed(made.school, Topic.TALK)


def _somebody_has_to_look(guardian: Guardian, value: str, mine: DelegationQuerySet, now: datetime) -> bool:
    """Care is asked for around them, the number is known here, or whoever has it said no.

    Raises OwnAddress, TooMany.
    """
    school = guardian.school
    points = ContactPoint.objects.in_school(school).filter(ended_at=None, address__value=value)
    if points.filter(guardian=guardian).exists():
        raise OwnAddress
    if mine.standing().count() >= MOST or mine.filter(asked_at__gt=now - A_WEEK).count() >= IN_A_WEEK:
        raise TooMany
    said_no = mine.filter(value=value, ended_by=EndedBy.ADULT).exists()
    return said_no or points.exists() or asks_for_care(guardian, on=school.local(now).date())


@transaction.atomic
def confirm(delegation: Delegation, *, by: Actor, now: datetime) -> Delegation:
    """A colleague has looked at who it is. Raises NotNow, NotToBe."""
    made = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if made.stage(made.school.local(now).date()) is not Stage.OFFICE:
        raise NotNow
    made.confirmed_at, made.confirmed_by_id = now, _colleague(by)
    made.save(update_fields=["confirmed_at", "confirmed_by"])
    _lend(made, now=now)
    record("delegation.confirmed", about=made, by=by)
    return made


@transaction.atomic
def agree(delegation: Delegation, *, how: str, wording: str, by: Actor, now: datetime) -> Delegation:
    """The adult named says yes: from now on words about the children go there. Raises NotNow."""
    made = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if made.stage(made.school.local(now).date()) is not Stage.ASKED or made.adult is None:
        raise NotNow
    made.agreed_at, made.agreed_how = now, how
    made.save(update_fields=["agreed_at", "agreed_how"])
    Guardianship.objects.filter(delegated__delegation=made).update(may_receive=True)
    for point in _points(made).filter(consented=False, address__opted_out_at=None):
        point.consented = True
        point.save(update_fields=["consented"])
        Consent.objects.create(
            school_id=made.school_id,
            contact_point=point,
            given=True,
            source=AGREED,
            wording=wording[:200],
            recorded_by_id=by.post_id if how == AgreedHow.OFFICE else None,
            at=now,
        )
    record("delegation.agreed", about=made, by=by, how=how)
    return made


@transaction.atomic
def end(delegation: Delegation, *, how: str, by: Actor, now: datetime, why: str = "") -> bool:
    """Over at once, and what waits to leave stays here. Returns whether it stood."""
    made = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if made.ended_at is not None:
        return False
    today = min(made.until or date.max, made.school.local(now).date())
    made.ended_at, made.ended_by, made.why = now, how, why[:300]
    made.save(update_fields=["ended_at", "ended_by", "why"])
    lent = list(Guardianship.objects.filter(delegated__delegation=made))
    Guardianship.objects.filter(pk__in=[tie.pk for tie in lent]).update(may_receive=False, until=today)
    if made.adult is not None:
        about = [tie.student_id for tie in lent]
        withdraw(Parcel.objects.filter(guardian=made.adult, about__student__in=about, withdrawn_at=None))
        _leave_if_nothing_is_left(made.adult, made, now)
    record("delegation.ended", about=made, by=by, how=how)
    changed(made.school_id, Topic.TALK)
    return True


def _leave_if_nothing_is_left(adult: Guardian, made: Delegation, now: datetime) -> None:
    """Whom we knew by this word alone we know no more: no sign-in, no number."""
    others = Guardianship.objects.filter(guardian=adult).exclude(delegated__delegation=made)
    still = others.own().exists() or adult.named_in.standing().exclude(pk=made.pk).exists()
    if not still:
        adult.left_at = now
        adult.save(update_fields=["left_at"])
        ContactPoint.objects.filter(guardian=adult, ended_at=None).update(ended_at=now)


def _lend(made: Delegation, *, now: datetime) -> None:
    """Make them known and ask them. Nothing of a child's goes there before they have said yes. Raises NotToBe."""
    students = list(made.about.values_list("student_id", flat=True))
    if somebody_kept_apart(made, on=made.school.local(now).date()):
        raise NotToBe
    made.adult = _known_already(made) or _newly_known(made, now)
    today = made.school.local(now).date()
    theirs = Guardianship.objects.filter(guardian=made.adult, student__in=students)
    if theirs.filter(Q(until=None) | Q(until__gte=today, may_receive=True)).exists():
        raise NotToBe
    lenders = Guardianship.objects.filter(guardian=made.named_by, student__in=students).own()
    for child in made.about.all():
        child.tie = Guardianship.objects.create(
            school_id=made.school_id,
            guardian=made.adult,
            student_id=child.student_id,
            relation=made.relation,
            may_receive=False,
            may_see_records=False,
            may_collect=False,
            until=made.until,
            lent_by=lenders.filter(student=child.student_id).order_by("-pk").first(),
        )
        child.save(update_fields=["tie"])
    address = Address.objects.get(school=made.school, channel=made.channel, value=made.value)
    asked = serve_when_awake(
        school=made.school, kind=ServiceKind.NAMED_BY_FAMILY, to=address, guardian=made.adult, now=now
    )
    made.invited_at = now if asked is not None else None
    made.save(update_fields=["adult", "invited_at"])


def _known_already(made: Delegation) -> Guardian | None:
    """The one adult who is reached there. Raises NotToBe where it is not one alone, or a colleague's or student's."""
    points = ContactPoint.objects.in_school(made.school_id).filter(ended_at=None, address__value=made.value)
    if not points.exists():
        return None
    adults = list(Guardian.objects.filter(pk__in=points.known().values("guardian"), left_at=None))
    if len(adults) != 1 or points.filter(guardian=None).exists():
        raise NotToBe
    if not points.filter(address__channel=made.channel).exists():
        made.channel = points.order_by("rank", "pk").values_list("address__channel", flat=True)[0]
        made.save(update_fields=["channel"])
    return adults[0]


def _newly_known(made: Delegation, now: datetime) -> Guardian:
    adult = Guardian(school=made.school, name=made.name, addressed_as=made.name, created_at=now)
    adult.speaks = made.reads.partition("-")[0]
    adult.save()
    adult.read_in(made.reads)
    address, _made = Address.objects.get_or_create(
        school=made.school, channel=made.channel, value=made.value, defaults={"created_at": now}
    )
    ContactPoint.objects.create(school=made.school, address=address, guardian=adult, created_at=now)
    return adult


def somebody_kept_apart(made: Delegation, *, on: date) -> bool:
    """Whether this is, by number or by name, an adult with whom a restriction about one of these children stands, or
    is set to begin.
    """
    limits = Restriction.objects.in_school(made.school_id).filter(
        Q(until=None) | Q(until__gte=on), lifted_at=None
    )
    about = limits.filter(guardianship__student__in=made.about.values("student"))
    kept = Guardian.objects.filter(pk__in=about.values("guardianship__guardian"))
    if kept.filter(contact_points__address__value=made.value).exists():
        return True
    names = {fold(name) for pair in kept.values_list("name", "addressed_as") for name in pair if name}
    return fold(made.name) in names


def _points(made: Delegation) -> ContactPointQuerySet:
    return ContactPoint.objects.known().filter(guardian=made.adult, address__value=made.value)


def _channel(school: School, written: str) -> str:
    """Where a number would be written to first: by text where the school sends any, else on WhatsApp."""
    if "@" in written:
        return Channel.EMAIL
    carried = Account.objects.in_school(school).open().on_a_wire().values_list("channel", flat=True)
    by_text = Channel.SMS in carried or Channel.WHATSAPP not in carried
    return Channel.SMS if by_text else Channel.WHATSAPP


def _colleague(by: Actor) -> int:
    if not by.is_staff or by.post_id is None or by.grant_id is not None:
        raise PermissionDenied("Somebody who was named is confirmed by a colleague.")
    return by.post_id


def end_those_past(school: School, now: datetime) -> None:
    """Whose last day is over. Nothing went there since; now they are known no more."""
    past = Delegation.objects.in_school(school).standing().filter(until__lt=school.local(now).date())
    for one in past[:AT_A_TIME]:
        end(one, how=EndedBy.TIME, by=system(school.pk), now=now)
