"""Tokens are made, shown once, and taken away; whoever shows one is told who they are here.

A token says its school, so that the wall opens for that school alone before anything is looked up: `plt_12_<secret>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from porchlight.accounts.models import digest
from porchlight.activity.record import record
from porchlight.api.models import ApiToken
from porchlight.conversations.worrying import alert
from porchlight.errands.actions import named
from porchlight.schools.actors import Actor, Role, Scope
from porchlight.schools.models import School, StaffMember
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from porchlight.toolbox.keys import ALPHABET, secret_key

# A leader hears that such a token was made: it may take many people's particulars, or what homes said, elsewhere.
TOLD_TO_LEADERS = {Scope.MANY, Scope.CONTACTS, Scope.PERSONAL, Scope.MESSAGES, Scope.ANSWERS}
LONGEST = timedelta(days=366)
_FORM = re.compile(rf"plt_(\d{{1,18}})_([{ALPHABET}]{{26}})")
_SHOWN = 6  # letters of the secret that stay readable
USED_EVERY = timedelta(minutes=1)  # more often, its last use is not written down


@transaction.atomic
def make_token(
    *,
    school: School,
    by: StaffMember,
    label: str,
    scopes: Iterable[Scope],
    per_minute: int,
    expires_at: datetime,
) -> tuple[ApiToken, str]:
    """The token and its secret, which nobody sees again."""
    secret = f"plt_{school.pk}_{secret_key()}"
    token = ApiToken.objects.create(
        school=school,
        label=label,
        prefix=secret[: secret.rindex("_") + 1 + _SHOWN],
        digest=digest(secret),
        scopes=sorted({scope.value for scope in scopes}),
        per_minute=per_minute,
        made_by=by,
        expires_at=expires_at,
    )
    record("api.token_made", about=token, by=by.actor(), scopes=token.scopes)
    if TOLD_TO_LEADERS & set(token.scopes):
        for person in named(school, Role.LEADER):
            if person != by:
                alert(school, person, school_time.now())
    return token, secret


@transaction.atomic
def revoke(token: ApiToken, *, by: Actor, now: datetime) -> bool:
    """From now on it opens nothing. False: it was revoked already."""
    done = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now, revoked_by=by.post_id)
    if done:
        record("api.token_revoked", about=token, by=by)
    return bool(done)


def token_of(secret: str, *, now: datetime) -> ApiToken | None:
    """The live token with this secret, with its school and maker; None for anything else."""
    form = _FORM.fullmatch(secret)
    if form is None:
        return None
    with school_context(int(form[1])):
        rows = ApiToken.objects.in_school(int(form[1])).live(now=now).filter(digest=digest(secret))
        token = rows.select_related("school", "made_by").first()
        if token is not None and (token.used_at is None or now - token.used_at >= USED_EVERY):
            ApiToken.objects.filter(pk=token.pk).update(used_at=now)
        return token
