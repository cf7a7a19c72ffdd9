"""Everything kept about one person: by the ways the register names, and what hangs on it without a key of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from porchlight.activity.models import EntryText
from porchlight.conversations.models import Message, Notice, ReadAloud, TriageItem, WhichChild
from porchlight.delivery.models import Attachment, Delivery, InboundEvent, Recording
from porchlight.families.models import Address, ContactPoint, Guardian, Student
from porchlight.files.models import StoredFile
from porchlight.privacy.register import of_schools
from porchlight.rosters.models import RosterChange, RosterLink
from porchlight.rosters.targets import TARGETS
from porchlight.schools.models import TenantModel
from porchlight.toolbox.kept import Kept

type Rows = dict[type[TenantModel], set[int]]

SHORTEST = 5  # letters of a number or mailbox that is looked for in what came in
IN_A_QUERY = 500  # ids; SQLite takes so many values in one statement


@dataclass(frozen=True)
class Subject:
    """Whom it is about."""

    row: Student | Guardian

    @property
    def kind(self) -> Literal["child", "adult"]:
        return "child" if isinstance(self.row, Student) else "adult"

    @property
    def names(self) -> list[str]:
        """What they are called here."""
        row = self.row
        return [row.name, row.called] if isinstance(row, Student) else [row.name, row.addressed_as]


def ways_of(kept: Kept, subject: Subject) -> tuple[str, ...]:
    """How this table's rows lead to whom it is about; none when they do not."""
    return kept.child if subject.kind == "child" else kept.adult


def about(subject: Subject) -> Rows:
    """Ids of every row about them, in the school's context. Rows that others share are among them."""
    found: Rows = defaultdict(set)
    for model, kept in of_schools():
        for way in ways_of(kept, subject):
            rows = model._default_manager.filter(school_id=subject.row.school_id, **{way: subject.row.pk})
            found[model].update(rows.values_list("pk", flat=True))
    _by_number(subject, found)
    brought_along(found)
    _in_rosters(found)
    _beside_the_record(found)
    return {model: ids for model, ids in found.items() if ids}


def in_parts(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """As many at a time as one statement takes."""
    every = sorted(ids)
    for start in range(0, len(every), IN_A_QUERY):
        yield every[start : start + IN_A_QUERY]


def own_ways(subject: Subject, addresses: set[int]) -> list[str]:
    """Numbers and mailboxes that are theirs alone, as gateways write them too: without the plus sign."""
    mine = {"guardian" if subject.kind == "adult" else "student": subject.row.pk}
    values: set[str] = set()
    for ids in in_parts(addresses):
        others = ContactPoint.objects.filter(address__in=ids).exclude(**mine).values("address")
        for pair in Address.objects.filter(pk__in=ids).exclude(pk__in=others).values_list("value", "user_id"):
            values.update(text.lstrip("+") for text in pair if len(text) >= SHORTEST)
    return sorted(values)


def _by_number(subject: Subject, found: Rows) -> None:
    """What came from their number before anybody knew whose it was, and webhooks that name it."""
    school = subject.row.school_id
    for value in own_ways(subject, found[Address]):
        items = TriageItem.objects.in_school(school).filter(sender__endswith=value)
        found[TriageItem].update(items.values_list("pk", flat=True))
        raw = InboundEvent.objects.in_school(school).annotate(
            all_of_it=Cast("raw", TextField()), understood=Cast("event", TextField())
        )
        named = raw.filter(Q(all_of_it__contains=value) | Q(understood__contains=value))
        found[InboundEvent].update(named.values_list("pk", flat=True))
        found[Delivery].update(
            Delivery.objects.in_school(school).filter(to__endswith=value).values_list("pk", flat=True)
        )


def brought_along(found: Rows) -> None:
    """Add the files of these rows: those that came with what a home said, and those that went with our words."""
    keys: set[str] = set()
    for model in (Message, TriageItem, WhichChild):
        for ids in in_parts(found[model]):
            media = (
                model._default_manager.filter(pk__in=ids).exclude(media=[]).values_list("media", flat=True)
            )
            keys.update(str(one["key"]) for some in media for one in some if "key" in one)
    for part in in_parts(keys):
        rows = Attachment.objects.filter(key__in=part)
        found[Attachment].update(rows.values_list("pk", flat=True))
    for holder, names in (
        (Message, ("sound", "enclosed")),
        (Notice, ("enclosed",)),
        (ReadAloud, ("file",)),
        (Attachment, ("file", "waiting")),
        (Recording, ("file",)),
    ):
        for ids in in_parts(found[holder]):
            for pair in holder._default_manager.filter(pk__in=ids).values_list(*names):
                found[StoredFile].update(one for one in pair if one is not None)


def _in_rosters(found: Rows) -> None:
    """What a list said of them, which its own links remember."""
    for target in TARGETS:
        for ids in in_parts(found.get(target.model, ())):
            links = RosterLink.objects.filter(kind=target.kind, object_id__in=ids)
            found[RosterLink].update(links.values_list("pk", flat=True))
    for ids in in_parts(found[RosterLink]):
        changes = RosterChange.objects.filter(link__in=ids)
        found[RosterChange].update(changes.values_list("pk", flat=True))


def _beside_the_record(found: Rows) -> None:
    """Words that somebody typed as a reason, beside an entry about any of these."""
    texts = EntryText.objects.all()
    for model, every in list(found.items()):
        for ids in in_parts(every):
            about_them = texts.filter(entry__about_type=model._meta.label_lower, entry__about_id__in=ids)
            found[EntryText].update(about_them.values_list("pk", flat=True))
