"""Hosts of a season: their hours, rooms and ways to meet, and the children they must talk about."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.meetings.models import HostTime, RoundHost
from porchlight.meetings.rounds.forms import HostDayForm, HostForm
from porchlight.meetings.rounds.hosts import add_host, hours_of, set_hours
from porchlight.meetings.rounds.musts import Must, children_of, mark, musts_of
from porchlight.meetings.rounds.windows import day_in_words, in_words
from porchlight.meetings.views.rounds import round_of
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time

LONGEST_WHY = 200


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def hosts(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Everybody who takes part; and who else should."""
    round_ = round_of(actor, key)
    there = RoundHost.objects.visible_to(actor).filter(round=round_).values("staff")
    people = StaffMember.objects.visible_to(actor).working().exclude(pk__in=there)
    if request.method == "POST":
        who = get_object_or_404(people, key=request.POST.get("who", ""))
        add_host(round_, who, by=actor)
        flash.success(request, _("Kept."))
        return redirect("meetings:round_hosts", school=request.school.slug, key=key)
    rows = RoundHost.objects.visible_to(actor).filter(round=round_).select_related("staff")
    zone = request.school.zone
    shown = [
        (one, [in_words(at.day.day, at.starts, at.ends, zone=zone) for at in _in_order(one)])
        for one in rows.prefetch_related("times__day").order_by("interprets", "staff__name")
    ]
    page = {"round": round_, "hosts": shown, "people": people.order_by("name", "pk")}
    return render(request, "meetings/round_hosts.html", page)


def _in_order(host: RoundHost) -> list[HostTime]:
    return sorted(host.times.all(), key=lambda at: (at.day.day, at.starts))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def host(request: SchoolRequest, actor: Actor, key: str, host_key: str) -> HttpResponse:
    """The office, for a colleague."""
    rows = RoundHost.objects.visible_to(actor).filter(round=round_of(actor, key))
    return _hours(request, actor, get_object_or_404(rows, key=host_key))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def mine(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One's own."""
    return _hours(request, actor, _own(actor, key))


def _own(actor: Actor, key: str) -> RoundHost:
    rows = RoundHost.objects.visible_to(actor).filter(round__key=key, staff=actor.post_id)
    return get_object_or_404(rows.select_related("round__school", "staff"))


def _hours(request: SchoolRequest, actor: Actor, row: RoundHost) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = HostForm(data, initial={"place": row.place, "zone": row.zone})
    days = [HostDayForm(one, data) for one in hours_of(row)]
    if data is not None and all([form.is_valid(), *(one.is_valid() for one in days)]):
        said = form.cleaned_data
        set_hours(
            row,
            [one.hours() for one in days],
            place=said["place"],
            zone=said["zone"],
            by=actor,
            now=school_time.now(),
        )
        flash.success(request, _("Kept."))
        return redirect(request.path)
    page = {
        "host": row,
        "round": row.round,
        "form": form,
        "days": [(day_in_words(one.day.day, zone=request.school.zone), one) for one in days],
        "is_own": row.staff_id == actor.post_id,
    }
    return render(request, "meetings/round_host.html", page, status=422 if data is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def must_see(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Whom this colleague has to talk about, why, and who comes along."""
    row, now = _own(actor, key), school_time.now()
    children = children_of(row.round, row, by=actor, now=now)
    seconds = {
        one.key: one
        for one in row.round.hosts.filter(interprets=False)
        .exclude(pk=row.pk)
        .select_related("staff")
        .order_by("staff__name")
    }
    if request.method == "POST":
        ticked = set(request.POST.getlist("child"))
        musts = [
            Must(
                child,
                request.POST.get(f"why-{child.key}", "").strip()[:LONGEST_WHY],
                seconds.get(request.POST.get(f"second-{child.key}", "")),
            )
            for child in children
            if child.key in ticked
        ]
        mark(row, musts, by=actor, now=now)
        flash.success(request, _("Kept."))
        return redirect(request.path)
    marked = musts_of(row)
    page = {
        "round": row.round,
        "rows": [(child, marked.get(child.pk), _second(marked.get(child.pk), row)) for child in children],
        "seconds": seconds.values(),
        "marked": len(marked),
    }
    return render(request, "meetings/round_must_see.html", page)


def _second(wish: object, row: RoundHost) -> str:
    """The key of who comes along."""
    hosts = getattr(wish, "hosts", None)
    return next((one.host.key for one in hosts.all() if one.host_id != row.pk), "") if hosts else ""
