"""A class's update from ready to sent: one announcement by the usual road, in which the homes' dose holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from porchlight.activity.record import record
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.notices import Draft, Notice, NoticeRefused, release, write
from porchlight.conversations.saying import line, said_in_all
from porchlight.conversations.wording import Words
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass, StaffMember
from porchlight.toolbox import school_time
from porchlight.toolbox.gaps import Question
from porchlight.updates.composing import Composed, compose
from porchlight.updates.models import ClassWeek, Tonight, UpdateDay
from porchlight.updates.tonight import choose, standing, words_of
from porchlight.updates.week_days import due_at, week_of

LOOKED_AT = timedelta(hours=2)  # between ready and gone, where it goes by itself


@dataclass(frozen=True, slots=True)
class Written:
    """What stands for a week: `composed` as the rooms know it, `words` as they would go."""

    row: ClassWeek
    composed: Composed
    tonight: Tonight
    words: Words

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known that could be told."""
        return self.composed.is_empty and not self.row.text


def written(row: ClassWeek, *, now: datetime) -> Written:
    """As composed now, or as a colleague wrote it."""
    tonight = standing(row.school_class, week=row.week)
    composed = compose(row.school_class, week=row.week, now=now)
    words = composed.words(words_of(tonight))
    if row.text:
        words = Words(row.text, row.school.language, {})
    return Written(row, composed, tonight, words)


def this_week(school_class: SchoolClass, *, now: datetime) -> ClassWeek:
    """The row of the week that is on; kept only once something becomes of it, see `keep`."""
    school = school_class.school
    week = week_of(school.local(now).date())
    rows = ClassWeek.objects.in_school(school).filter(school_class=school_class, week=week)
    row = rows.select_related("notice").first() or ClassWeek(school=school, week=week, ready_at=now)
    row.school_class = school_class
    if is_back(row.notice):
        row.notice = None
    return row


def is_back(notice: Notice | None) -> bool:
    """Whether it was taken back before it left: then it may be sent once more."""
    return notice is not None and notice.undone_at is not None


def keep(row: ClassWeek) -> None:
    """Somebody wrote in it, sends it or leaves it out."""
    if row.pk is None:
        there, _is_new = ClassWeek.objects.get_or_create(
            school=row.school,
            school_class=row.school_class,
            week=row.week,
            defaults={"key": row.key, "ready_at": row.ready_at},
        )
        row.pk, row.key = there.pk, there.key
        row._state.adding = False  # as after a save


def keep_text(row: ClassWeek, text: str, *, by: Actor, now: datetime) -> None:
    """A colleague changed the words; the same words again as composed are nobody's change."""
    composed = compose(row.school_class, week=row.week, now=now)
    own = composed.words(words_of(standing(row.school_class, week=row.week))).text
    kept = "" if text == own else text
    if kept != row.text:
        keep(row)
        row.text, row.written_by_id = kept, by.post_id if kept else None
        row.save(update_fields=["text", "written_by"])


def draft_of(school_class: SchoolClass, words: Words, subject: str) -> Draft:
    """The announcement to the class's homes: never urgent, so it waits for each home's hour."""
    audience = Audience(AudienceKind.CLASSES, (school_class.key,))
    return Draft(
        text=words.text, language=words.language, audience=audience, subject=subject, versions=words.versions
    )


def draft_for(found: Written) -> Draft:
    """Of the update."""
    name = found.row.school_class.name
    return draft_of(found.row.school_class, found.words, _("%(name)s: this week") % {"name": name})


def tonight_alone(found: Written) -> Draft:
    """Of the question alone, for a week with nothing else to tell."""
    words = said_in_all(
        [line("update_tonight", question=words_of(found.tonight)), line("update_answer")], found.row.school
    )
    return draft_of(found.row.school_class, words, _("Tonight’s question"))


