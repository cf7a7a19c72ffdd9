"""Pages for colleagues: who works here, the printed card, and accepting an invitation."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porchlight.schools.actors import Actor, Role
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time
from porchlight.welcome.forms import ColleagueForm, JoinForm
from porchlight.welcome.invitations import MailboxTaken, accept, add_colleague, invite, invited

BACKEND = "django.contrib.auth.backends.ModelBackend"
KEEPERS = (Role.OFFICE, Role.LEADER)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def staff(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Colleagues and their roles; a new one gets an invitation."""
    form = ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = add_colleague(
            school=request.school,
            name=data["name"],
            email=data["email"],
            roles=tuple(Role(role) for role in data["roles"]),
            by=actor,
        )
        if person.email:
            invite(person, by=actor, now=school_time.now(), base_url=settings.BASE_URL, by_mail=True)
            flash.success(request, _("An invitation is on its way to %(name)s.") % {"name": person.name})
        return redirect("welcome:staff", school=request.school.slug)
    rows = StaffMember.objects.visible_to(actor).working().prefetch_related("roles").order_by("name")
    page = {"people": rows, "form": form}
    return render(request, "welcome/staff.html", page, status=422 if form.errors else 200)


@require_POST
@staff_page(*KEEPERS)
def invitation_card(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """A card to print and hand over: a QR code that works once. Making one ends the earlier ones."""
    person = get_object_or_404(StaffMember.objects.visible_to(actor).working(), key=key)
    link = invite(person, by=actor, now=school_time.now(), base_url=settings.BASE_URL)
    drawn = segno.make(link, error="m").svg_inline(scale=6, border=2, omitsize=True)
    page = {"person": person, "link": link, "qr": mark_safe(drawn)}
    response = render(request, "welcome/invitation_card.html", page)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SchoolRequest, school: str, secret: str) -> HttpResponse:
    """A new colleague chooses how to sign in. A GET changes nothing."""
    now = school_time.now()
    person = invited(secret, school=request.school, now=now) if request.school else None
    if person is None:
        raise Http404
    form = JoinForm(request.POST or None, initial={"email": person.email})
    if request.method == "POST" and form.is_valid():
        try:
            user = accept(
                secret,
                school=request.school,
                email=form.cleaned_data["email"],
                password=form.cleaned_data["password"],
                now=now,
            )
            login(request, user, backend=BACKEND)
            flash.success(request, _("Welcome. Now make your sign-in safe with a second step."))
            return redirect("mfa_index")
        except MailboxTaken:
            form.add_error("email", _("Somebody signs in with this address already. Use another one."))
    response = render(
        request,
        "welcome/invitation.html",
        {"form": form, "person": person},
        status=422 if form.errors else 200,
    )
    response["Referrer-Policy"] = "no-referrer"
    return response
