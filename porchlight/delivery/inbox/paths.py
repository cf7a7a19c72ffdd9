"""Whose a webhook's path is: asked with every webhook, so asked in two prepared statements."""

from __future__ import annotations

import json
from typing import NamedTuple

from django.db import connection

from porchlight.delivery.models import Account
from porchlight.toolbox.statements import ask

# What an adapter needs to check and read a webhook; anything else of the account is read when it is asked for.
NEEDED = ("id", "school_id", "key", "gateway", "channel", "sender", "settings", "sealed_secrets", "closed_at")

_PATH = """
SELECT id, school_id, account_id FROM delivery_webhookroute
WHERE key = %(key)s AND gateway = %(gateway)s AND closed_at IS NULL
"""
_ACCOUNT = f"SELECT {', '.join(NEEDED)} FROM delivery_account WHERE id = %(id)s AND closed_at IS NULL"


class Path(NamedTuple):
    """An open path: the ids of its `WebhookRoute` and of whose it is."""

    id: int
    school_id: int
    account_id: int


def path_of(gateway: str, key: str) -> Path | None:
    """None when no such path is open."""
    rows = ask(_PATH, {"gateway": gateway, "key": key})
    return Path(*rows[0]) if rows else None


def account_at(path: Path) -> Account | None:
    """The account it belongs to, unless it is closed. In the school's context."""
    rows = ask(_ACCOUNT, {"id": path.account_id})
    if not rows:
        return None
    found = dict(zip(NEEDED, rows[0], strict=True))
    found["settings"] = json.loads(found["settings"])
    names = [
        field.attname for field in Account._meta.concrete_fields if field.attname in found
    ]  # as Django reads them
    return Account.from_db(connection.alias, names, [found[name] for name in names])
