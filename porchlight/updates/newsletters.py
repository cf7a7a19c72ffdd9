"""The school's month: announcements to all, days off ahead, what classes lent, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from porchlight.activity.record import record
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.in_full import on_whole
from porchlight.conversations.models import Ask, Notice
from porchlight.conversations.notice_versions import words_of as words_of_notice
from porchlight.conversations.notices import Draft, NoticeRefused, release, write
from porchlight.conversations.saying import Line, line, said_in_all
from porchlight.conversations.translations import translations
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier
from porchlight.updates.composing import off_ahead, shortened
from porchlight.updates.models import ClassWeek, Newsletter

AHEAD = timedelta(days=60)
TO_MANY = (AudienceKind.SCHOOL, AudienceKind.YEAR)
IN_SHORT = 2  # lines that go along with the link


def month_of(day: date) -> date:
    """Its first day."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next."""
    return month_of(month + timedelta(days=31))


def lines_of(school: School, month: date, now: datetime) -> tuple[Line, ...]:
    """What is known of a month; none: nothing is sent."""
    begin, end = (datetime.combine(day, time.min, tzinfo=school.zone) for day in (month, month_after(month)))
    return (
        *_told(school, begin, end),
        *off_ahead(school, school.local(now).date(), AHEAD),
        *_lent(school, month),
    )


def compose(school: School, month: date, now: datetime) -> Words | None:
    """The newsletter as the rooms know it."""
    lines = lines_of(school, month, now)
    if not lines:
        return None
    whom = [line("class_whom", text=f"{school.name}, {school.phone}")] if school.phone else []
    return said_in_all([_opens(school, month), *lines, *whom], school)


def _opens(school: School, month: date) -> Line:
    last = month_after(month) - timedelta(days=1)
    return line("newsletter_opens", school=school.name, start=month, end=last)


def _told(school: School, begin: datetime, end: datetime) -> Iterator[Line]:
    """Announcements to years and the school that asked nothing and were not of one hour only."""
    rows = Notice.objects.in_school(school).filter(
        sent_at__gte=begin,
        sent_at__lt=end,
        undone_at=None,
        stopped_at=None,
        tier__lte=Tier.L1,
        urgent_reason="",
    )
    rows = rows.filter(audience__kind__in=TO_MANY, newsletter=None, sorry_for=None, apology=None)
    asked = Ask.objects.filter(notice__in=rows.values("pk")).values("notice")
    for one in rows.exclude(pk__in=asked).prefetch_related("versions").order_by("sent_at", "pk"):
        yield line("update_told", text=shortened(words_of_notice(one)))


def _lent(school: School, month: date) -> Iterator[Line]:
    """A piece of each update that its teacher lent: what stands under its first line."""
    rows = ClassWeek.objects.in_school(school).filter(
        week__gte=month, week__lt=month_after(month), lent_at__isnull=False, notice__sent_at__isnull=False
    )
    for row in (
        rows.select_related("school_class", "notice")
        .prefetch_related("notice__versions")
        .order_by("school_class__name", "week")
    ):
        if row.notice is not None:
            yield line(
                "newsletter_class", name=row.school_class.name, text=_piece(words_of_notice(row.notice))
            )


def _piece(words: Words) -> Words:
    def under(text: str) -> str:
        first, _line, rest = text.partition("\n")
        return rest.split("\n")[0] or first

    versions = {
        tag: Version(under(one.text), tag, one.provenance, one.by, one.checked_by)
        for tag, one in words.versions.items()
    }
    return Words(under(words.text), words.language, versions)


def this_month(school: School, *, now: datetime) -> Newsletter:
    """The row of the month that is on."""
    row, _is_new = Newsletter.objects.get_or_create(
        school=school, month=month_of(school.local(now).date()), defaults={"language": school.language}
    )
    if row.notice is not None and row.notice.undone_at is not None:  # taken back: it may be sent once more
        row.notice = None
    return row


def words_of(row: Newsletter, *, now: datetime) -> Words | None:
    """As it was sent or changed, else as composed now; None: nothing is known."""
    if not row.text:
        return compose(row.school, row.month, now)
    versions = {
        tag: Version(one["text"], tag, Provenance(one["provenance"]), one["by"], one.get("checked_by", ""))
        for tag, one in row.versions.items()
    }
    return Words(row.text, row.language, versions)


def words_for(row: Newsletter, reader: Recipient, *, now: datetime) -> Words | None:
    """The same with a machine's version for this reader, where the school trusts one."""
    words = words_of(row, now=now)
    if words is None:
        return None
    return translations(row.school, words, [reader], tier=Tier.L1, now=now).added_to(words)


def keep_text(row: Newsletter, text: str, *, by: Actor, now: datetime) -> None:
    """The office changed it; the same words again as composed are nobody's change."""
    composed = compose(row.school, row.month, now)
    if text == row.text:
        return
    row.text, row.versions = "" if composed is not None and composed.text == text else text, {}
    row.written_by_id = by.post_id if row.text else None
    row.save(update_fields=["text", "versions", "written_by"])


def draft_of(row: Newsletter, words: Words) -> Draft:
    """The announcement: its first lines, and where all of it stands. Never urgent, so each home's hour holds."""
    path = reverse("updates:my_newsletter", kwargs={"school": row.school.slug, "key": row.key})
    here = line("newsletter_here", link=f"{settings.BASE_URL}{path}")
    said = said_in_all([line("", words=_in_short(words)), here], row.school)
    return Draft(
        text=said.text,
        language=said.language,
        audience=Audience(AudienceKind.SCHOOL),
        subject=_("Newsletter"),
        versions=said.versions,
    )


@on_whole
def whole(notice: Notice, reader: Recipient, now: datetime) -> Words | None:
    """All of it, for a home that reads it on paper."""
    row = Newsletter.objects.in_school(notice.school_id).filter(notice=notice).first()
    return words_for(row, reader, now=now) if row is not None else None


def _in_short(words: Words) -> Words:
    def first(text: str) -> str:
        return "\n".join(text.split("\n")[: IN_SHORT + 1])

    versions = {
        tag: Version(first(one.text), tag, one.provenance, one.by, one.checked_by)
        for tag, one in words.versions.items()
    }
    return Words(first(words.text), words.language, versions)


@transaction.atomic
def send(row: Newsletter, words: Words, draft: Draft, *, by: Actor, now: datetime, press: str) -> Notice:
    """Raises NoticeRefused. What is sent stays as it is; sent already, it is not sent again."""
    fresh = Newsletter.objects.select_for_update().get(pk=row.pk)
    if fresh.notice is not None and fresh.notice.undone_at is None:
        return fresh.notice
    if not words.text:
        raise NoticeRefused(_("Nothing is known of this month yet, so nothing is sent."))
    notice = write(draft, school=row.school, by=by, now=now, press=press)
    fresh.notice, fresh.text, fresh.language = notice, words.text, words.language
    fresh.versions = {
        tag: {
            "text": one.text,
            "provenance": one.provenance.value,
            "by": one.by,
            "checked_by": one.checked_by,
        }
        for tag, one in words.versions.items()
    }
    fresh.save()
    record("newsletter.sent", about=fresh, by=by)
    return release(notice, by=by, now=now)
