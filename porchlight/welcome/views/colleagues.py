"""Pages about colleagues: who works here, the printed card, and who has left."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.design.squares import square
from porchlight.schools.actors import KEEPERS, Actor, may_give
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.schools.resting import let_in_again
from porchlight.toolbox import school_time
from porchlight.welcome.forms import ColleagueForm
from porchlight.welcome.invitations import (
    add_colleague,
    invite,
    may_invite,
    may_see_off,
    see_off,
)
from porchlight.welcome.views.links import private


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def staff(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Colleagues and their roles; a new one gets an invitation."""
    form = ColleagueForm(request.POST or None, roles=may_give(actor))
    if request.method == "POST" and form.is_valid():
        person = add_colleague(school=request.school, by=actor, **form.cleaned_data)
        if person.user_id is not None:
            flash.success(
                request, _("%(name)s is here already; the roles are written down.") % {"name": person}
            )
        elif not may_invite(person, actor):
            flash.info(request, _("A leader of the school invites %(name)s.") % {"name": person})
        elif person.email:
            invite(person, by=actor, now=school_time.now(), base_url=settings.BASE_URL, by_mail=True)
            flash.success(request, _("An invitation is on its way to %(name)s.") % {"name": person})
        else:
            flash.success(request, _("Now print the card for %(name)s and hand it over.") % {"name": person})
        return redirect("welcome:staff", school=request.school.slug)
    rows = StaffMember.objects.visible_to(actor).working().prefetch_related("roles").order_by("name")
    people = [(one, may_invite(one, actor), may_see_off(one, actor)) for one in rows]
    page = {"people": people, "form": form, "me": actor.post_id}
    return render(request, "welcome/staff.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*KEEPERS)
def invitation_card(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A card to print and hand over: a QR code that works once. Making one ends the earlier ones."""
    person = get_object_or_404(StaffMember.objects.visible_to(actor).working(), key=key, user=None)
    if not may_invite(person, actor):
        raise Http404
    link = invite(person, by=actor, now=school_time.now(), base_url=settings.BASE_URL)
    page = {"person": person, "link": link, "qr": square(link)}
    return private(render(request, "welcome/invitation_card.html", page))


@require_POST
@staff_page(*KEEPERS)
def leaving(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """This colleague has left the school."""
    others = StaffMember.objects.visible_to(actor).working().exclude(pk=actor.post_id or 0)
    person = get_object_or_404(others, key=key)
    if not may_see_off(person, actor):
        raise Http404
    see_off(person, by=actor, now=school_time.now())
    flash.success(request, _("%(name)s no longer opens any page of this school.") % {"name": person})
    return redirect("welcome:staff", school=request.school.slug)


@require_POST
@staff_page(*KEEPERS)
def coming_back(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """This colleague was not here for long, and works here still."""
    person = get_object_or_404(StaffMember.objects.visible_to(actor).working(), key=key)
    let_in_again(person, by=actor, now=school_time.now())
    flash.success(request, _("%(name)s can come in again.") % {"name": person})
    return redirect("welcome:staff", school=request.school.slug)
