"""What the office does about companies' voices: an account, which voice reads what, personal words, an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.languages.models import VoiceAccount
from porchlight.schools.actors import Actor
from porchlight.schools.models import School


@transaction.atomic
def open_voice(
    *,
    school: School,
    company: str,
    settings: Mapping[str, str],
    secrets: Mapping[str, str],
    voices: Mapping[str, str],
    by: Actor,
) -> VoiceAccount:
    """From now on it reads these languages to families who press play."""
    account = VoiceAccount(school=school, company=company, settings=dict(settings), voices=dict(voices))
    account.keep_secrets(secrets)
    account.save()
    record("voice.opened", about=account, by=by, company=company, languages=sorted(voices))
    return account


@transaction.atomic
def change_voice(
    account: VoiceAccount,
    *,
    settings: Mapping[str, str],
    secrets: Mapping[str, str],
    voices: Mapping[str, str],
    by: Actor,
) -> None:
    """Write its settings; a secret left empty stays. What held it is taken to be mended."""
    account.settings, account.voices = dict(settings), dict(voices)
    if secrets:
        account.keep_secrets({**account.secrets_that_open, **secrets})
    account.held_at, account.held_code, account.held_reason = None, "", ""
    account.save()
    record("voice.changed", about=account, by=by, fields=sorted([*settings, *secrets, "voices"]))


@transaction.atomic
def let_voice_be_personal(account: VoiceAccount, *, allowed: bool, by: Actor, now: datetime) -> None:
    """Whether personal words (L2) may go there as well. Safeguarding's never do."""
    if allowed == (account.personal_since is not None):
        return
    account.personal_since, account.personal_by_id = (now, by.post_id) if allowed else (None, None)
    account.save(update_fields=["personal_since", "personal_by"])
    record("voice.personal_allowed" if allowed else "voice.personal_ended", about=account, by=by)


@transaction.atomic
def close_voice(account: VoiceAccount, *, by: Actor, now: datetime) -> None:
    """Nothing goes there any more; its key is forgotten."""
    account.closed_at, account.sealed_secrets = now, ""
    account.save(update_fields=["closed_at", "sealed_secrets"])
    record("voice.closed", about=account, by=by)
