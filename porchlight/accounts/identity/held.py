"""An identity that was proved on the way to an invitation, kept in this browser's session until a person presses."""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction

from porchlight.accounts.models import User

HELD = "identity_held"
LASTS = 600  # seconds


class IdentityTaken(ValueError):
    """Somebody was quicker: this account elsewhere belongs to a sign-in already."""


@dataclass(frozen=True, slots=True)
class Held:
    """`provider` is its id in the settings; `shown_as` the mailbox it named, for the page alone."""

    provider: str
    uid: str
    shown_as: str
    issuer: str


def hold(session: SessionBase, account: SocialAccount) -> None:
    """Keep it for ten minutes."""
    session[HELD] = {
        "provider": account.provider,
        "uid": account.uid,
        "shown_as": account.extra_data.get("shown_as", ""),
        "issuer": account.extra_data.get("issuer", ""),
        "at": time.time(),
    }


def held(session: SessionBase) -> Held | None:
    """What is kept, while it lasts."""
    kept = session.get(HELD)
    if not kept or time.time() - kept["at"] >= LASTS:
        return None
    return Held(kept["provider"], kept["uid"], kept["shown_as"], kept["issuer"])


def let_go(session: SessionBase) -> None:
    """It was used, or is not wanted."""
    session.pop(HELD, None)


def bind(user: User, identity: Held) -> None:
    """From now on this identity opens this user's door. Raises IdentityTaken."""
    try:
        with transaction.atomic():
            SocialAccount.objects.create(
                user=user,
                provider=identity.provider,
                uid=identity.uid,
                extra_data={"issuer": identity.issuer, "shown_as": identity.shown_as},
            )
    except IntegrityError:
        raise IdentityTaken from None
