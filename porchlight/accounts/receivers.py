"""What follows when somebody comes in, changes their second step, or chooses a language."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from porchlight.accounts.models import User
from porchlight.accounts.proving import SECOND_STEPS, STAFF_SESSION, end_after, prove
from porchlight.accounts.sessions import end_other_sessions
from porchlight.design.signals import language_chosen


@receiver(user_logged_in)
def begin_the_day(request: HttpRequest, **_: Any) -> None:
    """A session ends twelve hours after it began, and after one idle hour. Families' sign-in sets its own length."""
    if hasattr(request, "session"):
        end_after(request.session, STAFF_SESSION, idle=settings.STAFF_IDLE)


@receiver(authenticator_added)
def count_the_new_step(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Who has just shown a new app or passkey has taken the second step; their other sessions have not."""
    if authenticator.type in SECOND_STEPS:
        prove(request, "mfa", id=authenticator.pk, type=authenticator.type)
        end_other_sessions(request)


@receiver(authenticator_removed)
@receiver(authenticator_reset)
@receiver(social_account_added)
@receiver(social_account_removed)
def other_sessions_end(request: HttpRequest, **_: Any) -> None:
    """A second step or an account elsewhere that came or went ends what was opened before; a new password does, too."""
    end_other_sessions(request)


@receiver(authentication_step_completed)
def proving_more_changes_the_key(request: HttpRequest, **_: Any) -> None:
    """Who proves more gets another session key: the one somebody may have seen before opens nothing more."""
    if request.user.is_authenticated:
        request.session.cycle_key()


@receiver(language_chosen)
def keep_language(request: HttpRequest, language: str, **_: Any) -> None:
    """The language someone chose goes with them to their next device."""
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=language)
