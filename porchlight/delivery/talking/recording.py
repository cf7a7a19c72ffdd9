"""A call that waits for a person's voice: who is asked to say the words, and how they come into the call.

The delivery is in the outbox from the start, due at the hour by which the recording is wanted. Said before, it leaves
at their next hour; not said, the last check stops it there, and the ladder goes on without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.activity.record import record
from porchlight.delivery.content import Recipient, Spoken
from porchlight.delivery.ladder.content import content_of
from porchlight.delivery.models import TO_RECORD, Delivery, Ladder, Parcel, Recording
from porchlight.delivery.models.recordings import about
from porchlight.delivery.planning import Planned
from porchlight.delivery.talking.hours import hour_for
from porchlight.delivery.waking import wake_on_commit
from porchlight.errands.actions import ask_for
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import ties_at_home
from porchlight.files.models import StoredFile
from porchlight.languages.known import who_speaks
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, StaffMember

URGENT_WAITS = timedelta(hours=1)  # at most, whatever the school's own wait is
USUAL_WAIT = timedelta(hours=24)
LOOKED_AT = timedelta(minutes=15)  # by the ladder, after it was to leave
CAN_BE_UNDONE = timedelta(minutes=1)  # after it was said; longer than any hold

type Words = tuple[str, str, str]  # text, its language, the language it is to be said in


class TooLate(LookupError):
    """No call waits for it any more."""


def with_voices(
    planned: Sequence[Planned], *, by: Actor, now: datetime
) -> list[tuple[Planned, Recording | None]]:
    """Each plan as it goes into the outbox, with what it waits for: nothing, mostly.

    Words that somebody said before are in their call at once; for others the colleagues who speak the language are
    asked, once for all homes that get the same.
    """
    alike: dict[Words, list[Planned]] = defaultdict(list)
    for one in planned:
        if one.record_in:
            alike[_words(one)].append(one)
    found = {words: _recording(words, group, by, now) for words, group in alike.items()}
    return [_with(one, found[_words(one)]) if one.record_in else (one, None) for one in planned]


def _words(one: Planned) -> Words:
    return one.content.text, one.content.language, one.record_in


def _with(one: Planned, recording: Recording) -> tuple[Planned, Recording | None]:
    if recording.file is None or one.body is None:
        return replace(one, due_at=max(one.due_at, recording.wanted_by)), recording
    spoken = _spoken(recording.file)
    return replace(
        one, content=replace(one.content, spoken=spoken), body=replace(one.body, spoken=spoken)
    ), None


def _spoken(file: StoredFile) -> Spoken:
    return Spoken(file.path, file.claimed_type, in_calls=True)


def _recording(words: Words, group: Sequence[Planned], by: Actor, now: datetime) -> Recording:
    """One that was made, or is asked for already; else a new one, with its errands."""
    text, text_language, language = words
    same = Recording.objects.in_school(by.school_id).filter(
        text=text, text_language=text_language, language=language
    )
    made = same.filter(file__isnull=False).select_related("file").order_by("pk").last()
    asked = made or same.filter(file=None, wanted_by__gt=now).order_by("pk").last()
    if asked is not None:
        return asked
    people = _who_may_say(by.school_id, language, {s.pk for one in group for s in one.recipient.students})
    urgent = any(one.content.urgent_reason for one in group)
    row = Recording.objects.create(
        school_id=by.school_id,
        text=text,
        text_language=text_language,
        language=language,
        asked_at=now,
        # Nobody may say it but the child's own family: then nobody is waited for.
        wanted_by=now + _wait(by.school_id, urgent=urgent) if people else now,
    )
    _ask(row, people, by)
    return row


def _wait(school_id: int, *, urgent: bool) -> timedelta:
    own = Ladder.objects.in_school(school_id).first()
    wait = timedelta(hours=own.record_within) if own is not None else USUAL_WAIT
    return min(wait, URGENT_WAITS) if urgent else wait


def _who_may_say(school_id: int, language: str, students: Collection[int]) -> list[StaffMember]:
    """Who speaks it; but nobody to whom it is only about their own child."""
    return [
        one
        for one in who_speaks(school_id, [language])
        if not students or set(students) - set(ties_at_home(one.actor()).values_list("student", flat=True))
    ]


def _ask(row: Recording, people: Sequence[StaffMember], by: Actor) -> None:
    for person in people:
        ask_for(
            kind=ErrandKind.RECORD, to=person, due_at=row.wanted_by, by=by, about=about(row.key, person.pk)
        )


def ask_too(person: StaffMember, languages: Collection[str], *, by: Actor) -> None:
    """They speak these now: what waits to be said in them comes to them as well."""
    for row in Recording.objects.in_school(person.school_id).waiting().filter(language__in=languages):
        students = set(Parcel.objects.filter(recording=row).values_list("about__student", flat=True)) - {None}
        _ask(row, [one for one in _who_may_say(row.school_id, row.language, students) if one == person], by)


def ask_no_more(person: StaffMember, languages: Collection[str], *, by: Actor, now: datetime) -> None:
    """They do not speak these after all."""
    rows = Recording.objects.in_school(person.school_id).filter(language__in=languages, file=None)
    names = [about(row.key, person.pk) for row in rows]
    Errand.objects.in_school(person.school_id).open().filter(about__in=names).update(
        done_at=now, done_by_id=by.post_id
    )


def was_asked(key: str, actor: Actor) -> bool:
    """Whether this colleague was ever asked to say it."""
    asked = Errand.objects.in_school(actor.school_id).filter(kind=ErrandKind.RECORD)
    return actor.post_id is not None and asked.filter(about=about(key, actor.post_id)).exists()


@transaction.atomic
def recorded(row: Recording, file: StoredFile, *, by: Actor, now: datetime) -> list[Parcel]:
    """Somebody said it: every call that waits for it may leave. Returns their parcels. Raises TooLate."""
    fresh = Recording.objects.select_for_update().get(pk=row.pk)
    calls = list(
        Delivery.objects.waiting()
        .filter(parcel__recording=fresh, parcel__withdrawn_at=None, code=TO_RECORD)
        .select_related("parcel__guardian", "parcel__school", "account")
        .order_by("pk")
    )
    if fresh.file_id is not None or not calls:
        raise TooLate
    fresh.file, fresh.recorded_by_id, fresh.recorded_at = file, by.post_id, now
    fresh.save(update_fields=["file", "recorded_by", "recorded_at"])
    spoken = _spoken(file)
    parcels = list(Parcel.objects.in_school(fresh.school_id).filter(recording=fresh))
    kept = {"path": spoken.path, "mime_type": spoken.mime_type, "in_calls": True}
    Parcel.objects.filter(pk__in=[one.pk for one in parcels]).update(spoken=kept)
    for call in calls:
        _may_leave(call, spoken, now)
    _riders_too(fresh, spoken)
    wake_on_commit(calls)
    _over(fresh, by.post_id, now)
    record("words.recorded", about=fresh, by=by, calls=len(calls))
    return parcels


def _may_leave(call: Delivery, spoken: Spoken, now: datetime) -> None:
    """At the next hour at which they may be rung."""
    parcel, guardian = call.parcel, call.parcel.guardian
    start = max(now, parcel.created_at + CAN_BE_UNDONE)
    if guardian is not None:
        content = content_of(parcel, Recipient(guardian))
        start = hour_for(parcel.school, call.account, content, guardian, start)
    call.body = {**call.body, "sound": [spoken.path, spoken.mime_type]}
    call.code, call.due_at = "", start
    call.save(update_fields=["body", "code", "due_at"])
    if parcel.climbs_at is not None:
        parcel.climbs_at = start + LOOKED_AT
        parcel.save(update_fields=["climbs_at"])


def _riders_too(row: Recording, spoken: Spoken) -> None:
    """Who hears it in another's call may still be rung alone."""
    for rider in Delivery.objects.filter(parcel__recording=row, rides_with__isnull=False, code=TO_RECORD):
        rider.body = {**rider.body, "sound": [spoken.path, spoken.mime_type]}
        rider.code = ""
        rider.save(update_fields=["body", "code"])


def close_what_is_over(school: School, now: datetime) -> None:
    """Errands about words that no call waits for any more: said, taken back, or gone another way."""
    open_ = Errand.objects.in_school(school).open().filter(kind=ErrandKind.RECORD)
    keys = {errand.about.split(":")[1] for errand in open_}
    if not keys:
        return
    still = Recording.objects.in_school(school).waiting().filter(key__in=keys)
    for row in Recording.objects.in_school(school).filter(key__in=keys).exclude(pk__in=still.values("pk")):
        _over(row, None, now)


def _over(row: Recording, by_id: int | None, now: datetime) -> None:
    errands = Errand.objects.in_school(row.school_id).open().filter(about__startswith=f"recording:{row.key}:")
    errands.update(done_at=now, done_by_id=by_id)
