"""What is wrong with the settings of an account that rings, in sentences that say how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from porchlight.delivery.gateways.contract import AccountSettings
from porchlight.delivery.gateways.twilio_sms import checks
from porchlight.delivery.gateways.twilio_voice.voices import voices_in


def problems(account: AccountSettings) -> list[str]:
    """Each problem as a sentence; an empty list means that calls can go out."""
    found = checks.problems(account)
    written = account.settings.get("voices", "")
    if len(voices_in(written)) != len([line for line in written.splitlines() if line.strip()]):
        found.append(
            _("Each of Twilio's voices stands on a line: a language, a space, the name of the voice.")
        )
    return found
