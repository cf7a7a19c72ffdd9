"""The school's own pages about other systems: tokens made, shown once, listed, taken away."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.api.forms import TokenForm
from porchlight.api.models import ApiToken
from porchlight.api.tokens import make_token, revoke
from porchlight.api.views.proving import second_step_with
from porchlight.api.words import SCOPE_WORDS
from porchlight.schools.actors import KEEPERS, Actor
from porchlight.schools.doors import SchoolRequest, staff_page
from porchlight.schools.models import StaffMember
from porchlight.toolbox import school_time

SHOWN = 50


@require_safe
@staff_page(*KEEPERS)
def tokens(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Every token, the newest first."""
    now = school_time.now()
    rows = ApiToken.objects.visible_to(actor)
    live = set(rows.live(now=now).values_list("pk", flat=True))
    page = {
        "tokens": [
            {"row": row, "is_live": row.pk in live, "may": _may(row)}
            for row in rows.select_related("made_by", "revoked_by").order_by("-pk")[:SHOWN]
        ],
        "address": f"{settings.BASE_URL}/api/v1/openapi.json",
    }
    return render(request, "api/tokens.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*KEEPERS)
def new_token(request: SchoolRequest, actor: Actor) -> HttpResponse:
    """Asks for the second step first; what was written comes back with it. The secret is shown here and never again."""
    if first := second_step_with(request, "api:new_token", TokenForm):
        return first
    form = TokenForm(request.POST or None, initial=_begun(request))
    if not form.is_valid():
        return render(request, "api/new_token.html", {"form": form}, status=422 if form.errors else 200)
    token, secret = make_token(
        school=request.school,
        by=get_object_or_404(StaffMember.objects.visible_to(actor), pk=actor.post_id),
        label=form.cleaned_data["label"],
        scopes=form.chosen(),
        per_minute=int(form.cleaned_data["per_minute"]),
        expires_at=form.expires_at(school_time.now()),
    )
    return render(request, "api/token_made.html", {"token": token, "secret": secret, "may": _may(token)})


@require_POST
@staff_page(*KEEPERS)
def revoking(request: SchoolRequest, actor: Actor, key: str) -> HttpResponse:
    """It opens nothing from now on."""
    token = get_object_or_404(ApiToken.objects.visible_to(actor), key=key)
    if revoke(token, by=actor, now=school_time.now()):
        flash.success(request, _("Taken away. It opens nothing from now on."))
    return redirect("api:tokens", school=request.school.slug)


def _begun(request: SchoolRequest) -> dict[str, object]:
    """What was written before the second step was asked for."""
    begun: dict[str, object] = {
        name: request.GET[name] for name in TokenForm.base_fields if name in request.GET
    }
    if "scopes" in begun:
        begun["scopes"] = request.GET.getlist("scopes")
    return begun


def _may(token: ApiToken) -> list[str]:
    return [str(SCOPE_WORDS[scope][0]) for scope in sorted(token.actor().scopes)]
