"""The door of a video meeting: says when it opens and whose browser talks with whom, and sends people on their way."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from porchlight.design.moments import slot
from porchlight.families.models import Guardian
from porchlight.meetings.models import Meeting
from porchlight.meetings.video.coming_in import address_for, door_of
from porchlight.meetings.video.contract import Comer
from porchlight.schools.actors import Actor, Kind
from porchlight.schools.doors import SchoolRequest, guardian_page, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time


@require_safe
@guardian_page()
def joining(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """For an adult who is asked to it: when it opens, and the way in."""
    return _door(request, _theirs(actor, key), "meetings/joining.html")


@require_safe
@staff_page()
def host_joining(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """For who sits in it or interprets; who may only see that it is, does not come in."""
    return _door(request, _sits_in(actor, key), "meetings/host_joining.html")


@require_safe
@guardian_page()
def video_room(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Their browser goes to the room, where the door is open; else back to the door."""
    meeting = _theirs(actor, key)
    guardian = get_object_or_404(Guardian.objects.visible_to(actor), pk=actor.post_id or 0)
    seat = get_object_or_404(meeting.guests, guardian=guardian)
    comer = Comer(guardian.greeting, seat.key, is_host=False)
    return _on_their_way(request, actor, meeting, comer, "meetings:joining")


@require_safe
@staff_page()
def host_video_room(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A host's browser, who lets the others in. Who interprets comes in as the family does."""
    meeting = _sits_in(actor, key)
    person = get_object_or_404(StaffMember.objects.visible_to(actor), pk=actor.post_id or 0)
    comer = Comer(person.name, f"host{person.pk}", is_host=meeting.hosts.filter(staff=person).exists())
    return _on_their_way(request, actor, meeting, comer, "meetings:host_joining")


def _theirs(actor: Actor, key: str) -> Meeting:
    rows = Meeting.objects.visible_to(actor).select_related("school", "student")
    return get_object_or_404(rows, key=key)


def _sits_in(actor: Actor, key: str) -> Meeting:
    if actor.kind is not Kind.STAFF or actor.post_id is None:
        raise Http404
    rows = Meeting.objects.visible_to(actor).of_staff(actor.post_id).select_related("school", "student")
    return get_object_or_404(rows, key=key)


def _door(request: SchoolRequest, meeting: Meeting, template: str) -> HttpResponse:
    zone = request.school.zone
    door = door_of(meeting, now=school_time.now())
    page = {
        "door": door,
        "meeting": meeting,
        "state": door.state.value,
        "starts": slot(meeting.starts_at, zone=zone),
        "opens": slot(door.opens_at, zone=zone),
    }
    return render(request, template, page)


def _on_their_way(
    request: SchoolRequest, actor: Actor, meeting: Meeting, comer: Comer, door_page: str
) -> HttpResponse:
    address = address_for(door_of(meeting, now=school_time.now()), by=actor, comer=comer)
    if not address:
        return redirect(door_page, school=request.school.slug, key=meeting.key)
    response = HttpResponseRedirect(address)
    response["Referrer-Policy"] = "no-referrer"
    return response
