"""What follows when somebody comes in, changes their second step, or chooses a language."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from porchlight.accounts.models import User
from porchlight.accounts.proving import SECOND_STEPS, STAFF_SESSION, end_after, prove
from porchlight.design.signals import language_chosen


@receiver(user_logged_in)
def begin_the_day(request: HttpRequest, **_: Any) -> None:
    """A session ends twelve hours after it began, however busy it was. Families' sign-in sets its own length."""
    if hasattr(request, "session"):
        end_after(request.session, STAFF_SESSION)


@receiver(authenticator_added)
def count_the_new_step(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Who has just shown a new app or passkey has taken the second step; their other sessions have not."""
    if authenticator.type in SECOND_STEPS:
        prove(request, "mfa", id=authenticator.pk, type=authenticator.type)
        end_other_sessions(request)


@receiver(authenticator_removed)
def other_sessions_end(request: HttpRequest, **_: Any) -> None:
    """A second step taken away ends what was opened with it elsewhere."""
    end_other_sessions(request)


def end_other_sessions(request: HttpRequest) -> None:
    """Sign this person out everywhere but here."""
    for session in UserSession.objects.filter(user=request.user).exclude(
        session_key=request.session.session_key
    ):
        session.end()


@receiver(language_chosen)
def keep_language(request: HttpRequest, language: str, **_: Any) -> None:
    """The language someone chose goes with them to their next device."""
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=language)
