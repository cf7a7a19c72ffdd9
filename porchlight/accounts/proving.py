"""What a session has proved, and how long it lasts: a family's code opens family pages, staff pages want more."""

from __future__ import annotations

import time
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

STAFF_SESSION = timedelta(hours=12)
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
BY_FAMILY_CODE = "by_family_code"
ENDS_AT = "ends_at"  # seconds since the epoch


def mark_family_session(session: SessionBase) -> None:
    """This session was opened by a code on a family's phone: staff pages ask for more."""
    session[BY_FAMILY_CODE] = True


def end_after(session: SessionBase, length: timedelta) -> None:
    """The session ends so long after now, however busy it is until then."""
    session[ENDS_AT] = time.time() + length.total_seconds()
    session.set_expiry(length)


def is_over(session: SessionBase) -> bool:
    """Whether the session's time has come, also where its cookie was given a longer life later."""
    return bool(time.time() >= session.get(ENDS_AT, float("inf")))


def prove(request: HttpRequest, method: str, **facts: object) -> None:
    """Write down that the person of this session has just proved who they are: by `password`, `mfa`, …"""
    record_authentication(request, request.user, method, **facts)


def to_prove_again(request: HttpRequest, within: timedelta) -> str:
    """Where somebody shows once more that it is they, before something grave; empty when they just did.

    Without a second step on this server (the demo), nothing more can be asked.
    """
    if not settings.SECOND_STEP:
        return ""
    since = time.time() - within.total_seconds()
    records = get_authentication_records(request, request.user)
    if any(record["method"] == "mfa" and record["at"] > since for record in records):
        return ""
    return reverse("mfa_reauthenticate")


def still_to_prove(request: HttpRequest) -> str:
    """Where a staff page sends somebody first; empty when this session has proved enough.

    With a second step required, one has to have been taken within a staff session's twelve hours. Without,
    a session opened by a family's code still has to give the password.
    """
    since = time.time() - STAFF_SESSION.total_seconds()
    methods = {
        record["method"]
        for record in get_authentication_records(request, request.user)
        if record["at"] > since
    }
    if settings.SECOND_STEP and "mfa" not in methods:
        if is_mfa_enabled(request.user, SECOND_STEPS):
            return reverse("mfa_reauthenticate")
        messages.info(request, _("Set up a second step first; then the school's pages open."))
        return reverse("mfa_index")
    if BY_FAMILY_CODE in request.session and not methods:
        return reverse("account_reauthenticate")
    return ""
