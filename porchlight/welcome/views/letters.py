"""Letters to print: by class or by area; then said to be printed, handed out or posted, and which came back."""

from __future__ import annotations

import json

from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.delivery.by_hand.letters import Run, mark, not_handed_out, not_printed, out, runs
from porchlight.delivery.by_hand.lists import may_go, not_ones_own
from porchlight.delivery.gateways.by_hand import Letters
from porchlight.delivery.models import Account, CameOf, Delivery
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time
from porchlight.toolbox.postal import area_of
from porchlight.welcome.letters.gathering import NO_CLASS, batch, waiting_letters
from porchlight.welcome.letters.setting import NotSet, pdf_of
from porchlight.welcome.letters.writing import Writer
from porchlight.welcome.views.links import private

MAY_PRINT = (Role.OFFICE, Role.LEADER)
SHOWN = 50
PLACES = ("class", "area")


class Paper(HttpResponse):
    """A PDF whose words can still be read by the gates that write down who was shown what."""

    def __init__(self, made: bytes, *, says: str) -> None:
        super().__init__(made, content_type="application/pdf")
        self["Content-Disposition"] = 'inline; filename="letters.pdf"'
        self.says = says

    @property
    def text(self) -> str:
        """What stands on the paper."""
        return self.says


@require_safe
@staff_page(*MAY_PRINT)
def letters(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """What is to be printed, what is printed and still here, and what is out."""
    now = school_time.now()
    left = out(actor, now).select_related("parcel__guardian").prefetch_related("parcel__about__student")
    page = {
        "is_on": Account.objects.visible_to(actor).open().filter(gateway=Letters.name).exists(),
        "waiting": waiting_letters(actor, request.school, now),
        "runs": runs(actor),
        "out": left[:SHOWN],
        "more_out": max(0, left.count() - SHOWN),
    }
    return private(render(request, "welcome/letters.html", page))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MAY_PRINT)
def letters_of(request: SchoolRequest, actor: Actor, by: str, value: str) -> HttpResponse:
    """Those of one class or area. POST: the ticked ones are printed."""
    if by not in PLACES:
        raise Http404
    group = None
    if by == "class" and value != NO_CLASS:
        group = get_object_or_404(SchoolClass.objects.visible_to(actor), key=value)
    now = school_time.now()
    found = batch(by, value, actor=actor, school=request.school, now=now)
    if request.method == "POST":
        chosen = set(request.POST.getlist("letter"))
        done, _held = mark(
            [row for row in found.rows if row.reference in chosen], came_of=CameOf.PRINTED, by=actor, now=now
        )
        if done:
            words = ngettext("One letter is printed.", "%(n)s letters are printed.", done)
            flash.success(request, words % {"n": done})
        return redirect("welcome:letters", school=request.school.slug)
    if not found.rows:
        flash.info(request, _("Nothing is to be printed there now. What waits for its hour comes back."))
        return redirect("welcome:letters", school=request.school.slug)
    label = group.name if group else area_of(found.rows[0].to) if by == "area" else ""
    page = {"batch": found, "by": by, "value": value, "label": label}
    return private(render(request, "welcome/letters_of.html", page))


@require_safe
@staff_page(*MAY_PRINT)
def letters_pdf(request: SchoolRequest, actor: Actor, by: str, value: str) -> HttpResponse:
    """The paper itself: of a class, of an area, of what was printed together (`run`), or one letter again (`one`)."""
    now = school_time.now()
    rows = _rows(request, actor, by, value)
    allowed = may_go(request.school, [row for row in rows if not row.sent_at], now)
    rows = [row for row in rows if row.sent_at or row.pk in allowed]  # what may not go is not printed again
    if not rows:
        raise Http404
    told = Writer(request.school, actor, now).told(rows)
    says = "\n".join([json.dumps(told["letters"], ensure_ascii=False), *(row.to for row in rows)])
    try:
        return private(Paper(pdf_of(told), says=says))
    except NotSet:
        flash.error(request, _("The letters could not be made. Try again, or ask whoever runs the server."))
        return redirect("welcome:letters", school=request.school.slug)


@require_POST
@staff_page(*MAY_PRINT)
def letters_run(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """What was printed together is handed out or posted; or was not printed after all."""
    now = school_time.now()
    run = _run(actor, pk)
    if "again" in request.POST:
        done = not_printed(run, by=actor, now=now)
        words = ngettext("One letter is to be printed again.", "%(n)s letters are to be printed again.", done)
        flash.success(request, words % {"n": done})
    else:
        done, held = mark(run.rows, came_of=CameOf.HANDED_OUT, by=actor, now=now)
        words = ngettext("One letter is on its way.", "%(n)s letters are on their way.", done)
        flash.success(request, words % {"n": done})
        if held:
            words = ngettext(
                "One letter may not go to its home any more. Take it out and tear it up.",
                "%(n)s letters may not go to their homes any more. Take them out and tear them up.",
                held,
            )
            flash.warning(request, words % {"n": held})
    return redirect("welcome:letters", school=request.school.slug)


@require_POST
@staff_page(*MAY_PRINT)
def letter_out(request: SchoolRequest, actor: Actor, reference: str) -> HttpResponse:
    """One that left: it came back from there; or it lies here still."""
    now = school_time.now()
    row = get_object_or_404(out(actor, now).select_related("account__school"), reference=reference)
    if "here" in request.POST:
        if not_handed_out([row], by=actor, now=now):
            flash.success(request, _("It waits here again."))
        else:
            flash.info(request, _("That was too long ago to take back."))
    else:
        mark([row], came_of=CameOf.CAME_BACK, by=actor, now=now)
        flash.success(request, _("Written down. Another way is tried, and the address is to be asked for."))
    return redirect("welcome:letters", school=request.school.slug)


def _rows(request: SchoolRequest, actor: Actor, by: str, value: str) -> list[Delivery]:
    if by in PLACES:
        return list(batch(by, value, actor=actor, school=request.school, now=school_time.now()).rows)
    if by == "run" and value.isdecimal():
        return list(_run(actor, int(value)).rows)
    if by != "one":
        raise Http404
    again = Delivery.objects.visible_to(actor).filter(account__gateway=Letters.name, stopped="")
    return list(
        not_ones_own(again, actor).filter(reference=value).select_related("parcel__guardian", "account")
    )


def _run(actor: Actor, pk: int) -> Run:
    found = runs(actor, key=pk)
    if not found:
        raise Http404
    return found[0]
