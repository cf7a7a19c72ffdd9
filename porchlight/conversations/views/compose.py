"""Writing to families: a form, a look at exactly what goes to whom, and only then "send"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from porchlight.conversations import looked
from porchlight.conversations.audience import Exclusion, Resolved, resolve
from porchlight.conversations.carried import SOON
from porchlight.conversations.compose_form import ComposeForm
from porchlight.conversations.compose_places import chosen_apart, read_audience
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.notices import Draft, NoticeRefused, Preview, preview, release, write
from porchlight.conversations.previewing import Looks, looks
from porchlight.design.moments import moment
from porchlight.languages.readability import measure
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.toolbox import school_time

WRITERS = (Role.TEACHER, Role.LEADER, Role.OFFICE, Role.COUNSELLOR)

EXCLUDED_WORDS = {
    Exclusion.RESTRICTED: gettext_lazy("may not be contacted (a restriction is in force)"),
    Exclusion.NO_RIGHT: gettext_lazy("set not to receive messages"),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the preview shows."""

    homes: int
    people: int
    reach: str  # "39 homes, 61 adults, about 41 students"
    looks: Looks
    plainness: list[str]
    reasons: list[tuple[str, int]]  # why adults get nothing, counted
    without_adult: list[str]
    needs_second_person: bool
    mark: str
    urgent: bool
    sleeping: str  # "69 adults have quiet hours now and get it tomorrow, 7 am."; empty: nobody waits


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WRITERS)
def compose(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """One page: write, look, send. Sending needs the mark of a look at the very same words."""
    now = school_time.now()
    data = request.POST or None
    if "finding" in request.POST:  # not sent yet: the families found join the list, the rest stays as written
        started = {**request.POST.dict(), "audience": request.POST.getlist("audience")}
        form = ComposeForm(actor=actor, school=request.school, now=now, initial=started)
        return _write(request, actor, form)
    form = ComposeForm(data, actor=actor, school=request.school, now=now, initial=_initial(request))
    if request.method != "POST":
        return _write(request, actor, form)
    if not form.is_valid():
        return _write(request, actor, form, status=422)
    draft = form.draft()
    press = looked.press_of(request.POST.get("looked", ""), draft, by=actor)
    if press is not None and "send" in request.POST:
        return _send(request, actor, form, press)
    seen = look(request, actor, draft)
    return render(request, "conversations/compose.html", {"form": form, "seen": seen, "draft": draft})


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
    now = school_time.now()
    try:
        with transaction.atomic():
            notice = write(form.draft(), school=request.school, by=actor, now=now, press=press)
            release(notice, by=actor, now=now)
    except NoticeRefused as refused:
        form.add_error(None, str(refused))
        return _write(request, actor, form, status=422)
    return redirect("conversations:notice", school=request.school.slug, key=notice.key)


def look(request: SchoolRequest, actor: Actor, draft: Draft) -> Looked:
    """What goes to whom, how and for how much."""
    seen = preview(draft, school=request.school, by=actor, now=school_time.now())
    return Looked(
        homes=seen.resolved.homes,
        people=len(seen.resolved.recipients),
        reach=reach(seen.resolved),
        looks=looks(seen),
        plainness=plainness(draft),
        reasons=reasons(seen),
        without_adult=[student.short_name for student in seen.resolved.without_adult],
        needs_second_person=seen.needs_second_person and not draft.urgent_reason,
        mark=looked.mark(draft, by=actor),
        urgent=bool(draft.urgent_reason),
        sleeping="" if draft.goes_at else sleeping(request, seen),
    )


def sleeping(request: SchoolRequest, seen: Preview) -> str:
    """Who has quiet hours now, and when the first of them gets it."""
    now = school_time.now()
    waits = [one.due_at for one in seen.reached if one.due_at > now + SOON]
    if not waits:
        return ""
    words = ngettext(
        "One adult has quiet hours now and gets it %(when)s.",
        "%(n)s adults have quiet hours now and get it from %(when)s.",
        len(waits),
    )
    return words % {"n": len(waits), "when": moment(min(waits), now=now, zone=request.school.zone)}


def reach(resolved: Resolved) -> str:
    """Who it would reach, in words."""
    parts = {
        "homes": ngettext("%(n)s home", "%(n)s homes", resolved.homes) % {"n": resolved.homes},
        "adults": ngettext("%(n)s adult", "%(n)s adults", len(resolved.recipients))
        % {"n": len(resolved.recipients)},
        "students": ngettext("%(n)s student", "%(n)s students", resolved.students) % {"n": resolved.students},
    }
    return _("%(homes)s: %(adults)s, about %(students)s") % parts


def plainness(draft: Draft) -> list[str]:
    """How easy the words are to read and to translate: a measure and a hint, never a verdict."""
    found = measure(draft.text, draft.language)
    said = [
        ngettext("%(words)s words in one sentence.", "%(words)s words in %(n)s sentences.", found.sentences)
        % {"words": found.words, "n": found.sentences}
    ]
    if found.is_plain:
        said.append(_("Easy to read and to translate."))
    if found.long_sentences:
        first = found.long_sentences[0]
        said.append(_("Two short sentences are easier than this long one: “%(words)s”") % {"words": first})
    if found.long_words and not found.is_plain:
        words = ", ".join(found.long_words[:5])
        said.append(_("Is there a shorter word for: %(words)s?") % {"words": words})
    return said


def reasons(seen: Preview) -> list[tuple[str, int]]:
    """Why adults in the audience get nothing, each with its count; the next step is in the words."""
    counted: dict[str, int] = defaultdict(int)
    for exclusion, count in seen.resolved.excluded.items():
        counted[str(EXCLUDED_WORDS[exclusion])] += count
    for one in seen.not_reached:
        if one.not_reached is not None:
            counted[str(one.not_reached.next_step)] += 1
    return sorted(counted.items(), key=lambda item: -item[1])


@require_GET
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


@require_GET
@staff_page()
def notices(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Announcements, newest first; those that wait for a second person on top."""
    rows = Notice.objects.visible_to(actor).select_related("by")
    first = Message.objects.visible_to(actor).filter(notice=OuterRef("pk")).order_by("pk").values("text")[:1]
    # As a home read it, with its child's name; what waits for its hour, as it was written.
    told = rows.filter(released_at__isnull=False).annotate(sample=Coalesce(Subquery(first), "text"))
    return render(
        request,
        "conversations/notices.html",
        {
            "waiting": rows.waiting_for_approval().exclude(by_id=actor.post_id),
            "notices": told.order_by("-released_at")[:50],
        },
    )
