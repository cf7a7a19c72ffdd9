"""Where somebody is signed in, and how that ends."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from porchlight.accounts.models import User


def end_other_sessions(request: HttpRequest) -> None:
    """Sign this person out everywhere but here: also where no page was asked for since they came in."""
    if isinstance(request.user, User):
        request.user.end_sessions()
        update_session_auth_hash(request, request.user)


@transaction.atomic
def shut_out(user: User) -> None:
    """Nothing they had opens a door any more: no session, password, app, passkey, or account elsewhere."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.end_sessions()
