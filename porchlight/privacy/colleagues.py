"""A copy of what is kept about a colleague: their post, their sign-in, what they set and when they did what.

What they wrote to families and noted about children is about those, and stays with them: it is counted here, with
its first and its last day, and never copied. Safeguarding is not even counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Field, ForeignKey, Max, Min, Model, Q, QuerySet

from porchlight.accounts.models import User
from porchlight.activity.models import Entry
from porchlight.activity.record import record
from porchlight.privacy.copying import SAFETY, Copy, Row, shown_to_its_subject
from porchlight.privacy.register import register
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.models import School, SchoolClass, StaffMember, TenantModel
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time
from porchlight.toolbox.kept import Kept, Whose

type Table = tuple[type[Model], Kept]


def copy_for(staff: StaffMember, *, by: Actor) -> Copy:
    """Everything about them, in the school's context; that it was made is recorded.

    For anybody but themselves without where and when they signed in: they may do so as a parent too, and from home.
    """
    now = school_time.now()
    copy = Copy(School.objects.get(pk=staff.school_id), "colleague", now)
    for model, kept in _tables_of(StaffMember):
        rows = _rows(model, StaffMember, staff)
        if set(kept.whose) == {Whose.COLLEAGUE}:
            copy.add(model, [shown_to_its_subject(row, kept) for row in _named(rows).order_by("pk")])
        else:
            copy.add(model, list(_counted(rows, kept)))
    if staff.user is not None and by.post_id != staff.pk:
        copy.add(User, [{"name": staff.user.name, "email": staff.email, "language": staff.user.language}])
    elif staff.user is not None:
        for model, kept in _tables_of(User):
            about_them = _rows(model, User, staff.user).order_by("pk")
            copy.add(model, [shown_to_its_subject(row, kept) for row in about_them])
    copy.add(Entry, list(_done(staff)))
    record("privacy.copied", about=staff, by=by, rows=sum(copy.counts.values()), files=0)
    return copy


def _tables_of(whom: type[StaffMember | User]) -> Iterator[Table]:
    """Tables that say whose they are, and lead to a colleague; of safeguarding none."""
    for model, kept in register().items():
        of_a_school = issubclass(model, TenantModel)
        hidden = model._meta.label in SAFETY or kept.tier >= Tier.L3
        leads_there = of_a_school == (whom is StaffMember) and (model is whom or any(_keys(model, whom)))
        if Whose.COLLEAGUE in kept.whose and leads_there and not hidden:
            yield model, kept


def _keys(model: type[Model], whom: type[Model]) -> Iterator[Field]:
    for field in model._meta.local_fields:
        if isinstance(field, ForeignKey) and field.related_model is whom:
            yield field


def _rows(model: type[Model], whom: type[Model], one: Model) -> QuerySet[Model]:
    mine = Q(pk=one.pk) if model is whom else Q()
    for field in _keys(model, whom):
        mine |= Q(**{field.name: one.pk})
    return model._default_manager.filter(mine)


def _named(rows: QuerySet[Model]) -> QuerySet[Model]:
    """With the classes and colleagues whose names a copy has, asked for at once."""
    ties = (*_keys(rows.model, StaffMember), *_keys(rows.model, SchoolClass))
    return rows.select_related(*(one.name for one in ties)) if ties else rows


def _counted(rows: QuerySet[Model], kept: Kept) -> Iterator[Row]:
    """How many, and from when until when."""
    since = next(iter(kept.since.split() or _clocks(rows.model)), "pk")
    told = rows.aggregate(how_many=Count("pk"), first=Min(since), last=Max(since))
    if told["how_many"]:
        days = {name: when.date().isoformat() for name, when in told.items() if isinstance(when, datetime)}
        yield {"how_many": told["how_many"], **days}


def _clocks(model: type[Model]) -> list[str]:
    return [one.name for one in model._meta.local_fields if one.get_internal_type() == "DateTimeField"]


def _done(staff: StaffMember) -> Iterator[Row]:
    """What the record says they did, and when; not with whom, and nothing of safeguarding."""
    mine = Entry.objects.in_school(staff.school_id).filter(actor_kind=Kind.STAFF, actor_id=staff.pk)
    mine = mine.exclude(about_type__in=[label.lower() for label in SAFETY])
    for verb, at in mine.order_by("pk").values_list("verb", "at"):
        yield {"what": verb, "at": at.isoformat()}