@transaction.atomic
def send(found: Written, draft: Draft, *, by: Actor, now: datetime, press: str) -> Notice:
    """Raises NoticeRefused. Sent already, by whomever, it is not sent again."""
    keep(found.row)
    tonight = choose(found.row.school_class, week=found.row.week)
    row = ClassWeek.objects.select_for_update().select_related("notice").get(pk=found.row.pk)
    if row.notice is not None and not is_back(row.notice):
        return row.notice
    if found.is_empty and draft.text == found.words.text:
        raise NoticeRefused(_("Nothing is known of this week yet, so nothing is sent."))
    notice = write(draft, school=row.school, by=by, now=now, press=press)
    if draft.text == found.words.text:
        row.notice = notice
        row.save(update_fields=["notice"])
    if tonight.notice is None or is_back(tonight.notice):
        Tonight.objects.filter(pk=tonight.pk).update(notice=notice)
    record("update.sent", about=row, by=by)
    return release(notice, by=by, now=now)


@transaction.atomic
def leave_out(row: ClassWeek, *, by: Actor, now: datetime) -> None:
    """None this week; said again, it is wanted after all."""
    keep(row)
    is_out = row.left_out_at is not None
    row.left_out_by_id, row.left_out_at = (None, None) if is_out else (by.post_id, now)
    row.save(update_fields=["left_out_by", "left_out_at"])
    record("update.wanted" if is_out else "update.left_out", about=row, by=by)


@transaction.atomic
def lend(row: ClassWeek, *, by: Actor, now: datetime) -> None:
    """The school's newsletter may tell it; said again, it may not. What was not sent cannot be lent."""
    if row.notice_id is None:
        return
    is_lent = row.lent_at is not None
    row.lent_by_id, row.lent_at = (None, None) if is_lent else (by.post_id, now)
    row.save(update_fields=["lent_by", "lent_at"])
    record("update.kept_back" if is_lent else "update.lent", about=row, by=by)


def rules_of(school: School) -> dict[int | None, UpdateDay]:
    """By class id; under None the school's own, for classes without one."""
    rows = UpdateDay.objects.in_school(school).select_related("set_by")
    return {row.school_class_id: row for row in rows}


def get_ready(school: School, *, now: datetime) -> int:
    """On its day, each class of which something is known has its update on the desk. Returns how many are new."""
    week = week_of(school.local(now).date())
    rules = rules_of(school)
    there = ClassWeek.objects.in_school(school).filter(week=week).values("school_class")
    count = 0
    for one in SchoolClass.objects.in_school(school).current().exclude(pk__in=there).select_related("school"):
        due = due_at(school, week, rules.get(one.pk) or rules.get(None))
        if due is not None and due <= now and not compose(one, week=week, now=now).is_empty:
            keep(this_week(one, now=now))
            choose(one, week=week)
            count += 1
    return count


def waiting(actor: Actor, *, school: School, now: datetime) -> list[ClassWeek]:
    """Updates of this week that wait for this colleague's look."""
    week = week_of(school.local(now).date())
    return _waiting(actor, week, school_time.now().date(), connection.vendor).ask()


@lru_cache(maxsize=128)
def _waiting(actor: Actor, week: date, _today: date, _vendor: str) -> Question[ClassWeek]:
    unsent = Q(notice=None) | Q(notice__undone_at__isnull=False)
    rows = ClassWeek.objects.visible_to(actor).filter(unsent, week=week, left_out_at=None)
    return Question(rows.select_related("school_class").order_by("school_class__name"))


def send_alone(school: School, *, now: datetime) -> int:
    """What was ready for two hours goes where a colleague who is still here chose so. Returns how many went.

    Who chose it and may not write to these homes any more sends nothing: it stays on the desk, and others still go.
    """
    rules = {pk: rule for pk, rule in rules_of(school).items() if rule.alone_since is not None}
    if not rules:
        return 0
    week, count = week_of(school.local(now).date()), 0
    rows = ClassWeek.objects.in_school(school).filter(
        week=week, notice=None, left_out_at=None, ready_at__lte=now - LOOKED_AT
    )
    for row in rows.select_related("school_class__school"):
        rule = rules.get(row.school_class_id) or rules.get(None)
        own = UpdateDay.objects.in_school(school).filter(school_class=row.school_class_id).first()
        if rule is None or (own is not None and own.alone_since is None):
            continue
        count += _sent_alone(row, rule.set_by, now)
    return count


def _sent_alone(row: ClassWeek, chose: StaffMember, now: datetime) -> bool:
    found = written(row, now=now)
    if found.is_empty or chose.left_at is not None or chose.rests_since is not None:
        return False
    try:
        send(found, draft_for(found), by=chose.actor(), now=now, press=f"week{row.key}")
    except NoticeRefused:
        return False
    return True
