"""What the office fills in to connect its bot."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField

BASE_URL = "https://api.telegram.org"

STEPS = (
    _(
        "Porchlight tells Telegram this address by itself, within seconds of keeping the settings, and a word of "
        "proof with it."
    ),
    _(
        "Families begin: a bot may not write to anybody first. The poster and the cards for homes show where to press "
        "Start."
    ),
)
FIELDS = (
    SettingField(
        "bot_token",
        _("Bot token"),
        _("In Telegram write to @BotFather, send /newbot, and copy the token it answers with."),
        secret=True,
        sent=True,
    ),
    SettingField(
        "base_url",
        _("Base address"),
        _("Leave it empty unless the school runs a Bot API server of its own."),
        required=False,
        default=BASE_URL,
        leads=True,
    ),
)
