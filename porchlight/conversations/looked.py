"""Nothing goes to homes that its author has not looked at: a signed mark of exactly what the preview showed."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.core import signing

from porchlight.schools.actors import Actor

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SALT = "conversations.looked"
GOOD_FOR = 60 * 60  # seconds


def mark(draft: DataclassInstance, *, by: Actor) -> str:
    """Carried by the preview's send button. It also names the press, so a double click is one notice."""
    return signing.dumps([_print_of(draft), by.post_id, secrets.token_hex(8)], salt=SALT)


def press_of(value: str, draft: DataclassInstance, *, by: Actor) -> str | None:
    """The press this mark stands for, when the same person looked at the same words; else None."""
    try:
        print_, post_id, press = signing.loads(value, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError):
        return None
    return press if print_ == _print_of(draft) and post_id == by.post_id else None


def _print_of(draft: DataclassInstance) -> str:
    said = [type(draft).__name__, asdict(draft)]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
