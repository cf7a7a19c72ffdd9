"""Writing to families: a form, a look at exactly what goes to whom, and only then "send"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.conversations import looked
from porchlight.conversations.audience import MAY_WRITE_TO_THE_SCHOOL, resolve
from porchlight.conversations.compose_form import ComposeForm
from porchlight.conversations.compose_places import chosen_apart, read_audience
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.notices import NoticeRefused
from porchlight.conversations.views.looking import look, reach, send_looked
from porchlight.conversations.wording import unaddressed
from porchlight.languages.inviting import invited
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

LISTED = 50  # announcements on a page
WRITERS = (Role.TEACHER, Role.LEADER, Role.OFFICE, Role.COUNSELLOR)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def compose(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """One page: write, look, send. Sending needs the mark of a look at the very same words."""
    now = school_time.now()
    data = _taken(request.POST) or None
    if "finding" in request.POST:  # not sent yet: the families found join the list, the rest stays as written
        started = {**request.POST.dict(), "audience": request.POST.getlist("audience")}
        written = ComposeForm(request.POST, request.FILES, actor=actor, school=request.school, now=now)
        started["enclosed"] = _kept(written)
        form = ComposeForm(actor=actor, school=request.school, now=now, initial=started)
        return _write(request, actor, form)
    form = ComposeForm(
        data, request.FILES or None, actor=actor, school=request.school, now=now, initial=_initial(request)
    )
    if request.method != "POST":
        return _write(request, actor, form)
    _kept(form)
    if not form.is_valid():
        return _write(request, actor, form, status=422)
    draft = form.draft()
    press = looked.press_of(request.POST.get("looked", ""), draft, by=actor)
    if press is not None and "send" in request.POST:
        return _send(request, actor, form, press)
    seen = look(draft, school=request.school, actor=actor)
    return render(request, "conversations/compose.html", {"form": form, "seen": seen, "draft": draft})


def _taken(posted: QueryDict) -> QueryDict:
    """What was written, with the invitation that was taken in place of its sentence."""
    if "invite" not in posted:
        return posted
    data = posted.copy()
    data["text"] = invited(posted.get("text", ""), str(posted["invite"]))
    return data


def _kept(form: ComposeForm) -> str:
    """The key of what goes along: kept even where something else has to be put right first."""
    if form.is_bound:
        form.full_clean()
        form.keep()
    return form.enclosed_key


def _write(request: SchoolRequest, actor: Actor, form: ComposeForm, status: int = 200) -> HttpResponse:
    words = _reach_of(request, actor, form["audience"].value() or [])
    return render(request, "conversations/compose.html", {"form": form, "words": words}, status=status)


def _initial(request: SchoolRequest) -> dict[str, Any]:
    """A link may open the form for one home, one class or one sort of word."""
    start: dict[str, Any] = {"kind": request.GET.get("kind", "information")}
    if request.GET.getlist("audience"):
        start["audience"] = request.GET.getlist("audience")
    return start


def _send(request: SchoolRequest, actor: Actor, form: ComposeForm, press: str) -> HttpResponse:
    """Send what was looked at. What is refused is not kept, and stands in the form as it was written."""
    try:
        notice = send_looked(form.draft(), school=request.school, by=actor, press=press)
    except NoticeRefused as refused:
        form.add_error(None, str(refused))
        return _write(request, actor, form, status=422)
    return redirect("conversations:notice", school=request.school.slug, key=notice.key)


@require_safe
@staff_page(*WRITERS)
def audience(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """The live count beside the form, as a fragment: who it would reach right now."""
    words = _reach_of(request, actor, request.GET.getlist("audience"))
    return render(request, "conversations/audience_count.html", {"words": words})


def _reach_of(request: SchoolRequest, actor: Actor, chosen: Sequence[str]) -> str:
    """Who these reach right now, in words; empty when nothing is chosen, or nothing that goes together."""
    if not chosen or chosen_apart(chosen):
        return ""
    today = request.school.local(school_time.now()).date()
    try:
        return reach(resolve(read_audience(chosen), actor=actor, school=request.school, on=today))
    except (PermissionDenied, KeyError):
        return ""


@require_safe
@staff_page()
def notices(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Announcements, newest first; those that wait for a second person on top."""
    rows = Notice.objects.visible_to(actor).select_related("by")
    told = list(rows.filter(released_at__isnull=False).order_by("-released_at")[:LISTED])
    waiting = list(rows.waiting_for_approval().exclude(by_id=actor.post_id))
    reached = Message.objects.visible_to(actor).filter(notice__in=told).values_list("notice")
    adults = dict(reached.annotate(Count("thread__guardian", distinct=True)))
    return render(
        request,
        "conversations/notices.html",
        {
            "waiting": [(one, unaddressed(one.text, one.language, school=request.school)) for one in waiting],
            "notices": [
                (one, unaddressed(one.text, one.language, school=request.school), adults.get(one.pk, 0))
                for one in told
            ],
            "may_close": actor.is_one_of(*MAY_WRITE_TO_THE_SCHOOL),
        },
    )
