"""What the office does with any account of a company, an engine's or a voice's: a key, personal words, an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from porchlight.activity.record import record
from porchlight.languages.models import WordsAccount
from porchlight.schools.actors import Actor


@transaction.atomic
def open_account(account: WordsAccount, *, secrets: Mapping[str, str], by: Actor, **facts: Any) -> None:
    """Keep a new one with its secrets; `facts` are what the record says of it."""
    account.keep_secrets(secrets)
    account.save()
    record(f"{account.noun}.opened", about=account, by=by, **facts)


@transaction.atomic
def change_account(
    account: WordsAccount,
    *,
    settings: Mapping[str, str],
    secrets: Mapping[str, str],
    by: Actor,
    also: Iterable[str] = (),
) -> None:
    """Write its settings; a secret left empty stays. What held it is taken to be mended.

    `also` names the fields of its own that the caller has set; they are saved with the rest.
    """
    account.settings = dict(settings)
    if secrets:
        account.keep_secrets({**account.secrets_that_open, **secrets})
    account.held_at, account.held_code, account.held_reason = None, "", ""
    account.save()
    record(f"{account.noun}.changed", about=account, by=by, fields=sorted([*settings, *secrets, *also]))


@transaction.atomic
def let_personal(account: WordsAccount, *, allowed: bool, by: Actor, now: datetime) -> None:
    """Whether personal words (L2) may go there as well. Safeguarding's never do."""
    if allowed == (account.personal_since is not None):
        return
    account.personal_since, account.personal_by_id = (now, by.post_id) if allowed else (None, None)
    account.save(update_fields=["personal_since", "personal_by"])
    done = "personal_allowed" if allowed else "personal_ended"
    record(f"{account.noun}.{done}", about=account, by=by)


@transaction.atomic
def close_account(account: WordsAccount, *, by: Actor, now: datetime) -> None:
    """Nothing goes there any more; its key is forgotten."""
    account.closed_at, account.sealed_secrets = now, ""
    account.save(update_fields=["closed_at", "sealed_secrets"])
    record(f"{account.noun}.closed", about=account, by=by)
