"""The pages of a server without a school."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages as flash
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.accounts.proving import prove
from porchlight.toolbox import school_time
from porchlight.welcome import setting_up
from porchlight.welcome.invitations import UsedUp
from porchlight.welcome.set_up_form import SetUpForm
from porchlight.welcome.views.joining import BACKEND
from porchlight.welcome.views.links import private


@require_safe
def where_the_link_is(request: HttpRequest) -> HttpResponse:
    """Nothing is here yet, and this is where the way in stands."""
    if not setting_up.is_needed():
        raise Http404
    return render(request, "welcome/where_the_link_is.html")


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, secret: str) -> HttpResponse:
    """The school, and whoever makes it. A GET changes nothing."""
    now = school_time.now()
    if not setting_up.is_open(secret, now=now):
        if setting_up.is_needed():
            return private(redirect(setting_up.PAGE))
        raise Http404
    form = SetUpForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            school, user = setting_up.set_up(secret, language=request.LANGUAGE_CODE, now=now, **form.said())
        except UsedUp:
            raise Http404 from None
        except ValidationError as problem:
            form.take(problem)
        else:
            login(request, user, backend=BACKEND)
            prove(request, "password", email=user.email, reauthenticated=True)
            if settings.SECOND_STEP:
                flash.success(
                    request, _("The school is there. Now make your sign-in safe with a second step.")
                )
                return private(redirect("mfa_activate_totp"))
            return private(redirect(f"/{school.slug}/"))
    return private(render(request, "welcome/set_up.html", {"form": form}, status=422 if form.errors else 200))
