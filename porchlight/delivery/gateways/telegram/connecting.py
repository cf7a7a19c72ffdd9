"""Tells Telegram where to report and which word to show, once it is clear whose bot the token is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import AccountSettings, Refused
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.meanings import say
from porchlight.delivery.gateways.telegram.errors import ERRORS
from porchlight.delivery.gateways.telegram.proof import token_of, word_of
from porchlight.delivery.gateways.telegram.road import ask

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
AT_ONCE = 40  # connections; Telegram's own default


async def connect(http: Http, account: AccountSettings, webhook: str) -> list[str]:
    """Returns what is wrong, in sentences; an empty list means the bot reports here from now on."""
    if not webhook.startswith(("https://", "http://127.0.0.1")):
        return [
            _(
                "Telegram reports to an https address only. Set PORCHLIGHT_BASE_URL to the public https address."
            )
        ]
    bot = await ask(http, account, "getMe", {})
    if isinstance(bot, Refused):
        return [say(bot.code, ERRORS)]
    name = tolerant.text(bot, "username")
    if f"@{name}".lower() != account.sender.lower():
        return [
            _(
                "This token belongs to @%(name)s. Write that as what families see, or copy the other bot's token."
            )
            % {"name": name}
        ]
    told = await ask(
        http,
        account,
        "setWebhook",
        {
            "url": webhook,
            "secret_token": word_of(token_of(account)),
            "allowed_updates": list(WANTED),
            "max_connections": AT_ONCE,
        },
    )
    return [say(told.code, ERRORS)] if isinstance(told, Refused) else []
