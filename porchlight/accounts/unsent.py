"""Where mail goes while no mail server is set: nowhere, and the log says so without saying to whom."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)


class NoServer(BaseEmailBackend):
    """Sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Always 0."""
        log.warning(
            "%d mails to colleagues were not sent: set PORCHLIGHT_MAIL_URL to your mail server.",
            len(email_messages),
        )
        return 0
