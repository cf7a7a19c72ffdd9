"""What the office fills in to connect its Twilio number."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField

BASE_URL = "https://api.twilio.com"

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
    SettingField(
        "account_sid", _("Account SID"), _("Begins with AC. It stands on the first page of Twilio's console.")
    ),
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
    SettingField(
        "base_url",
        _("Base address"),
        _("Leave it empty unless Twilio gave you another region's address."),
        required=False,
        default=BASE_URL,
        leads=True,
    ),
)
