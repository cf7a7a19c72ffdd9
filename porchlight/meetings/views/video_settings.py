"""Where the school's video meetings are held: an account with a company, or a server of its own."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.accounts.limits import Rate, take
from porchlight.design.moments import slot
from porchlight.languages.forms import EngineForm
from porchlight.meetings.models import VideoAccount, VideoRoom
from porchlight.meetings.video.accounts import change_account, close_account, open_account, try_it, use
from porchlight.meetings.video.registry import COMPANIES
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

TESTS = Rate(20, timedelta(hours=1))
SOON = timedelta(hours=24)
SHOWN = 20


@require_safe
@staff_page(*KEEPERS)
def video(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The accounts there are, which of them is used, and meetings that have no room yet."""
    now = school_time.now()
    missing = VideoRoom.objects.visible_to(actor).missing(by=now + SOON, now=now)
    missing = missing.exclude(trouble="").select_related("meeting__student")
    page = {
        "accounts": VideoAccount.objects.visible_to(actor).open(),
        "companies": list(COMPANIES.values()),
        "missing": [
            (room, slot(room.meeting.starts_at, zone=request.school.zone)) for room in missing[:SHOWN]
        ],
    }
    return render(request, "meetings/video.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def new_video_account(request: SchoolRequest, actor: Actor, company: str) -> HttpResponse:
    """Connect one. The first is used at once."""
    if company not in COMPANIES:
        raise Http404
    form = EngineForm(request.POST if request.method == "POST" else None, engine=COMPANIES[company])
    if request.method == "POST" and form.is_valid():
        now = school_time.now()
        made = open_account(school=request.school, company=company, by=actor, now=now, **form.written())
        return _at(request, made)
    page = {"form": form, "company": COMPANIES[company]}
    return render(request, "meetings/new_video_account.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def video_account(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One account: its settings, a test, whether it is used."""
    row = _row(actor, key)
    form = EngineForm(request.POST if request.method == "POST" else None, engine=row.adapter, account=row)
    if request.method == "POST" and form.is_valid():
        change_account(row, by=actor, now=school_time.now(), **form.written())
        flash.success(request, _("Kept."))
        return _at(request, row)
    page = {"row": row, "company": row.adapter, "form": form}
    return render(request, "meetings/video_account.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*KEEPERS)
def video_test(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Ask it whether our key opens it."""
    row, now = _row(actor, key), school_time.now()
    if take(f"video tests:{actor.school_id}", TESTS, now=now):
        try_it(row, by=actor, now=now)
        flash.success(request, _("We are asking. Look again in a moment."))
    else:
        flash.error(request, _("Twenty tests in an hour are enough. Wait a little, then try once more."))
    return _at(request, row)


@require_POST
@staff_page(*KEEPERS)
def video_choice(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """New meetings are held here from now on."""
    row = _row(actor, key)
    use(row, by=actor, now=school_time.now())
    flash.success(request, _("Video meetings are held there from now on."))
    return redirect("meetings:video", school=request.school.slug)


@require_POST
@staff_page(*KEEPERS)
def video_closing(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """Nothing goes there any more."""
    close_account(_row(actor, key), by=actor, now=school_time.now())
    flash.success(request, _("Closed. Nothing goes there any more."))
    return redirect("meetings:video", school=request.school.slug)


def _row(actor: Actor, key: str) -> VideoAccount:
    return get_object_or_404(VideoAccount.objects.visible_to(actor).open(), key=key)


def _at(request: SchoolRequest, row: VideoAccount) -> HttpResponse:
    return redirect("meetings:video_account", school=request.school.slug, key=row.key)
