"""Pages for colleagues: who works here, the printed card, and accepting an invitation."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.accounts.models import User
from porchlight.accounts.proving import BY_FAMILY_CODE, prove
from porchlight.design.squares import square
from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time
from porchlight.welcome.forms import ColleagueForm, JoinForm
from porchlight.welcome.invitations import (
    MailboxTaken,
    UsedUp,
    accept,
    accept_as,
    add_colleague,
    invite,
    invited,
    may_give,
    see_off,
)
from porchlight.welcome.views.links import private

BACKEND = "django.contrib.auth.backends.ModelBackend"
KEEPERS = (Role.OFFICE, Role.LEADER)


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
        elif person.email:
            invite(person, by=actor, now=school_time.now(), base_url=settings.BASE_URL, by_mail=True)
            flash.success(request, _("An invitation is on its way to %(name)s.") % {"name": person})
        else:
            flash.success(request, _("Now print the card for %(name)s and hand it over.") % {"name": person})
        return redirect("welcome:staff", school=request.school.slug)
    rows = StaffMember.objects.visible_to(actor).working().prefetch_related("roles").order_by("name")
    page = {"people": rows, "form": form, "me": actor.post_id}
    return render(request, "welcome/staff.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*KEEPERS)
def invitation_card(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A card to print and hand over: a QR code that works once. Making one ends the earlier ones."""
    person = get_object_or_404(StaffMember.objects.visible_to(actor).working(), key=key, user=None)
    link = invite(person, by=actor, now=school_time.now(), base_url=settings.BASE_URL)
    page = {"person": person, "link": link, "qr": square(link)}
    return private(render(request, "welcome/invitation_card.html", page))


@require_POST
@staff_page(*KEEPERS)
def leaving(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """This colleague has left the school."""
    others = StaffMember.objects.visible_to(actor).working().exclude(pk=actor.post_id or 0)
    person = get_object_or_404(others, key=key)
    see_off(person, by=actor, now=school_time.now())
    flash.success(request, _("%(name)s no longer opens any page of this school.") % {"name": person})
    return redirect("welcome:staff", school=request.school.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SchoolRequest, school: str, secret: str) -> HttpResponse:
    """A new colleague chooses how to sign in, or takes the post with the sign-in they have. A GET changes nothing."""
    now = school_time.now()
    person = invited(secret, school=request.school, now=now) if request.school else None
    if person is None:
        raise Http404
    known = _with_a_sign_in_fit_for_staff(request)
    form = JoinForm(request.POST or None, name=person.name, initial={"email": person.email})
    try:
        if request.method == "POST" and known is not None and "as_me" in request.POST:
            accept_as(known, secret, school=request.school, now=now)
            return private(redirect(f"/{school}/"))  # the front door knows everybody's first page
        if request.method == "POST" and form.is_valid():
            user = accept(secret, school=request.school, now=now, **form.cleaned_data)
            login(request, user, backend=BACKEND)
            prove(request, "password", email=user.email, reauthenticated=True)
            flash.success(request, _("Welcome. Now make your sign-in safe with a second step."))
            return private(redirect("mfa_index"))
    except UsedUp:
        raise Http404 from None
    except MailboxTaken:
        form.add_error(
            "email",
            _(
                "Somebody signs in with this address already. If that is you, sign in first, then open this again."
            ),
        )
    page = {"form": form, "person": person, "known": known}
    return private(render(request, "welcome/invitation.html", page, status=422 if form.errors else 200))


def _with_a_sign_in_fit_for_staff(request: SchoolRequest) -> User | None:
    """Who is signed in already, though not by a family's code."""
    by_code = BY_FAMILY_CODE in request.session
    return request.user if request.user.is_authenticated and not by_code else None
