"""A copy of everything kept about somebody, for the one who may have it: without others, without safeguarding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Exists, ForeignKey, Model, OuterRef, Q, QuerySet

from porchlight.accounts.models import User
from porchlight.activity.models import EntryText
from porchlight.conversations.models import Author, Message, Worry
from porchlight.delivery.models import Attachment
from porchlight.families.models import Guardian, Guardianship, Restriction, RestrictionScope
from porchlight.files.models import StoredFile
from porchlight.privacy.gathering import Subject, ways_of
from porchlight.privacy.models import Request
from porchlight.privacy.redacting import Others
from porchlight.privacy.register import of_schools, tier_of
from porchlight.rosters.models import RosterLink
from porchlight.schools.models import School, SchoolClass, StaffMember, TenantModel
from porchlight.schools.tiers import Tier
from porchlight.toolbox.kept import Kept, Sort

# What was said between the school and the reader: they have it already, as it was written.
EXCHANGED = {"conversations", "delivery"}
NOTES = {"conversations.Ringing", "delivery.Handing"}  # but these, a colleague's own
# That there is one is a word of safeguarding already. Fields elsewhere that tell so are `withheld` in the register.
SAFETY = {
    "conversations.Worry", "families.Caution", "families.Restriction", "privacy.Decision", "privacy.Hold",
}  # fmt: skip

type Row = dict[str, Any]


@dataclass(frozen=True)
class Copy:
    """What goes into the zip: table → rows, and the files that belong to them by their place in it."""

    school: School
    about: Literal["child", "adult", "colleague"]
    made_at: datetime
    tables: dict[str, list[Row]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)

    def add(self, model: type[Model], rows: list[Row]) -> None:
        """A table, unless nothing of it is about them."""
        if rows:
            self.tables[model._meta.label] = rows
            self.titles[model._meta.label] = str(model._meta.verbose_name_plural)

    @property
    def counts(self) -> dict[str, int]:
        """Table → rows."""
        return {label: len(rows) for label, rows in self.tables.items()}


@dataclass(frozen=True)
class Reading:
    """Who reads about whom. `reader` is None when it is the child themselves."""

    subject: Subject
    reader: Guardian | None

    @classmethod
    def of(cls, request: Request) -> Reading:
        """What a request asks for. Raises LookupError when the person was erased."""
        if request.subject is None:
            raise LookupError("nobody is left to copy")
        subject = Subject(request.subject)
        return cls(subject, request.guardian or request.asked_by)

    @property
    def is_the_childs(self) -> bool:
        """The child reads about themselves."""
        return self.reader is None

    def rows(self, model: type[TenantModel], kept: Kept) -> QuerySet[Any]:
        """Rows of one table that the reader may have, by the register's ways.

        A row about a child and an adult is for that adult; of a thread, the child gets what the school said.
        """
        mine: Q | None = None
        for way in ways_of(kept, self.subject):
            mine = Q(**{way: self.subject.row.pk}) | (mine or Q())
        if mine is None:
            return model._default_manager.none()
        rows = model._default_manager.filter(mine, school_id=self.subject.row.school_id)
        if self.subject.kind == "child" and kept.adult:
            if self.reader is None:
                said = Q(author=Author.STAFF) if model is Message else Q(pk__in=[])
                return rows.filter(said).distinct()
            own = Q()
            for way in kept.adult:
                own |= Q(**{way: self.reader.pk})
            rows = rows.filter(own)
        return rows.distinct()

    def messages(self) -> QuerySet[Message]:
        """Of the conversation."""
        return self.rows(Message, dict(of_schools())[Message])

    def to_be_looked_at(self) -> list[Message]:
        """What might do serious harm: words somebody worried about, words of safeguarding; and for a child that reads
        about itself, whatever the school wrote to its home alone."""
        worried = Exists(Worry.objects.filter(message=OuterRef("pk")))
        asks = Q(worried) | Q(tier__gte=Tier.L3)
        if self.is_the_childs:
            asks |= Q(notice=None) | Q(notice__kind="worry")
        return list(self.messages().filter(asks).select_related("staff").order_by("said_at", "pk"))


def may_read(reading: Reading, *, on: date) -> bool:
    """Whether the reader may have this copy at all: both parents may, unless a restriction in force says otherwise."""
    if reading.subject.kind == "adult" or reading.reader is None:
        return True
    ties = Guardianship.objects.current(on=on).receiving(on=on).filter(may_see_records=True)
    barred = Restriction.objects.in_force(on=on).filter(scope=RestrictionScope.RECORDS).values("guardianship")
    mine = ties.filter(guardian=reading.reader, student=reading.subject.row.pk)
    return mine.exclude(pk__in=barred).exists()


def undecided(request: Request) -> list[Message]:
    """What a named person has to look at before the copy may be made."""
    known = set(
        request.decisions.filter(about_type=Message._meta.label_lower).values_list("about_id", flat=True)
    )
    return [one for one in Reading.of(request).to_be_looked_at() if one.pk not in known]


class NoRight(Exception):
    """The adult it is for may not see this child's records: no tie any more, or a restriction."""


