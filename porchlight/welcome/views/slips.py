"""Slips to print by class and to hand out there; who handed them out is written down."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.conversations.models import Notice
from porchlight.conversations.on_paper import MAY_PRINT, NoSlips, on_paper, put_on_paper
from porchlight.delivery.by_hand.carrying import UNDO_FOR, CarriedAlready, MayNotGo, carried, take_back
from porchlight.delivery.by_hand.lists import not_ones_own
from porchlight.delivery.gateways.by_hand import Slips
from porchlight.delivery.models import CameOf, Delivery, Handing
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time
from porchlight.welcome.slips import NO_CLASS, classes_waiting, slips_of
from porchlight.welcome.slips_form import EVERYBODY, ClassSlipsForm
from porchlight.welcome.views.links import private


@require_safe
@staff_page()
def slips(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Classes with slips to hand out, and what this colleague handed out lately."""
    now = school_time.now()
    mine = Handing.objects.visible_to(actor).standing().filter(by_id=actor.post_id)
    lately = mine.filter(came_of=CameOf.HANDED_OUT, at__gt=now - UNDO_FOR)
    page = {
        "may_print": actor.is_one_of(*MAY_PRINT),
        "classes": classes_waiting(actor, request.school, now),
        "none": NO_CLASS,
        "lately": lately.select_related("delivery__parcel__guardian").order_by("-pk")[:50],
    }
    return render(request, "welcome/slips.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def slips_of_class(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """The slips of one class, three to a sheet. POST: those ticked were handed out."""
    group = None
    if key != NO_CLASS:
        group = get_object_or_404(SchoolClass.objects.visible_to(actor), key=key)
    if request.method == "POST":
        return _handed_out(request, actor)
    notice = Notice.objects.visible_to(actor).filter(key=request.GET.get("notice", "")).first()
    found = slips_of(
        group,
        school=request.school,
        actor=actor,
        now=school_time.now(),
        among=on_paper(notice) if notice is not None else None,
    )
    if not found:
        flash.info(request, _("Nothing can be handed out there now. What waits for its hour comes back."))
        return redirect("welcome:slips", school=request.school.slug)
    return private(render(request, "welcome/slips_of_class.html", {"group": group, "slips": found}))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*MAY_PRINT)
def class_slips(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """An announcement on slips for a whole class; then they are looked at, printed and handed out as any others."""
    now, slug = school_time.now(), request.school.slug
    form = ClassSlipsForm(request.POST or None, actor=actor, now=now)
    if request.method != "POST" or not form.is_valid():
        return render(request, "welcome/class_slips.html", {"form": form}, status=422 if form.errors else 200)
    notice, group = form.cleaned_data["notice"], form.cleaned_data["school_class"]
    try:
        made = put_on_paper(
            notice, group=group, everybody=form.cleaned_data["whom"] == EVERYBODY, by=actor, now=now
        )
    except NoSlips:
        form.add_error(None, _("Slips are not switched on yet. Do that under “Ways to reach families”."))
        return render(request, "welcome/class_slips.html", {"form": form}, status=422)
    if made:
        words = ngettext("One slip more is made.", "%(n)s slips more are made.", made)
        flash.success(request, words % {"n": made})
    there = reverse("welcome:slips_of_class", kwargs={"school": slug, "key": group.key})
    return redirect(f"{there}?notice={notice.key}")


def _handed_out(request: SchoolRequest, actor: Actor) -> HttpResponse:
    chosen = request.POST.getlist("slip")
    rows = Delivery.objects.visible_to(actor).filter(account__gateway=Slips.name, reference__in=chosen)
    done, held = 0, 0
    for row in not_ones_own(rows, actor).select_related("account__school", "parcel__guardian"):
        try:
            carried(row, came_of=CameOf.HANDED_OUT, by=actor, now=school_time.now())
            done += 1
        except (MayNotGo, CarriedAlready):
            held += 1
    if done:
        words = ngettext("One slip is handed out.", "%(n)s slips are handed out.", done)
        flash.success(request, words % {"n": done})
    if held:
        words = ngettext(
            "One slip may not go to its home any more, or was handed out already. If you still have it, tear it up.",
            "%(n)s slips may not go to their homes any more, or were handed out already. If you still have them, "
            "tear them up.",
            held,
        )
        flash.warning(request, words % {"n": held})
    if not chosen:
        flash.info(request, _("Tick the slips that you handed out."))
    return redirect("welcome:slips", school=request.school.slug)


@require_POST
@staff_page()
def slip_undo(request: SchoolRequest, actor: Actor, pk: int) -> HttpResponse:
    """It was not handed out after all."""
    mine = Handing.objects.visible_to(actor).standing().filter(by_id=actor.post_id)
    if take_back(get_object_or_404(mine, pk=pk), by=actor, now=school_time.now()):
        flash.success(request, _("It is to be handed out again."))
    else:
        flash.info(request, _("That was too long ago to take back."))
    return redirect("welcome:slips", school=request.school.slug)
