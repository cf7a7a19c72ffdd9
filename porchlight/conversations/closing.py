"""The school stays closed: one page, and the words for it ready in every language before anybody is awake."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Kind, Notice
from porchlight.conversations.notices import Draft
from porchlight.languages import phrases
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.models import School, SchoolClass
from porchlight.schools.tiers import Tier

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

    Only a whole school closes its calendar; of the rest, `classes_closed` knows.
    """
    said = {tag: _words(school, why, day, tag, is_today=is_today) for tag in _languages()}
    own = phrases.saying("closed_today", school.language, day="-", school="-").language
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
    """Ids of the classes that have no school on a day though the school has: an announcement of ours says so.

    As long as it stands: taken back, stopped and owned as a mistake, or not sent yet, it closes nothing.
    """
    said = Notice.objects.in_school(school).filter(closes_on=day, sent_at__isnull=False)
    keys: set[str] = set()
    years: set[str] = set()
    for written in said.filter(undone_at=None, stopped_at=None).values_list("audience", flat=True):
        audience = Audience.from_json(written)
        if audience.kind is AudienceKind.CLASSES:
            keys.update(audience.names)
        elif audience.kind is AudienceKind.YEAR:
            years.update(audience.names)
    if not keys and not years:
        return set()
    classes = SchoolClass.objects.in_school(school).current()
    return set(classes.filter(Q(key__in=keys) | Q(year__in=years)).values_list("pk", flat=True))


def _languages() -> list[str]:
    return [tag for tag, book in phrases.books().items() if "closed_today" in book.phrases]


def _words(school: School, why: str, day: date, tag: str, *, is_today: bool) -> str:
    reason = "" if why == "other" else phrases.say(f"closed_for_{why}", tag)
    phrase = "closed_today" if is_today else "closed_tomorrow"
    written = f"{day.day}.{day.month}.{day.year}"  # figures: right in every language, and the same on paper
    return phrases.say(phrase, tag, school=school.name, day=written, why=reason)
