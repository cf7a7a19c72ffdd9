"""What the pages of an account do alike, whether a company translates or reads out."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from porchlight.languages.company_accounts import close_account, let_personal
from porchlight.languages.models import WordsAccount
from porchlight.schools.actors import Actor
from porchlight.schools.doors import SchoolRequest
from porchlight.toolbox import school_time


def at_its_page(request: SchoolRequest, row: WordsAccount) -> HttpResponse:
    """Back to where its settings stand."""
    return redirect(f"languages:{row.noun}", school=request.school.slug, key=row.key)


def settings_kept(request: SchoolRequest, row: WordsAccount) -> HttpResponse:
    """Said, and back."""
    flash.success(request, _("Kept."))
    return at_its_page(request, row)


def personal_words(request: SchoolRequest, actor: Actor, row: WordsAccount) -> HttpResponse:
    """They may go there from now on, or no longer."""
    let_personal(row, allowed="allow" in request.POST, by=actor, now=school_time.now())
    return at_its_page(request, row)


def closed(
    request: SchoolRequest, actor: Actor, row: WordsAccount, close: Callable[..., None] = close_account
) -> HttpResponse:
    """Said, and back to all of them; `close` is how this sort of account ends."""
    close(row, by=actor, now=school_time.now())
    flash.success(request, _("Closed. Nothing goes there any more."))
    return redirect("languages:overview", school=request.school.slug)