class NotLookedAt(Exception):
    """Something in it may do harm, and nobody has decided about it."""


def copy_of(request: Request, *, now: datetime) -> Copy:
    """Everything, in the school's context. Raises NoRight, NotLookedAt; LookupError when the person was erased."""
    reading = Reading.of(request)
    if not may_read(reading, on=now.date()):
        raise NoRight
    if undecided(request):
        raise NotLookedAt
    back = set(request.decisions.filter(is_given=False).values_list("about_id", flat=True))
    given = set(request.decisions.filter(is_given=True).values_list("about_id", flat=True))
    school = School.objects.get(pk=request.school_id)
    people = [reading.subject, *([Subject(reading.reader)] if reading.reader else [])]
    others = Others.than(*people, school=school)
    copy = Copy(school, reading.subject.kind, now)
    for model, kept in of_schools():
        if model._meta.label in SAFETY:
            continue
        rows = _without(reading.rows(model, kept) | _beside(model, reading.subject), model, back, given)
        blanks = reading.is_the_childs or model._meta.app_label not in EXCHANGED or model._meta.label in NOTES
        words = others if blanks else None
        copy.add(model, [shown_to_its_subject(row, kept, words) for row in rows.order_by("pk")])
    _sign_in(copy, reading.subject.row.user)
    messages = _without(reading.messages(), Message, back, given)
    copy.files.update(_files(messages))
    return copy


def _without(rows: QuerySet[Any], model: type[TenantModel], back: set[int], given: set[int]) -> QuerySet[Any]:
    """But for messages that are held back, what hangs on them, and words of safeguarding nobody let through."""
    way = "pk" if model is Message else next(
        (f.name for f in model._meta.local_fields if isinstance(f, ForeignKey) and f.related_model is Message), ""
    )  # fmt: skip
    if not way:
        return rows
    prefix = "" if way == "pk" else f"{way}__"
    rows = rows.exclude(**{f"{way}__in": back})
    return rows.exclude(Q(**{f"{prefix}tier__gte": Tier.L3}) & ~Q(**{f"{way}__in": given}))


def _beside(model: type[TenantModel], subject: Subject) -> QuerySet[Any]:
    """Rows that no key leads to: reasons written beside the record, and what a list said of the person."""
    label, pk = subject.row._meta.label_lower, subject.row.pk
    if model is EntryText:
        return EntryText.objects.filter(entry__about_type=label, entry__about_id=pk).distinct()
    if model is RosterLink:
        return RosterLink.objects.filter(kind=subject.row._meta.model_name, object_id=pk).distinct()
    return model._default_manager.none().distinct()


def shown_to_its_subject(row: Model, kept: Kept, others: Others | None = None) -> Row:
    """One row as its reader gets it: no ids, no secrets, nothing of safeguarding; of `others` no name."""
    shown: Row = {}
    for column in row._meta.local_fields:
        name, sort = column.name, kept.sort_of(column.name)
        if name in kept.withheld:
            continue
        if sort is Sort.TIES and column.related_model in (SchoolClass, StaffMember):
            person = getattr(row, name)
            shown[name] = person.name if person else None
        elif kept.is_given(name) and name != "id" and tier_of(type(row), name) < Tier.L3:
            value = plain(getattr(row, name))
            shown[name] = _blanked(value, others) if others and sort is Sort.WORDS else value
    return shown


def plain(value: Any) -> Any:
    """As JSON says it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _blanked(value: Any, others: Others) -> Any:
    if isinstance(value, str):
        return others.blanked(value)
    if isinstance(value, list):
        return [_blanked(one, others) for one in value]
    if isinstance(value, dict):
        return {key: _blanked(one, others) for key, one in value.items()}
    return value


def _sign_in(copy: Copy, user: User | None) -> None:
    if user is not None:
        last = user.last_login.isoformat() if user.last_login else None
        copy.add(
            User, [{"name": user.name, "email": user.email, "language": user.language, "last_login": last}]
        )


def _files(messages: QuerySet[Message]) -> Iterator[tuple[str, StoredFile]]:
    """Each file by its place in the zip."""
    for message in messages.select_related("sound", "enclosed"):
        keys = [str(one["key"]) for one in message.media if "key" in one]
        came = Attachment.objects.filter(school_id=message.school_id, key__in=keys, file__isnull=False)
        kept = [one.file for one in came.select_related("file")] + [message.sound, message.enclosed]
        for file in kept:
            if file is not None and file.cleaned_at is not None:
                yield file.key, file
