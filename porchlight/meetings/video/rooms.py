"""What a worker does for a school's video rooms: make them ahead of time, move them, end them. No page waits for it.

No transaction is open while a company thinks. A lease keeps two workers apart; after a crash it ends.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from porchlight.meetings.models import Meeting, Mode, VideoAccount, VideoRoom
from porchlight.meetings.video import meanings
from porchlight.meetings.video.accounts import used
from porchlight.meetings.video.contract import (
    Access,
    Advice,
    Carry,
    Company,
    NoRoom,
    Place,
    Plan,
    RoomGone,
)
from porchlight.meetings.video.wire import carried
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from porchlight.toolbox.jitter import pause
from porchlight.toolbox.sealed import WrongSeal

LEASE = timedelta(minutes=2)
MOST = 40  # in one task; then others have their turn
LOOK = timedelta(minutes=20)  # before the start
REST = timedelta(hours=3)  # when as many were made as may be in a day
OVER = timedelta(minutes=65)  # after the end

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """One room, ours for as long as the lease."""

    room: VideoRoom
    step: str
    plan: Plan
    place: Place
    company: Company
    access: Access


def want_rooms(school: School, now: datetime) -> bool:
    """A row for each meeting whose room is to be made by now. Whether anything is due. In the school's context."""
    account = used(school)
    if account is not None:
        soon = Meeting.objects.in_school(school).standing().filter(mode=Mode.VIDEO, video_room=None)
        soon = soon.filter(ends_at__gt=now, starts_at__lt=now + account.adapter.ahead)
        VideoRoom.objects.bulk_create(
            [VideoRoom(school=school, meeting=one, account=account, due_at=now) for one in soon],
            ignore_conflicts=True,
        )
    tests = VideoAccount.objects.in_school(school).open().exclude(test_wanted_at=None)
    return tests.exists() or VideoRoom.objects.in_school(school).due(now=now).exists()


def plan_of(meeting: Meeting) -> Plan:
    """What a company may know."""
    first = meeting.hosts.select_related("staff__user").order_by("pk").first()
    user = first.staff.user if first is not None else None
    return Plan(
        meeting.key,
        meeting.school.name,
        meeting.starts_at,
        meeting.ends_at,
        (user.email or "") if user else "",
    )


def work(school_id: int, *, carry: Carry = carried) -> int:
    """See to what is due. Returns how many companies did what they were asked."""
    _try_accounts(school_id, carry)
    done = 0
    for _round in range(MOST):
        found = _claim(school_id)
        if found is None:
            break
        done += _carry(school_id, found, carry) if found.step else 0
    return done


def _claim(school_id: int) -> Work | None:
    now = school_time.now()
    with school_context(school_id):
        due = VideoRoom.objects.in_school(school_id).due(now=now)
        room = due.select_related("meeting__school", "account").select_for_update(of=("self",)).first()
        if room is None:
            return None
        step = room.wants(now)
        room.lease_until = now + LEASE
        if not step:
            room.due_at = room.lease_until = None
        room.save(update_fields=["lease_until", "due_at"])
        try:
            access, place = room.account.access, room.place
        except WrongSeal as seal:
            room.account.hold("seal", str(seal), now=now)
            return None
        return Work(room, step, plan_of(room.meeting), place, room.account.adapter, access)


def _carry(school_id: int, found: Work, carry: Carry) -> int:
    try:
        place = _asked(found, carry)
    except NoRoom as problem:
        log.info("%s made no room: %s", found.company.name, problem.code)
        with school_context(school_id):
            _put_off(found, problem)
        return 0
    with school_context(school_id):
        _keep(found, place)
    return 1


def _asked(found: Work, carry: Carry) -> Place:
    company, plan, access = found.company, found.plan, found.access
    if found.step == "end":
        company.end(plan, found.place, access, carry)
        return {}
    if found.step == "make":
        return company.make(plan, access, carry)
    ask: Callable[[Plan, Place, Access, Carry], Place] = (
        company.change if found.step == "change" else company.renew
    )
    try:
        place = ask(plan, found.place, access, carry)
        if found.step == "change" and _looks_now(company, plan):
            place = company.renew(plan, place, access, carry)
    except RoomGone:
        return company.make(plan, access, carry)
    return place


def _looks_now(company: Company, plan: Plan) -> bool:
    return company.looks_again and plan.starts_at - LOOK <= school_time.now()


def _keep(found: Work, place: Place) -> None:
    now = school_time.now()
    room = VideoRoom.objects.select_for_update().select_related("meeting").filter(pk=found.room.pk).first()
    if room is None:
        return
    room.keep_place(place)
    room.tries, room.trouble, room.lease_until = 0, "", None
    if found.step == "end":
        room.ended_at = now
    else:
        room.made_at, room.ended_at = room.made_at or now, None
        room.revision = found.room.meeting.revision
    room.due_at = _next(room, found, now)
    room.save()


def _next(room: VideoRoom, found: Work, now: datetime) -> datetime | None:
    """When it is to be seen to again: at once, where the meeting has changed meanwhile."""
    wants = room.wants(now)
    if wants and wants != "renew":
        return now
    if room.ended_at is not None:
        return None
    look = room.meeting.starts_at - LOOK
    if found.company.looks_again and found.step != "renew" and look > now:
        return look
    if found.company.looks_again and found.step == "make" and now < room.meeting.starts_at:
        return now  # made within the last minutes before it
    return room.meeting.ends_at + OVER


def _put_off(found: Work, problem: NoRoom) -> None:
    now = school_time.now()
    room = VideoRoom.objects.select_for_update().select_related("account").filter(pk=found.room.pk).first()
    if room is None:
        return
    meaning = problem.meaning
    room.lease_until, room.trouble = None, meaning.words[:300]
    room.tries += 1
    if meaning.advice is Advice.STAFF_MUST_ACT:
        room.account.hold(problem.code, meaning.words, now=now)
        room.due_at = now  # it goes on as soon as the account does
    elif meaning.advice is Advice.AGAIN:
        wait = pause(min(room.tries, 6), seed=room.pk, retry_after=problem.retry_after)
        room.due_at = now + timedelta(seconds=max(wait or 0, 10))
    elif meaning.advice is Advice.LATER:
        room.due_at = now + REST
    else:
        room.due_at = None  # a person has to look
    room.save(update_fields=["lease_until", "trouble", "tries", "due_at"])


def _try_accounts(school_id: int, carry: Carry) -> None:
    """Tests that the office asked for. What goes well ends whatever held the account."""
    with school_context(school_id):
        rows = list(VideoAccount.objects.in_school(school_id).open().exclude(test_wanted_at=None))
    for account in rows:
        words, code = "", ""
        try:
            account.adapter.check(account.access, carry)
        except NoRoom as problem:
            words, code = problem.meaning.words, problem.code
        except (WrongSeal, KeyError):
            words, code = meanings.WRONG_KEY.words, "seal"
        now = school_time.now()
        with school_context(school_id):
            account.test_wanted_at, account.tested_at, account.test_said = None, now, words[:300]
            if not words:
                account.held_at, account.held_code, account.held_reason = None, "", ""
                account.rooms.exclude(trouble="").update(due_at=now, tries=0)
            account.save(
                update_fields=[
                    "test_wanted_at", "tested_at", "test_said", "held_at", "held_code", "held_reason",
                ]
            )  # fmt: skip
        log.info("%s was tested: %s", account.company, code or "well")
