"""One school's mail account and one delivery, for the tests of this folder."""

from __future__ import annotations

from typing import Any

from porchlight.delivery.gateways.contract import Outgoing
from porchlight.delivery.gateways.tests.table import Account

SCHOOL = "office@maple-street.example.org"
FATHER = "yousaf@home.example.com"
REPLY = "reply@in.example.org"
LOGIN = "porchlight:correct horse battery"
KEY = "mailgun signing key"
TOKEN = "k7mxq2p3n9rdk7mxq2p3n9rd"


def account(provider: str = "", secrets: dict[str, str] | None = None, **settings: str) -> Account:
    given = {"host": "127.0.0.1", "security": "plain", "port": "2525"}
    if provider:
        given |= {"provider": provider, "reply_mailbox": REPLY}
    known = {"webhook_login": LOGIN} if provider not in ("mailgun", "mandrill", "") else {"signing_key": KEY}
    return Account({**given, **settings}, known if secrets is None else secrets, SCHOOL)


def outgoing(**changes: Any) -> Outgoing:
    given: dict[str, Any] = {
        "reference": "k7mxq2",
        "to": FATHER,
        "text": "School is closed tomorrow.\n\nAnswer at https://school.example.org/n/abc.",
        "language": "en",
        "subject": "School is closed",
        "sender_name": "Maple Street School",
        **changes,
    }
    return Outgoing(**given)
