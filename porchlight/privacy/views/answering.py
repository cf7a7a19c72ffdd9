"""Requests for a copy or an erasure: writing them down, making the copy, erasing, answering."""

from __future__ import annotations

from django.contrib import messages as flash
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.accounts.proving import second_step
from porchlight.families.models import Guardian, Student
from porchlight.privacy.actions import answer_given, ask, erase_as_asked, make_copy, refuse
from porchlight.privacy.copying import NoRight, NotLookedAt, undecided
from porchlight.privacy.erasing import OnHold
from porchlight.privacy.finding import person_of, search
from porchlight.privacy.forms import ReasonForm
from porchlight.privacy.models import Request, RequestKind
from porchlight.privacy.packing import packed
from porchlight.privacy.words import table_words
from porchlight.schools.actors import KEEPERS, Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.law.effects import adult_words
from porchlight.schools.law.followed import law_of
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS, Role.SAFEGUARDING)
def requests(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Open and answered; POST writes one down that was asked by word of mouth or on paper."""
    if request.method == "POST":
        about = person_of(request.POST.get("who", ""), actor)
        kind = RequestKind.ERASURE if request.POST.get("kind") == RequestKind.ERASURE else RequestKind.COPY
        made = ask(
            kind=kind,
            about=about,
            asked_by=_for_whom(request, actor, about),
            school=request.school,
            by=actor,
        )
        return redirect("privacy:request", school=request.school.slug, key=made.key)
    rows = Request.objects.visible_to(actor).select_related("student", "guardian", "asked_by")
    today = request.school.local(school_time.now()).date()
    page = {
        "open": [{"row": row, "left": row.days_left(today)} for row in rows.open()[:SHOWN]],
        "answered": rows.exclude(answered_at=None).order_by("-answered_at")[:SHOWN],
        "colleagues": _who_left(actor) if actor.is_one_of(Role.LEADER) else (),
        "of_age": adult_words(law_of(request.school)),
        **search(request, actor),
    }
    return render(request, "privacy/requests.html", page)


def _who_left(actor: Actor) -> QuerySet[StaffMember]:
    """Of whom a leader may make a copy; colleagues at work fetch their own."""
    return (
        StaffMember.objects.visible_to(actor).filter(left_at__isnull=False).exclude(name="").order_by("name")
    )


@require_safe
@staff_page(*KEEPERS, Role.SAFEGUARDING)
def request_page(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """One request: who asks about whom, until when, what has to be looked at first."""
    return _page(request, actor, _one(actor, key), ReasonForm())


@require_safe
@staff_page(*KEEPERS, exports=True)
def copy(request: SchoolRequest, actor: Actor, key: str) -> HttpResponseBase:
    """The zip. Not before everything that may do harm was looked at."""
    row = get_object_or_404(Request.objects.visible_to(actor).filter(kind=RequestKind.COPY), key=key)
    try:
        made = make_copy(request=row, by=actor)
    except NoRight:
        flash.error(
            request,
            _("This adult may not see this child’s records. Ask who keeps children safe before you answer."),
        )
        return _page(request, actor, row, ReasonForm(), status=409)
    except NotLookedAt:
        return _page(request, actor, row, ReasonForm(), status=409)
    except LookupError:
        return _page(request, actor, row, ReasonForm(), status=410)
    return FileResponse(
        packed(made), as_attachment=True, filename=f"{row.key}.zip", content_type="application/zip"
    )


@require_POST
@staff_page(*KEEPERS)
def answer(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The copy was handed over; or no, with a reason (`refused`)."""
    row = get_object_or_404(Request.objects.visible_to(actor).open(), key=key)
    if "refused" in request.POST:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _page(request, actor, row, form, status=422)
        refuse(request=row, words=form.cleaned_data["why"], by=actor)
    elif row.kind == RequestKind.COPY and not undecided(row):
        answer_given(request=row, by=actor)
    flash.success(request, _("Written down."))
    return redirect("privacy:request", school=request.school.slug, key=row.key)


@require_POST
@staff_page(Role.LEADER)
def erasure(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """For good; asks for the second step again."""
    row = get_object_or_404(
        Request.objects.visible_to(actor).open().filter(kind=RequestKind.ERASURE), key=key
    )
    here = reverse("privacy:request", kwargs={"school": request.school.slug, "key": row.key})
    if first := second_step(request, here):
        return first
    try:
        erase_as_asked(request=row, with_adults="adults" in request.POST, by=actor)
    except OnHold:
        flash.error(
            request, _("Nothing was erased: there is a hold. Lift it first, or say no with the reason.")
        )
    except LookupError:
        flash.error(request, _("They were erased already."))
    except OSError:
        flash.error(
            request,
            _(
                "Nothing was erased: the list of erasures cannot be written. Tell whoever looks after the server."
            ),
        )
    else:
        flash.success(request, _("Erased. What had to stay is listed below."))
    return redirect(here)


def _one(actor: Actor, key: str) -> Request:
    rows = Request.objects.visible_to(actor).select_related("student", "guardian", "asked_by", "answered_by")
    return get_object_or_404(rows, key=key)


def _for_whom(request: SchoolRequest, actor: Actor, about: Student | Guardian) -> Guardian | None:
    """The adult a copy about a child is for; None: for the child."""
    if isinstance(about, Guardian):
        return about
    key = request.POST.get("for", "")
    mine = Guardian.objects.visible_to(actor).filter(ties__student=about)
    return get_object_or_404(mine.distinct(), key=key) if key else None


def _page(
    request: SchoolRequest, actor: Actor, row: Request, form: ReasonForm, status: int = 200
) -> HttpResponse:
    waiting = undecided(row) if row.kind == RequestKind.COPY and row.subject is not None else []
    today = request.school.local(school_time.now()).date()
    page = {
        "row": row,
        "state": {"row": row, "left": row.days_left(today)},
        "to_look_at": len(waiting),
        "form": form,
        "kept": [(table_words(label, label), number) for label, number in row.counts.items()],
        "may_look": actor.is_one_of(Role.SAFEGUARDING),
        "may_answer": actor.is_one_of(*KEEPERS),
        "may_erase": actor.is_one_of(Role.LEADER),
    }
    return render(request, "privacy/request.html", page, status=status)
