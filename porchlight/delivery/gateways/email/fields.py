"""What the office fills in to connect its mail: one part to send, one part to hear answers."""

from __future__ import annotations

from porchlight.delivery.gateways.contract import SettingField

STARTTLS, TLS, PLAIN = "starttls", "tls", "plain"
PORTS = {STARTTLS: 587, TLS: 465, PLAIN: 25}

FIELDS = (
    SettingField(
        "host", "Mail server", "The name of the server that sends your mail, such as smtp.example.org."
    ),
    SettingField(
        "security",
        "Protection",
        "starttls for most servers, tls for port 465. plain only for a server in the school's own network.",
        required=False,
        default=STARTTLS,
    ),
    SettingField(
        "port", "Port", "Leave it empty unless your server's instructions name one.", required=False
    ),
    SettingField("username", "User name", "For the mail server; often the whole mailbox.", required=False),
    SettingField("password", "Password", "For the mail server.", secret=True, required=False),
    SettingField(
        "bounce_mailbox",
        "Mailbox for returned mail",
        "Where the post office sends mail it cannot deliver. Empty: the mailbox families see.",
        required=False,
    ),
    SettingField(
        "provider",
        "Who brings answers in",
        "postmark, mailgun, mailjet, mandrill or brevo. Switch off there that opens and clicks are watched. "
        "Empty: families cannot answer by mail.",
        required=False,
    ),
    SettingField(
        "reply_mailbox",
        "Mailbox for answers",
        "A mailbox the provider passes on to Porchlight, such as reply@in.example.org. Each message gets its own "
        "address made from it (reply+…@in.example.org).",
        required=False,
    ),
    SettingField(
        "webhook_login",
        "Login for incoming mail",
        "A name and a password of your own with a colon between them. Put the same in front of the webhook's "
        "address at the provider: https://name:password@…",
        secret=True,
        required=False,
    ),
    SettingField(
        "signing_key",
        "Signing or API key",
        "Mailgun: the HTTP webhook signing key. Mandrill: the webhook's key. Brevo: an API key, with which pictures "
        "and documents are fetched. The others have none.",
        secret=True,
        required=False,
    ),
)
