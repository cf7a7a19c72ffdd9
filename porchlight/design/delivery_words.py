"""A delivery's status in words. Never by a tick alone, and never the minute a family read something."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CHANNELS: dict[str, str | Promise] = {
    "whatsapp": "WhatsApp",
    "sms": pgettext_lazy("channel", "text message"),
    "telegram": "Telegram",
    "sms_by_hand": pgettext_lazy("channel", "text message from a colleague"),
    "whatsapp_by_hand": pgettext_lazy("channel", "WhatsApp from a colleague"),
    "email": pgettext_lazy("channel", "e-mail"),
    "call": pgettext_lazy("channel", "automatic call"),
    "voice": pgettext_lazy("channel", "phone call"),
    "paper": pgettext_lazy("channel", "letter"),
    "slip": pgettext_lazy("channel", "paper slip"),
    "web": pgettext_lazy("channel", "this page"),
    "push": pgettext_lazy("channel", "note on a screen"),
}

# status: (icon, words without a channel, words with one)
STATUSES: dict[str, tuple[str, Promise, Promise]] = {
    "queued": ("clock", _("Waiting to go"), _("Waiting to go by %(channel)s")),
    "held": (
        "moon",
        _("Waits until quiet hours end"),
        _("Waits until quiet hours end, then goes by %(channel)s"),
    ),
    "sent": ("send", _("On its way"), _("On its way by %(channel)s")),
    "sent_for_good": (
        "send",
        _("Sent. We cannot know whether it arrived"),
        _("Sent by %(channel)s, which cannot tell us whether it arrived"),
    ),
    "failed": ("warn", _("Did not arrive"), _("Did not arrive by %(channel)s")),
    "delivered": ("check", _("Delivered"), _("Delivered by %(channel)s")),
    "read": ("checks", _("Read"), _("Read, by %(channel)s")),
}


def channel(code: str) -> str:
    """What a family calls a channel; a code nobody has named yet stays as it is."""
    return str(CHANNELS.get(code, code))


def status(code: str, how: str = "") -> tuple[str, str]:
    """`(icon, words)` for a status; raises KeyError for one that does not exist."""
    icon, alone, by = STATUSES[code]
    return icon, str(by) % {"channel": channel(how)} if how else str(alone)
