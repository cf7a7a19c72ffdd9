"""What the office fills in so that Twilio rings families."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField
from porchlight.delivery.gateways.twilio_sms.account import BASE, SID

STEPS = (
    _(
        "In Twilio's console open the number, and under Voice paste the address below for “A call comes in” (Webhook, "
        "HTTP POST). Who rings it hears that it is engaged, pays nothing, and stands on your call list."
    ),
    _("What becomes of each call is reported by itself: there is nothing to set up for that."),
)
FIELDS = (
    SID,
    SettingField(
        "auth_token",
        _("Auth token"),
        _("Stands beside the account SID. It starts calls and proves that what comes in is from Twilio."),
        secret=True,
        sent=True,
    ),
    SettingField(
        "voices",
        _("Twilio's voices"),
        _(
            "One on a line: a language and Twilio's name of the voice, such as es Polly.Lupe-Neural. The words then go "
            "to whoever makes that voice. Empty: a voice of this server's own."
        ),
        required=False,
        is_list=True,
    ),
    BASE,
)
