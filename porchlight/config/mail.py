"""PORCHLIGHT_MAIL_URL to Django's form."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from porchlight.config.environment import BadSetting

SMTP = "django.core.mail.backends.smtp.EmailBackend"
NOWHERE = "porchlight.accounts.unsent.NoServer"
SECONDS = 10  # a mail server that says nothing keeps nobody waiting longer


def mailer(url: str) -> dict[str, Any]:
    """`smtp://name:password@host:587` (STARTTLS), `smtps://host:465` (TLS from the start) as a MAILERS entry.

    Plain `smtp://` without a password to this machine itself goes without TLS. Raises BadSetting.
    """
    if not url:
        return {"BACKEND": NOWHERE}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadSetting("PORCHLIGHT_MAIL_URL should look like smtp://name:password@mail.example.org:587")
    here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    at_once = parts.scheme == "smtps"
    return {
        "BACKEND": SMTP,
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if at_once else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": at_once,
            "use_tls": not at_once and not here,
            "timeout": SECONDS,
        },
    }
