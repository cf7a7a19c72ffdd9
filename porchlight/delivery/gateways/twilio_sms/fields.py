"""What the office fills in to connect its Twilio number."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField
from porchlight.delivery.gateways.twilio_sms.account import BASE, SID

STEPS = (
    _(
        "In Twilio's console open the number, and under Messaging paste the address below for “A message comes in” "
        "(Webhook, HTTP POST). Its ending makes Twilio try five times more when this server does not answer."
    ),
    _("For missed calls paste it under Voice as well, for “Call status changes”."),
    _("With a messaging service, paste it into the service's Integration page instead, as “Send a webhook”."),
    _("How far each text came is reported by itself: there is nothing to set up for that."),
)
FIELDS = (
    SID,
    SettingField(
        "auth_token",
        _("Auth token"),
        _("Stands beside the account SID. It sends texts and proves that what comes in is from Twilio."),
        secret=True,
        sent=True,
    ),
    SettingField(
        "messaging_service_sid",
        _("Messaging service SID"),
        _("Begins with MG. Only if texts go out from a pool of numbers; otherwise leave it empty."),
        required=False,
    ),
    BASE,
)
