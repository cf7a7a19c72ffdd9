"""Where somebody is signed in, and how that ends."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from porchlight.accounts.models import User


def end_other_sessions(request: HttpRequest) -> None:
    """Sign this person out everywhere but here: also where no page was asked for since they came in."""
    if isinstance(request.user, User):
        request.user.end_sessions()
        update_session_auth_hash(request, request.user)
