"""What the office does about companies' voices: an account, and which voice reads what."""

from __future__ import annotations

from collections.abc import Mapping

from porchlight.languages.company_accounts import change_account, open_account
from porchlight.languages.models import VoiceAccount
from porchlight.schools.actors import Actor
from porchlight.schools.models import School


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
    open_account(account, secrets=secrets, by=by, company=company, languages=sorted(voices))
    return account


def change_voice(
    account: VoiceAccount,
    *,
    settings: Mapping[str, str],
    secrets: Mapping[str, str],
    voices: Mapping[str, str],
    by: Actor,
) -> None:
    """As any account; it reads these languages from now on."""
    account.voices = dict(voices)
    change_account(account, settings=settings, secrets=secrets, by=by, also=["voices"])
