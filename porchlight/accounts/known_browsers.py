"""Browsers somebody has come in with before: who tries the same mailbox elsewhere cannot shut them out.

Wrong passwords are counted for each mailbox, wherever they come from, so that nobody guesses on from many places. That
alone would let a stranger keep a colleague out. A browser that has opened this mailbox's door before is counted by
itself. What it keeps is signed, and says nothing of whose door it was.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from porchlight.accounts.models import digest

NAME = "porchlight-known"
SALT = "porchlight.accounts.known_browsers"
LASTS = timedelta(days=180)
MOST = 5  # colleagues who share one browser


def tally_of(request: HttpRequest, mailbox: str) -> str:
    """Under which name this browser's tries for a mailbox are counted."""
    mark = _marks(request).get(digest(mailbox.lower()))
    return f"{mailbox.lower()} in {mark}" if mark else mailbox.lower()


def remember(request: HttpRequest, response: HttpResponse, mailbox: str) -> None:
    """Somebody came in with this mailbox here."""
    marks = _marks(request)
    mine = digest(mailbox.lower())
    kept = {mine: marks.pop(mine, "") or secrets.token_urlsafe(12), **dict(list(marks.items())[: MOST - 1])}
    response.set_cookie(
        NAME,
        signing.dumps(kept, salt=SALT),
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
        path="/accounts/",
    )


def _marks(request: HttpRequest) -> dict[str, str]:
    try:
        kept = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return dict(kept)
