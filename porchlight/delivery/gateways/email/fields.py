"""What the office fills in to connect its mail: one part to send, one part to hear answers."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField

STARTTLS, TLS, PLAIN = "starttls", "tls", "plain"
PORTS = {STARTTLS: 587, TLS: 465, PLAIN: 25}

STEPS = (
    _(
        "At your provider paste the address below as the inbound webhook, with your login for incoming mail in front "
        "of it: https://name:password@…"
    ),
    _(
        "Paste it for deliveries, bounces and spam complaints as well: the desk then knows what did not arrive."
    ),
    _("Without a provider families cannot answer by mail. Sending works all the same."),
)
FIELDS = (
    SettingField(
        "host",
        _("Mail server"),
        _("The name of the server that sends your mail, such as smtp.example.org."),
        leads=True,
    ),
    SettingField(
        "security",
        _("Protection"),
        _(
            "starttls for most servers, tls for port 465. plain only for a server in the school's own network."
        ),
        required=False,
        default=STARTTLS,
        leads=True,
    ),
    SettingField(
        "port",
        _("Port"),
        _("Leave it empty unless your server's instructions name one."),
        required=False,
        leads=True,
    ),
    SettingField(
        "username", _("User name"), _("For the mail server; often the whole mailbox."), required=False
    ),
    SettingField(
        "password", _("Password"), _("For the mail server."), secret=True, required=False, sent=True
    ),
    SettingField(
        "bounce_mailbox",
        _("Mailbox for returned mail"),
        _("Where the post office sends mail it cannot deliver. Empty: the mailbox families see."),
        required=False,
    ),
    SettingField(
        "provider",
        _("Who brings answers in"),
        _(
            "postmark, mailgun, mailjet, mandrill or brevo. Switch off there that opens and clicks are watched. "
            "Empty: families cannot answer by mail."
        ),
        required=False,
    ),
    SettingField(
        "reply_mailbox",
        _("Mailbox for answers"),
        _(
            "A mailbox the provider passes on to Porchlight, such as reply@in.example.org. Each message gets its own "
            "address made from it (reply+…@in.example.org)."
        ),
        required=False,
    ),
    SettingField(
        "webhook_login",
        _("Login for incoming mail"),
        _(
            "A name and a password of your own with a colon between them. Put the same in front of the webhook's "
            "address at the provider: https://name:password@…"
        ),
        secret=True,
        required=False,
    ),
    SettingField(
        "signing_key",
        _("Signing or API key"),
        _(
            "Mailgun: the HTTP webhook signing key. Mandrill: the webhook's key. Brevo: an API key, with which "
            "pictures and documents are fetched. The others have none."
        ),
        secret=True,
        required=False,
    ),
)
