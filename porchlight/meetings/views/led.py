"""A student's own part in a meeting: with their own sign-in, or by a code on a device of the class."""

from __future__ import annotations

from typing import BinaryIO, cast

from allauth.account.adapter import get_adapter
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.design.moments import slot
from porchlight.files.cleaning import NotKept
from porchlight.files.enclosing import keep_enclosed
from porchlight.files.filming import FilmRule
from porchlight.files.handing_out import SHOWN as PICTURES
from porchlight.files.handing_out import as_picture
from porchlight.files.keeping import throw_away
from porchlight.files.models import StoredFile
from porchlight.files.scanning import ScannerAway
from porchlight.meetings.led import parts
from porchlight.meetings.led.class_device import acting_as, open_with, opened_in, shut
from porchlight.meetings.led.forms import AskForm, CodeForm, ShowForm
from porchlight.meetings.models import Meeting, Shown, Step, StudentPart
from porchlight.meetings.models.led import OfAPartQuerySet, StudentPartQuerySet
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, student_page
from porchlight.schools.models import School
from porchlight.toolbox import school_time

NO_FILMS = FilmRule(seconds=0)


@require_http_methods(["GET", "HEAD", "POST"])
@student_page()
def my_part(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The meeting as its student sees it: when it is, what they show and ask."""
    part = get_object_or_404(_rows(actor), meeting__key=key)
    here = reverse("meetings:my_part", kwargs={"school": request.school.slug, "key": key})
    return _page(request, part, actor, here)


@require_safe
@student_page()
def my_photo(request: SchoolRequest, actor: Actor, key: str, shown_key: str) -> HttpResponseBase:
    """One's own photo."""
    return photo_of(Shown.objects.visible_to(actor), key, shown_key)


@require_http_methods(["GET", "HEAD", "POST"])
def class_device(request: SchoolRequest, school: str) -> HttpResponse:
    """On a device of the class: a code opens one part; nobody is signed in."""
    if request.school is None:
        raise Http404
    now = school_time.now()
    part = opened_in(request.session, school=request.school, now=now)
    if part is not None:
        here = reverse("meetings:class_device", kwargs={"school": request.school.slug})
        return _private(_page(request, part, acting_as(part), here, on_class_device=True))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        opened = open_with(
            form.cleaned_data["code"], school=request.school, session=request.session,
            place=get_adapter(request).place(request), now=now,
        )  # fmt: skip
        if opened is not None:
            return _private(redirect("meetings:class_device", school=request.school.slug))
        form.add_error(
            "code", _("This code opens nothing, or its time is over. Ask your teacher for a new one.")
        )
    page = {"form": form}
    return _private(render(request, "meetings/class_device.html", page, status=422 if form.errors else 200))


@require_POST
def class_device_end(request: SchoolRequest, school: str) -> HttpResponse:
    """The student is done with the device."""
    if request.school is None:
        raise Http404
    shut(request.session)
    return _private(redirect("meetings:class_device", school=request.school.slug))


@require_safe
def class_device_photo(request: SchoolRequest, school: str, shown_key: str) -> HttpResponseBase:
    """A photo of the part that this browser opened."""
    if request.school is None:
        raise Http404
    part = opened_in(request.session, school=request.school, now=school_time.now())
    if part is None:
        raise Http404
    return photo_of(part.shown.all(), part.meeting.key, shown_key)


def photo_of(rows: OfAPartQuerySet[Shown], key: str, shown_key: str) -> HttpResponseBase:
    """The photo of one of these rows, of this meeting."""
    row = get_object_or_404(rows.select_related("photo"), key=shown_key, part__meeting__key=key)
    if row.photo is None:
        raise Http404
    try:
        return as_picture(row.photo)
    except FileNotFoundError:
        raise Http404 from None


def _rows(actor: Actor) -> StudentPartQuerySet:
    return StudentPart.objects.visible_to(actor).select_related("meeting__school", "meeting__student")


def _page(
    request: SchoolRequest, part: StudentPart, actor: Actor, here: str, *, on_class_device: bool = False
) -> HttpResponse:
    """Read, or one thing written."""
    what = request.POST.get("what", "") if request.method == "POST" else ""
    show = ShowForm(
        request.POST if what == "show" else None, request.FILES if what == "show" else None, prefix="show"
    )
    ask = AskForm(request.POST if what == "ask" else None, prefix="ask")
    if what:
        try:
            if _written(request, part, actor, what, show, ask):
                return redirect(here)
        except parts.IsOver:
            return redirect(here)
    meeting = part.meeting
    page = {
        "part": part,
        "meeting": meeting,
        "starts": slot(meeting.starts_at, zone=request.school.zone),
        "shown": list(part.shown.select_related("photo")),
        "asked": list(part.asked.all()),
        "show": show,
        "ask": ask,
        "may_write": parts.may_write(meeting, school_time.now()),
        "has_room": part.shown.count() < parts.MOST_SHOWN,
        "may_ask": part.asked.count() < parts.MOST_ASKED,
        "pieces": parts.pieces_of(meeting),
        "steps": [] if on_class_device else _steps(actor, meeting),
        "on_class_device": on_class_device,
    }
    return render(request, "meetings/my_part.html", page, status=422 if show.errors or ask.errors else 200)


def _steps(actor: Actor, meeting: Meeting) -> QuerySet[Step]:
    """What they agreed to do; not on a device that many use."""
    rows = Step.objects.visible_to(actor).standing().filter(meeting=meeting)
    return rows.select_related("errand").order_by("due_on", "pk")


def _written(
    request: SchoolRequest, part: StudentPart, actor: Actor, what: str, show: ShowForm, ask: AskForm
) -> bool:
    """Whether it is done; if not, a form says why. Raises IsOver."""
    now = school_time.now()
    if what == "show":
        return show.is_valid() and _shown(request.school, part, actor, show)
    if what == "ask":
        return ask.is_valid() and _asked(part, actor, ask)
    if what == "ready":
        parts.say_ready(part, by=actor, now=now)
        return True
    key = request.POST.get("key", "")
    if what == "away_shown":
        parts.take_away(get_object_or_404(part.shown.all(), key=key), by=actor, now=now)
    elif what == "away_asked":
        parts.take_away(get_object_or_404(part.asked.all(), key=key), by=actor, now=now)
    else:
        raise Http404
    return True


def _shown(school: School, part: StudentPart, actor: Actor, form: ShowForm) -> bool:
    photo = _photo(form, school)
    if form.errors:
        return False
    words, link = form.cleaned_data["words"], form.cleaned_data["link"]
    try:
        parts.show(part, words=words, link=link, photo=photo, by=actor, now=school_time.now())
    except (parts.Full, parts.IsOver) as no:
        if photo is not None:
            throw_away(photo)
        if isinstance(no, parts.IsOver):
            raise
        form.add_error(None, _("Six things are enough for one meeting. Take one away first."))
        return False
    return True


def _asked(part: StudentPart, actor: Actor, form: AskForm) -> bool:
    try:
        parts.ask(part, text=form.cleaned_data["text"], by=actor, now=school_time.now())
    except parts.Full:
        form.add_error(None, _("Three questions are enough for one meeting. Take one away first."))
        return False
    return True


def _photo(form: ShowForm, school: School) -> StoredFile | None:
    """The photo, made clean as every other; what is wrong with it stands in the form."""
    chosen = form.cleaned_data.get("photo")
    if chosen is None:
        return None
    try:
        file = keep_enclosed(
            school=school, content=cast("BinaryIO", chosen.file), size=chosen.size or 0, films=NO_FILMS
        )
    except (NotKept, ScannerAway):
        form.add_error("photo", _("This photo could not be kept. Choose another one (JPEG or PNG)."))
        return None
    if file.seen_type not in PICTURES:
        throw_away(file)
        form.add_error("photo", _("This photo could not be kept. Choose another one (JPEG or PNG)."))
        return None
    return file


def _private[R: HttpResponse](response: R) -> R:
    """Of a device that many use, nothing stays."""
    response["Cache-Control"] = "private, no-store"
    return response
