"""The server's own mail: colleagues' sign-in codes, and word of a changed password. Families' mail is a school's."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import mailers

from porchlight.operations.findings import Finding, look, wrong
from porchlight.operations.reach import is_loopback

ABOUT = "Mail to colleagues"
URL = "PORCHLIGHT_MAIL_URL"


def findings() -> Iterator[Finding]:
    """What the settings tell, and whether the server lets us in. Nothing is sent."""
    if not settings.MAIL_URL:
        yield look(
            ABOUT,
            "No mail server is set: no colleague can sign in with a code by mail, or is told of a changed password.",
            f"Set {URL} and PORCHLIGHT_MAIL_FROM (docs/running.md). Until then passwords, passkeys and the cards of "
            "porchlight staff invite let colleagues in.",
        )
        return
    _, _, domain = settings.DEFAULT_FROM_EMAIL.rstrip("> ").rpartition("@")
    if is_loopback(domain) and not settings.DEMO:
        yield look(
            ABOUT,
            f"Mail to colleagues comes from a mailbox at {domain}, which most servers refuse.",
            "Set PORCHLIGHT_MAIL_FROM to a mailbox of your own, such as Porchlight <porchlight@school.example.org>",
        )
    problem = _problem()
    if problem is not None:
        yield problem


def _problem() -> Finding | None:
    """Knock, show who we are, and leave."""
    server = mailers["default"]
    try:
        server.open()
    except smtplib.SMTPAuthenticationError:
        return wrong(
            ABOUT,
            "The mail server does not accept the name or the password.",
            f"Correct them in {URL}. Signs such as @ and : inside them are written %40 and %3A.",
        )
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        return wrong(
            ABOUT,
            "The mail server and Porchlight do not agree on how to protect what they say.",
            f"{URL} begins with smtp:// for port 587 (STARTTLS) and with smtps:// for port 465. The certificate must "
            "be good and name the server.",
        )
    except (OSError, smtplib.SMTPException):
        return wrong(
            ABOUT,
            "The mail server does not answer.",
            f"Compare server and port in {URL} with your provider's, and let this machine reach them.",
        )
    finally:
        server.close()
    return None
