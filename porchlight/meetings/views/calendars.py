"""Calendar files, private calendar addresses, and what a calendar gets that asks at one."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.families.models import Guardian
from porchlight.meetings.around import feeds
from porchlight.meetings.around.calendars import Reader, file_of
from porchlight.meetings.around.forms import CalendarForm
from porchlight.meetings.models import Meeting
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page
from porchlight.schools.ways_in import came_by
from porchlight.toolbox import school_time

CALENDAR = "text/calendar; charset=utf-8"
AN_HOUR = "3600"  # seconds


def _file(meeting: Meeting, reader: Reader) -> HttpResponse:
    made = HttpResponse(file_of(meeting, reader=reader, now=school_time.now()), content_type=CALENDAR)
    made["Content-Disposition"] = f'attachment; filename="meeting-{meeting.key}.ics"'
    return made


@require_safe
@guardian_page()
def my_file(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One meeting for the calendar of a phone; the child is named only where the family's own calendar names them."""
    rows = Meeting.objects.visible_to(actor).select_related("school", "student")
    meeting = get_object_or_404(rows, key=key)
    adult = get_object_or_404(Guardian.objects.visible_to(actor), pk=actor.post_id)
    feed = feeds.own_feed(actor)
    names = feed is not None and feed.names_since is not None
    return _file(meeting, feeds.reader_at_home(request.school, adult.reading, names=names))


@require_safe
@staff_page()
def file(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The same for a colleague, without the child's name."""
    rows = Meeting.objects.visible_to(actor).select_related("school", "student")
    return _file(get_object_or_404(rows, key=key), feeds.reader_at_school(request.school))


@require_http_methods(["GET", "HEAD", "POST"])
@guardian_page()
def my_calendar(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """A private address for their own calendar: made, made anew."""
    return _calendar(request, actor, "meetings/my_calendar.html")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def calendar(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The same for a colleague."""
    return _calendar(request, actor, "meetings/calendar.html")


def _calendar(request: SchoolRequest, actor: Actor, template: str) -> HttpResponse:
    """The address is shown this once: we keep only a print of it."""
    page = {"form": CalendarForm(), "address": ""}
    if request.method == "POST":
        form = CalendarForm(request.POST)
        names = form.is_valid() and form.cleaned_data["names"]
        made_in = None if actor.is_staff else came_by(request)
        secret = feeds.make(names_children=names, by=actor, now=school_time.now(), came_by=made_in)
        path = reverse("meetings:feed", args=[request.school.slug, secret])
        page["address"] = f"webcal://{settings.BASE_URL.partition('://')[2]}{path}"
    page["feed"] = feeds.own_feed(actor)
    return render(request, template, page)


@require_POST
@guardian_page()
def my_calendar_removal(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The address opens nothing any more."""
    feeds.take_back(by=actor, now=school_time.now())
    return redirect("meetings:my_calendar", school=request.school.slug)


@require_POST
@staff_page()
def calendar_removal(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The same for a colleague."""
    feeds.take_back(by=actor, now=school_time.now())
    return redirect("meetings:calendar", school=request.school.slug)


@require_safe
def feed(request: HttpRequest, school: str, secret: str) -> HttpResponse:
    """What a calendar gets: nobody is signed in, the secret in the address is the key, and little is said."""
    here = request.school  # type: ignore[attr-defined]  # set by SchoolMiddleware
    found = feeds.found(here, secret) if here is not None else None
    if found is None:
        raise Http404
    try:
        answer = HttpResponse(feeds.contents(found, here, now=school_time.now()), content_type=CALENDAR)
    except feeds.TooOften:
        answer = HttpResponse(status=429, headers={"Retry-After": AN_HOUR})
    add_never_cache_headers(answer)
    return answer
