"""A class's week from what the rooms know: what homes were told and asked, days off ahead, what it learns, good words.

Never who was away, never whose good news it was, never who asked or did not answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from porchlight.conversations.audience import AudienceKind
from porchlight.conversations.models import Ask, Kind, Message, Notice
from porchlight.conversations.notice_versions import words_of as words_of_notice
from porchlight.conversations.saying import Line, line, said_in_all
from porchlight.conversations.wording import Words
from porchlight.families.models import Enrolment
from porchlight.families.models.people import in_force
from porchlight.languages.sentences import pieces
from porchlight.schools.calendar import next_school_day
from porchlight.schools.models import Closure, School, SchoolClass, Term
from porchlight.schools.tiers import Tier
from porchlight.updates import facts
from porchlight.updates.models import ClassWeek

AHEAD = timedelta(days=21)  # days off that are said
SOON = timedelta(days=10)  # questions that close by then
LATELY = timedelta(days=60)  # notices older than that ask nothing any more
FEWEST_GOOD = 3  # a smaller number might be somebody's
SHORT = 160  # letters of what is told again; all of it stands in the thread
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Composed:
    """What there is to say of a week; without a line, nothing is sent."""

    school: School
    name: str  # of the class
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        return not self.lines

    def words(self, tonight: Words | None) -> Words:
        """All of it, with the question for the dinner table at its end."""
        asked = [line("update_tonight", question=tonight), line("update_answer")] if tonight else []
        return said_in_all([line("update_opens", name=self.name), *self.lines, *asked], self.school)


def compose(school_class: SchoolClass, *, week: date, now: datetime) -> Composed:
    """The week that began on this Monday, as it stands now."""
    school = school_class.school
    begin = datetime.combine(week, time.min, tzinfo=school.zone)
    told = told_to(school_class, since=now - LATELY, until=min(now, begin + timedelta(days=7)))
    lines = (
        *_told(told, begin),
        *_asked(school, told, now),
        *off_ahead(school, school.local(now).date(), AHEAD),
        *_learns(school_class, now),
        *_good(school_class, begin, now),
    )
    return Composed(school, school_class.name, lines)


def told_to(school_class: SchoolClass, *, since: datetime, until: datetime) -> list[Notice]:
    """Announcements that went to this class, its year or the school and still stand; updates themselves are none."""
    rows = Notice.objects.in_school(school_class.school_id).filter(
        sent_at__gte=since, sent_at__lte=until, undone_at=None, stopped_at=None, tier__lte=Tier.L1
    )
    rows = rows.exclude(kind=Kind.WORRY).filter(
        class_week=None, newsletter=None, sorry_for=None, apology=None
    )
    return [
        one
        for one in rows.prefetch_related("versions").order_by("sent_at", "pk")
        if _is_for(one.audience, school_class)
    ]


def _is_for(audience: dict[str, object], school_class: SchoolClass) -> bool:
    names = audience["names"] if isinstance(audience["names"], list) else []
    match audience["kind"]:
        case AudienceKind.SCHOOL:
            return True
        case AudienceKind.YEAR:
            return bool(school_class.year) and school_class.year in names
        case AudienceKind.CLASSES:
            return school_class.key in names
    return False


def _told(told: Sequence[Notice], begin: datetime) -> Iterator[Line]:
    asked = set(Ask.objects.filter(notice__in=[one.pk for one in told]).values_list("notice_id", flat=True))
    for one in told:
        if one.sent_at is not None and one.sent_at >= begin and one.pk not in asked:
            yield line("update_told", text=shortened(words_of_notice(one)))


def _asked(school: School, told: Sequence[Notice], now: datetime) -> Iterator[Line]:
    open_ = Ask.objects.filter(notice__in=[one.pk for one in told], closes_at__lte=now + SOON).open(now=now)
    closes = {ask.notice_id: ask.closes_at for ask in open_}
    for one in told:
        at = closes.get(one.pk)
        if at is not None:
            day = school.local(at - timedelta(seconds=1)).date()
            yield line("update_asked", day=day, text=shortened(words_of_notice(one)))


def shortened(words: Words) -> Words:
    """Its first sentences, in each language."""
    versions = {
        tag: type(version)(_first(version.text), tag, version.provenance, version.by, version.checked_by)
        for tag, version in words.versions.items()
    }
    return Words(_first(words.text), words.language, versions)


def _first(text: str) -> str:
    said = ""
    for piece in pieces(text):
        if said and len(said) + len(piece.sentence) > SHORT:
            break
        said = f"{said} {piece.sentence}".strip()
    return said


def off_ahead(school: School, today: date, ahead: timedelta) -> Iterator[Line]:
    """Closures that begin within this time, and the days between this term and the next."""
    for one in (
        Closure.objects.in_school(school)
        .filter(starts_on__gt=today, starts_on__lte=today + ahead)
        .order_by("starts_on", "pk")
    ):
        if one.starts_on == one.ends_on:
            yield line("update_closed_day", day=one.starts_on, name=one.name)
        else:
            yield line("update_closed_days", start=one.starts_on, end=one.ends_on, name=one.name)
    ending = Term.objects.in_school(school).filter(ends_on__gte=today, ends_on__lte=today + ahead)
    term = ending.order_by("ends_on").last()
    if term is not None:
        start, back = term.ends_on + timedelta(days=1), next_school_day(school, term.ends_on)
        if Term.objects.in_school(school).filter(starts_on__lte=back, ends_on__gte=back).exists():
            end = back - timedelta(days=1)
            yield line("update_closed_days", start=start, end=end, name=term.name)


def _learns(school_class: SchoolClass, now: datetime) -> Iterator[Line]:
    """What the class tells of itself, when it is new since the last update."""
    school = school_class.school
    sent = ClassWeek.objects.in_school(school).filter(
        school_class=school_class, notice__sent_at__isnull=False
    )
    last = sent.order_by("week").values_list("notice__sent_at", flat=True).last()
    for fact in facts.facts_of(school_class, on=school.local(now).date()):
        if last is None or fact.written_at > last:
            yield line(facts.PHRASES[facts.About(fact.about)], text=facts.words_of(fact))


def _good(school_class: SchoolClass, begin: datetime, now: datetime) -> Iterator[Line]:
    school = school_class.school
    here = Enrolment.objects.in_school(school).filter(
        in_force(school.local(now).date()), school_class=school_class
    )
    said = (
        Message.objects.in_school(school)
        .standing()
        .filter(kind=Kind.GOOD_NEWS, notice=None, said_at__gte=begin, said_at__lte=now, staff__isnull=False)
    )
    theirs = said.filter(thread__student__in=here.values("student")).values_list("together", "key")
    count = len({together or key for together, key in theirs})
    if count >= FEWEST_GOOD:
        yield line("update_good", number=str(count))
