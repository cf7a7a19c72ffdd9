"""A family's meetings: when, where, with whom; and what it says to them. Plain forms, no script."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from porchlight.accounts.proving import has_shown_who
from porchlight.families.models import Guardian
from porchlight.languages.phrases import say as phrase
from porchlight.languages.provenance import RenderedVersion
from porchlight.meetings.around.evening import waiting_for
from porchlight.meetings.around.feeds import own_feed
from porchlight.meetings.around.forms import QuestionForm
from porchlight.meetings.around.minutes import read_by
from porchlight.meetings.around.questions import TO_SCHOOL
from porchlight.meetings.around.reminding import say_on_the_day
from porchlight.meetings.around.showing import Text, as_text, asked, last_day_word, shown, with_all
from porchlight.meetings.arranging import say
from porchlight.meetings.joining import link_of
from porchlight.meetings.models import (
    GuestSeat,
    Meeting,
    Minutes,
    OnTheDay,
    OpenQuestion,
    Side,
    Step,
    StudentPart,
    Word,
)
from porchlight.meetings.rounds.listing import open_to
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, family_sign_in, guardian_page
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

SHOWN_AFTER = timedelta(days=120)
NEAR = timedelta(hours=20)  # from then on a family says coming, late, cannot
EVERY = "60"  # seconds, between two looks of a waiting room


def the_meeting(actor: Actor, key: str) -> Meeting:
    """One of theirs, or the same 404 as everywhere."""
    return get_object_or_404(with_all(Meeting.objects.visible_to(actor)), key=key)


def seat_of(actor: Actor, meeting: Meeting) -> GuestSeat:
    """Their own in it."""
    seats = GuestSeat.objects.visible_to(actor).select_related("guardian", "meeting")
    return get_object_or_404(seats, meeting=meeting, guardian=actor.post_id)


@require_safe
@guardian_page()
def my_meetings(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What is to come, and what was lately."""
    now = school_time.now()
    rows = with_all(Meeting.objects.visible_to(actor).filter(ends_at__gt=now - SHOWN_AFTER))
    adult = get_object_or_404(Guardian.objects.visible_to(actor), pk=actor.post_id)
    zone = adult.zone(request.school.zone)
    found = [shown(one, zone=zone) for one in rows]
    page = {
        "ahead": [one for one in found if one.meeting.ends_at >= now and one.meeting.is_on],
        "past": [one for one in reversed(found) if one.meeting.ends_at < now or not one.meeting.is_on],
        "feed": own_feed(actor),
        "rounds": open_to(actor, now=now),
    }
    return render(request, "meetings/my_meetings.html", page)


@require_safe
@guardian_page()
def my_meeting(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """All of one; what was written down in it only once they have shown who they are."""
    return render(request, "meetings/my_meeting.html", page_of(request, actor, the_meeting(actor, key)))


def page_of(request: SchoolRequest, actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """Everything the family's page of a meeting shows."""
    now, seat = school_time.now(), seat_of(actor, meeting)
    adult = seat.guardian
    zone = adult.zone(request.school.zone)

    def put(text: str, language: str) -> RenderedVersion:
        return read_by(text, language, adult, meeting, tier=Tier.L1, now=now)

    questions = OpenQuestion.objects.visible_to(actor).filter(meeting=meeting)
    questions = questions.prefetch_related("answers__staff", "answers__guardian").order_by("put_at", "pk")
    found = asked(questions, meeting, tag=adult.reading, put=put)
    ours = [
        phrase(name, adult.reading, of=request.school, child=meeting.student.short_name) for name in TO_SCHOOL
    ]
    return {
        "one": shown(meeting, zone=zone),
        "seat": seat,
        "near": last_day_word(next(g for g in meeting.guests.all() if g.pk == seat.pk), meeting.revision),
        "is_near": meeting.is_on and meeting.starts_at - NEAR <= now < meeting.ends_at,
        "is_ahead": meeting.is_on and now < meeting.starts_at,
        "link": link_of(meeting, for_host=False) if meeting.is_on else "",
        "student_begins": StudentPart.objects.visible_to(actor).filter(meeting=meeting).exists(),
        "words": Word.choices,
        "day_words": OnTheDay.choices,
        "to_us": [one for one in found if one.question.to == Side.HOME],
        "to_school": [one for one in found if one.question.to == Side.SCHOOL],
        "form": QuestionForm(to=Side.SCHOOL, words=ours),
        **_written(request, actor, meeting, adult, now),
    }


def _written(
    request: SchoolRequest, actor: Actor, meeting: Meeting, adult: Guardian, now: datetime
) -> dict[str, Any]:
    """Minutes and steps, after proof of person; before it, only where to come in."""
    minutes = (
        Minutes.objects.visible_to(actor).filter(meeting=meeting).prefetch_related("said__guardian").first()
    )
    steps = list(
        Step.objects.visible_to(actor)
        .standing()
        .filter(meeting=meeting)
        .select_related("staff", "errand")
        .order_by("due_on", "pk")
    )
    if minutes is None and not steps:
        return {}
    if not has_shown_who(request):
        return {"sign_in": family_sign_in(request.school, request.get_full_path())}

    def text(words: str, language: str) -> Text:
        version = read_by(words, language, adult, meeting, tier=Tier.L2, now=now)
        return as_text(version, words, language)

    return {
        "minutes": minutes,
        "minutes_text": text(minutes.text, minutes.language) if minutes and minutes.text else None,
        "said": list(minutes.said.all()) if minutes else [],
        "counts": minutes.counts(now) if minutes else False,
        "steps": [(one, text(one.text, one.language)) for one in steps],
    }


def back(request: HttpRequest, school: str, key: str, anchor: str = "") -> HttpResponse:
    """To the page of the meeting, with a short word that it was kept."""
    flash.success(request, _("Kept. Thank you."))
    answer = redirect("meetings:my_meeting", school=school, key=key)
    answer["Location"] += f"#{anchor}" if anchor else ""
    return answer


@require_POST
@guardian_page()
def my_word(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Yes, another time, cannot; near the meeting: coming, late, cannot."""
    seat = seat_of(actor, the_meeting(actor, key))
    now, said = school_time.now(), request.POST.get("word", "")
    if not seat.meeting.is_on or now >= seat.meeting.ends_at:
        raise Http404
    if said in OnTheDay.values and "near" in request.POST:
        say_on_the_day(seat, OnTheDay(said), by=actor, now=now)
    elif said in Word.values:
        say(seat, Word(said), by=actor, now=now)
    else:
        raise Http404
    return back(request, request.school.slug, key)


@require_safe
@guardian_page()
def waiting_room(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """How the evening stands before this family: no names of others. It looks again by itself, unless told not to."""
    now, meeting = school_time.now(), the_meeting(actor, key)
    seat, still = seat_of(actor, meeting), "still" in request.GET
    page = {
        "one": shown(meeting, zone=seat.guardian.zone(request.school.zone)),
        "waiting": waiting_for(meeting, now),
        "host": meeting.hosts.all()[0].staff.name if meeting.hosts.all() else request.school.name,
        "at": now,
        "still": still,
        "link": link_of(meeting, for_host=False) if meeting.is_on else "",
    }
    answer = render(request, "meetings/waiting_room.html", page)
    if not still and meeting.is_on and now < meeting.ends_at + NEAR:
        answer["Refresh"] = EVERY
    return answer
