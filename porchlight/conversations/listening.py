"""Voice notes have listeners: whoever knows the language of a home is asked to hear what it said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Case, When

from porchlight.activity.record import record
from porchlight.conversations.heard import for_a_person
from porchlight.conversations.hours import answer_by
from porchlight.conversations.listeners import on_said, tell_heard
from porchlight.conversations.models import Author, Listening, Message, TriageItem, TriageReason
from porchlight.conversations.models.listening import about
from porchlight.delivery.talking.recording import ask_no_more, ask_too
from porchlight.errands.actions import ask_for
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import ties_at_home
from porchlight.languages.known import who_speaks
from porchlight.languages.models import KnownLanguage
from porchlight.schools.actors import Actor, system
from porchlight.schools.live.versions import Topic, changed
from porchlight.schools.models import School, StaffMember
from porchlight.toolbox import school_time, scripts

THEIR_WORDS = 20  # messages of the thread a listener sees around the note


@on_said
def listen(message: Message) -> None:
    """A voice note in a language the school does not speak asks for ears; where there are none, the office knows."""
    speaks = message.sound_id is not None or any(one.get("kind") == "audio" for one in message.media)
    if message.author != Author.GUARDIAN or not speaks:
        return
    language = scripts.base(message.thread.guardian.speaks)
    if language == scripts.base(message.school.language):
        return  # whoever answers hears it themselves
    now = school_time.now()
    row = Listening.objects.create(
        school_id=message.school_id, message=message, language=language, asked_at=now
    )
    if not _ask(row, by=system(message.school_id)):
        for_a_person(message, TriageReason.NO_LISTENER)


def _ask(row: Listening, *, by: Actor) -> int:
    """An errand for each colleague who knows the language. The promise counts from when the note came in."""
    message = row.message
    due_at = answer_by(message.school, message.said_at)
    people = _who_may_hear(row)
    for person in people:
        ask_for(
            kind=ErrandKind.LISTEN,
            to=person,
            due_at=due_at,
            by=by,
            about=about(row.key, person.pk),
            guardian=message.thread.guardian,
            student=message.thread.student,
        )
    return len(people)


def _who_may_hear(row: Listening) -> list[StaffMember]:
    """Who knows the language, and is not of the child's own family: what that says is not theirs to hear at work."""
    people = who_speaks(row.school_id, [row.language])
    student = row.message.thread.student_id
    return [one for one in people if not ties_at_home(one.actor()).filter(student=student).exists()]


def was_asked(key: str, actor: Actor) -> bool:
    """Whether this colleague was ever asked to hear the note."""
    asked = Errand.objects.in_school(actor.school_id).filter(kind=ErrandKind.LISTEN)
    return actor.post_id is not None and asked.filter(about=about(key, actor.post_id)).exists()


@transaction.atomic
def write_heard(row: Listening, *, text: str, by: Actor, now: datetime) -> Listening:
    """What was said, in the listener's words and the school's language. The first to write ends the errand for all."""
    fresh = Listening.objects.select_for_update().get(pk=row.pk)
    if fresh.heard_at is not None or by.post_id is None:
        return fresh
    fresh.text, fresh.text_language = text, fresh.school.language
    fresh.heard_by_id, fresh.heard_at = by.post_id, now
    fresh.save(update_fields=["text", "text_language", "heard_by", "heard_at"])
    record("message.listened_to", about=fresh, by=by)
    _over(fresh, by, now)
    changed(fresh.school_id, Topic.TALK)
    tell_heard(fresh.message, text)
    return fresh


def _over(row: Listening, by: Actor, now: datetime) -> None:
    errands = Errand.objects.in_school(row.school_id).open().filter(about__startswith=f"listening:{row.key}:")
    errands.update(done_at=now, done_by_id=by.post_id)
    waiting = TriageItem.objects.in_school(row.school_id).waiting()
    waiting.filter(message=row.message, reason=TriageReason.NO_LISTENER).update(
        resolved_at=now, resolved_by_id=by.post_id
    )


@transaction.atomic
def set_known_languages(
    person: StaffMember, *, languages: Collection[str], by: Actor, now: datetime, checks: Collection[str] = ()
) -> None:
    """Which languages this colleague understands by ear. What waits in a new one comes to them at once.

    `checks`: those they read well enough to check translations; whoever reads a language is taken to hear it.
    """
    languages = {*languages, *checks}
    mine = KnownLanguage.objects.in_school(person.school_id).filter(staff=person)
    before = set(mine.values_list("language", flat=True))
    mine.exclude(language__in=languages).delete()
    KnownLanguage.objects.bulk_create(
        KnownLanguage(school_id=person.school_id, staff=person, language=tag)
        for tag in sorted(set(languages) - before)
    )
    mine.update(checks=Case(When(language__in=list(checks), then=True), default=False))
    record("staff.languages_set", about=person, by=by, count=len(languages))
    waiting = Listening.objects.in_school(person.school_id).waiting().filter(language__in=languages)
    for row in waiting.select_related("message__thread__guardian", "message__thread__student", "school"):
        if _ask(row, by=by):
            TriageItem.objects.in_school(row.school_id).waiting().filter(
                message=row.message, reason=TriageReason.NO_LISTENER
            ).update(resolved_at=now, resolved_by_id=by.post_id)
    lost = before - set(languages)
    _no_longer(person, lost, by, now)
    ask_too(person, set(languages) - before, by=by)
    ask_no_more(person, lost, by=by, now=now)


def _no_longer(person: StaffMember, languages: Collection[str], by: Actor, now: datetime) -> None:
    """Errands in a language they do not know after all are over; a note that nobody is left for is the office's."""
    rows = Listening.objects.in_school(person.school_id).waiting().filter(language__in=languages)
    for row in rows.select_related("message__thread__guardian", "school"):
        Errand.objects.in_school(row.school_id).open().filter(about=about(row.key, person.pk)).update(
            done_at=now, done_by_id=by.post_id
        )
        if not _who_may_hear(row):
            for_a_person(row.message, TriageReason.NO_LISTENER)


@transaction.atomic
def pass_on(*, school: School, now: datetime) -> None:
    """Whoever was asked to listen has left: the note goes to those who know the language now, else to the office.

    However they left: on the colleagues’ page, or with a roster.
    """
    gone = (
        Errand.objects.in_school(school)
        .open()
        .filter(kind=ErrandKind.LISTEN, assigned_to__left_at__isnull=False)
    )
    keys = {errand.about.split(":")[1] for errand in gone}
    if not keys:
        return
    gone.update(done_at=now, outcome="left")
    waiting = Listening.objects.in_school(school).waiting().filter(key__in=keys)
    for row in waiting.select_related("message__thread__guardian", "message__thread__student", "school"):
        if not _ask(row, by=system(school.pk)):
            for_a_person(row.message, TriageReason.NO_LISTENER)


def around(row: Listening) -> list[Message]:
    """The thread as a listener sees it: routine words of this one thread, oldest first."""
    rows = Message.objects.in_school(row.school_id).standing().filter(thread=row.message.thread_id)
    latest = rows.filter(tier__lte=1).select_related("thread__guardian", "thread__student", "staff")
    return list(reversed(latest.order_by("-said_at", "-pk")[:THEIR_WORDS]))
