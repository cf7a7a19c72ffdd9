"""The school stays closed: one page, and the words for it ready in every language before anybody is awake."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Kind, Notice
from porchlight.conversations.models.notices import NoticeQuerySet
from porchlight.conversations.notices import Draft
from porchlight.languages import phrases
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.schools.parts_of_days import PartDay, on_part_days
from porchlight.schools.tiers import Tier
from porchlight.toolbox.hijri import hijri_words

CLOSES = (AudienceKind.SCHOOL, AudienceKind.YEAR, AudienceKind.CLASSES)  # whole classes, not single homes

# Why, as staff choose it. Families are told in the phrase book's words of the same name; "other" names nothing.
WHYS: dict[str, str | Promise] = {
    "weather": _("The weather"),
    "roads": _("Roads or transport"),
    "power": _("No power or heating"),
    "water": _("No water"),
    "illness": _("Too many are ill"),
    "safety": _("It is not safe"),
    "other": _("Another reason, not named"),
}


def draft_of(*, school: School, audience: Audience, why: str, day: date, is_today: bool) -> Draft:
    """The announcement, urgent, in each language the phrase book has it in. It says which day, for whole classes.

    Only a whole school closes its calendar; of the rest, `classes_closed` knows, and the calendar page says so.
    """
    said = {tag: _words(school, why, day, tag, is_today=is_today) for tag in _languages()}
    own = phrases.saying("closed_today", school.language, of=school, day="-", school="-").language
    return Draft(
        text=said[own],
        language=own,
        audience=audience,
        kind=Kind.INFORMATION,
        tier=Tier.L0,
        urgent_reason=str(_("School closed: %(why)s") % {"why": WHYS[why]}),
        versions={
            tag: Version(text, tag, Provenance.PHRASE_BOOK, phrases.books()[tag].written_by)
            for tag, text in said.items()
            if tag != own
        },
        closes_on=day if audience.kind in CLOSES else None,
    )


def classes_closed(school: School, day: date) -> set[int]:
    """Ids of the classes that have no school on a day though the school has: an announcement of ours says so."""
    said = _closing(Notice.objects.in_school(school)).filter(closes_on=day)
    meant = [_classes_of(written) for written in said.values_list("audience", flat=True)]
    if not any(meant):
        return set()
    classes = SchoolClass.objects.in_school(school).current()
    return set(classes.filter(reduce(or_, meant)).values_list("pk", flat=True))


@on_part_days
def announced(school: School, actor: Actor, since: date) -> list[PartDay]:
    """For the calendar page: which classes stay at home on which day."""
    found, classes = [], list(SchoolClass.objects.in_school(school).order_by("name"))
    for notice in _closing(Notice.objects.visible_to(actor)).filter(closes_on__gte=since):
        audience = Audience.from_json(notice.audience)
        by_year = audience.kind is AudienceKind.YEAR
        names = [one.name for one in classes if (one.year if by_year else one.key) in audience.names]
        if notice.closes_on is not None and names and audience.kind is not AudienceKind.SCHOOL:
            address = reverse("conversations:notice", kwargs={"school": school.slug, "key": notice.key})
            found.append(PartDay(notice.closes_on, ", ".join(names), address))
    return found


def _closing(rows: NoticeQuerySet) -> NoticeQuerySet:
    """Announcements that close something as long as they stand: taken back, stopped and owned as a mistake, or not sent
    yet, they close nothing.
    """
    return rows.filter(closes_on__isnull=False, sent_at__isnull=False, undone_at=None, stopped_at=None)


def _classes_of(written: dict[str, Any]) -> Q:
    """What of an audience are classes; empty where it is the whole school or single homes."""
    audience = Audience.from_json(written)
    if audience.kind is AudienceKind.CLASSES:
        return Q(key__in=audience.names)
    return Q(year__in=audience.names) if audience.kind is AudienceKind.YEAR else Q()


def _languages() -> list[str]:
    return [tag for tag, book in phrases.books().items() if "closed_today" in book.phrases]


def _words(school: School, why: str, day: date, tag: str, *, is_today: bool) -> str:
    reason = "" if why == "other" else phrases.say(f"closed_for_{why}", tag, of=school)
    phrase = "closed_today" if is_today else "closed_tomorrow"
    written = f"{day.day}.{day.month}.{day.year}"  # figures: right in every language, and the same on paper
    beside = hijri_words(day, tag, moved=school.hijri_days) if school.hijri_days is not None else ""
    written += f" ({beside})" if beside else ""
    return phrases.say(phrase, tag, of=school, school=school.name, day=written, why=reason)
