"""What a session has proved, and how long it lasts: a family's code opens family pages, staff pages want more."""

from __future__ import annotations

import time
from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from porchlight.accounts.models import User

STAFF_SESSION = timedelta(hours=12)
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
BY_FAMILY_CODE = "by_family_code"
ENDS_AT = "ends_at"  # seconds since the epoch
IDLE = "idle"  # seconds it may lie unused; not there where it may lie for as long as it lasts
PERSON_AT = "person_at"  # seconds since the epoch: until when it was certainly the one who came in by a code
PERSON_FOR = timedelta(minutes=30)
JUST_TAKEN = timedelta(minutes=15)  # a second step that need not be taken again
SEEN_AT = "seen_at"  # seconds since the epoch, of the last page somebody asked for
SEEN_EVERY = 60  # seconds: more often it is not written down


def mark_family_session(session: SessionBase) -> None:
    """This session was opened by a code on a family's phone: staff pages ask for more."""
    session[BY_FAMILY_CODE] = True
    session[PERSON_AT] = time.time()


def has_shown_who(request: HttpRequest) -> bool:
    """Whether it is still the person who came in, for words after proof of person.

    A family's code says so for half an hour of quiet, also on their own phone, which may lie about; a colleague's
    session ends by itself.
    """
    if not by_family_code(request):
        return True
    return time.time() - request.session.get(PERSON_AT, 0) <= PERSON_FOR.total_seconds()


def end_after(session: SessionBase, length: timedelta, *, idle: timedelta | None = None) -> None:
    """The session ends so long after now, however busy it is until then; sooner when it lies `idle` for so long."""
    now = time.time()
    session[ENDS_AT], session[SEEN_AT] = now + length.total_seconds(), now
    session.pop(IDLE, None)
    if idle is not None:
        session[IDLE] = idle.total_seconds()
    session.set_expiry(length)


def is_over(session: SessionBase) -> bool:
    """Whether the session's time has come, also where its cookie was given a longer life later."""
    now = time.time()
    idle_for = now - session.get(SEEN_AT, now)
    return bool(now >= session.get(ENDS_AT, float("inf")) or idle_for > session.get(IDLE, float("inf")))


def is_used(session: SessionBase) -> None:
    """Somebody asked for a page: from now on it counts anew how long the session lies idle."""
    now = time.time()
    if IDLE in session and now - session.get(SEEN_AT, 0) >= SEEN_EVERY:
        session[SEEN_AT] = now
    quiet = now - session.get(PERSON_AT, now)
    if SEEN_EVERY <= quiet <= PERSON_FOR.total_seconds():
        session[PERSON_AT] = now


def prove(request: HttpRequest, method: str, **facts: object) -> None:
    """Write down that the person of this session has just proved who they are: by `password`, `mfa`, …"""
    record_authentication(request, request.user, method, **facts)


def second_step(request: HttpRequest, back: str = "") -> HttpResponse | None:
    """The way to the second step before something grave, and then to `back`, else to this page; None if just taken."""
    first = to_prove_again(request)
    return redirect(f"{first}?{urlencode({'next': back or request.get_full_path()})}") if first else None


def to_prove_again(request: HttpRequest) -> str:
    """Where somebody shows once more that it is they; empty when they just did.

    Without a second step on this server (the demo), nothing more can be asked.
    """
    if not settings.SECOND_STEP:
        return ""
    since = time.time() - JUST_TAKEN.total_seconds()
    records = get_authentication_records(request, request.user)
    if any(record["method"] == "mfa" and record["at"] > since for record in records):
        return ""
    return reverse("mfa_reauthenticate")


def still_to_prove(request: HttpRequest) -> str:
    """Where a staff page sends somebody first; empty when this session has proved enough.

    With a second step required, one has to have been taken within a staff session's twelve hours. Without,
    a session opened by a family's code still has to give the password.
    """
    first = first_to_open(request)
    if first == "mfa_index":
        messages.info(request, _("Set up a second step first; then the school's pages open."))
    return reverse(first) if first else ""


def first_to_open(request: HttpRequest) -> str:
    """The page, by its name, on which this session proves what it still has to; empty when nothing is missing."""
    methods = methods_of(request)
    if settings.SECOND_STEP and "mfa" not in methods and is_mfa_enabled(request.user, SECOND_STEPS):
        return "mfa_reauthenticate"
    if (
        by_family_code(request) and not methods
    ):  # to a colleague's: by the password; without one, by coming in anew
        known = isinstance(request.user, User) and request.user.has_usable_password()
        return "account_reauthenticate" if known else "account_logout"
    return "mfa_index" if settings.SECOND_STEP and "mfa" not in methods else ""


def methods_of(request: HttpRequest) -> set[str]:
    """By what this session has proved who it is, within a staff session's twelve hours: `password`, `mfa`, …"""
    since = time.time() - STAFF_SESSION.total_seconds()
    records = get_authentication_records(request, request.user)
    return {record["method"] for record in records if record["at"] > since}


def by_family_code(request: HttpRequest) -> bool:
    """Whether a family's code opened this session: then its pages for families want no more."""
    return BY_FAMILY_CODE in request.session


def is_a_familys(request: HttpRequest) -> bool:
    """Whether a family's code opened this session, and nothing more was proved in it."""
    return by_family_code(request) and not methods_of(request)
