"""A new colleague's invitation: how they will sign in, or the sign-in they have already."""

from __future__ import annotations

from django.contrib import messages as flash
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from porchlight.accounts.identity.held import Held, IdentityTaken, held, let_go
from porchlight.accounts.models import User
from porchlight.accounts.proving import first_to_open, prove
from porchlight.schools.doors import SchoolRequest
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time
from porchlight.welcome.forms import JoinForm, JoinWithIdentity
from porchlight.welcome.invitations import MailboxTaken, UsedUp, accept, accept_as, invited
from porchlight.welcome.views.links import private

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SchoolRequest, school: str, secret: str) -> HttpResponse:
    """A new colleague chooses how to sign in, or takes the post with the sign-in they have. A GET changes nothing."""
    now = school_time.now()
    person = invited(secret, school=request.school, now=now) if request.school else None
    if person is None:
        raise Http404
    known = _fit_for_staff(request)
    identity = held(request.session)
    form = _form(request, person, identity)
    try:
        if request.method == "POST" and known is not None and "as_me" in request.POST:
            accept_as(known, secret, school=request.school, now=now)
            return private(redirect(f"/{school}/"))  # the front door knows everybody's first page
        if request.method == "POST" and "not_that" in request.POST:
            let_go(request.session)
            return private(redirect(request.path))
        if request.method == "POST" and form.is_valid():
            user = accept(secret, school=request.school, now=now, identity=identity, **form.cleaned_data)
            return _in(request, user, identity)
    except UsedUp:
        raise Http404 from None
    except (MailboxTaken, IdentityTaken) as taken:
        form.add_error(None if isinstance(taken, IdentityTaken) else "email", _taken(taken))
    page = {"form": form, "person": person, "known": known, "identity": identity}
    return private(render(request, "welcome/invitation.html", page, status=422 if form.errors else 200))


def _form(request: SchoolRequest, person: StaffMember, identity: Held | None) -> JoinForm | JoinWithIdentity:
    """A password is asked for only where nothing else opens the door."""
    data, initial = request.POST or None, {"email": person.email}
    if identity is not None:
        return JoinWithIdentity(data, initial=initial)
    return JoinForm(data, name=person.name, initial=initial)


def _in(request: SchoolRequest, user: User, identity: Held | None) -> HttpResponse:
    """The first session, which has proved its first step."""
    login(request, user, backend=BACKEND)
    let_go(request.session)
    method = "password" if identity is None else "socialaccount"
    prove(request, method, email=user.email, reauthenticated=True)
    flash.success(request, _("Welcome. Now make your sign-in safe with a second step."))
    return private(redirect("mfa_index"))


def _taken(taken: MailboxTaken | IdentityTaken) -> str:
    if isinstance(taken, IdentityTaken):
        return _("That account opens somebody’s sign-in already. If it is yours, come in with it first.")
    return _(
        "Somebody signs in with this address already. If that is you, sign in first, then open this again."
    )


def _fit_for_staff(request: SchoolRequest) -> User | None:
    """Who is signed in, though not by a family's code alone, nor with half of what is asked of colleagues."""
    user = request.user
    return user if isinstance(user, User) and not first_to_open(request) else None
