"""Webhooks as gateways really send them: signed with the account's own secrets, in the gateway's own shape."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from porchlight.delivery.inbox.processing import process_parked, process_waiting
from porchlight.delivery.models import Account, WebhookRoute
from porchlight.toolbox import school_time


def path_of(account: Account) -> str:
    return WebhookRoute.objects.get(account=account).path


def text_from(number: str, text: str, *, key: str = "wamid.1", **more: Any) -> dict[str, Any]:
    """What Meta posts when somebody writes."""
    digits = number.lstrip("+")
    message = {"from": digits, "id": key, "timestamp": "1791900600", "type": "text", "text": {"body": text}}
    contact = {"profile": {"name": "Yousaf"}, "wa_id": digits}
    if user_id := more.pop("user_id", ""):
        message["from_user_id"] = contact["user_id"] = user_id
    return value(messages=[message | more], contacts=[contact])


def status_of(provider_id: str, status: str, *, reference: str = "", **more: Any) -> dict[str, Any]:
    """What Meta posts about something we sent."""
    told = {
        "id": provider_id,
        "status": status,
        "timestamp": "1791900600",
        "recipient_id": "447700900001",
        **more,
    }
    if reference:
        told["biz_opaque_callback_data"] = reference
    return value(statuses=[told])


def value(field: str = "messages", **holds: Any) -> dict[str, Any]:
    inside = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "1"}, **holds}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "2", "changes": [{"field": field, "value": inside}]}],
    }


def post(
    account: Account, payload: dict[str, Any], *, secret: str = "", client: Client | None = None
) -> HttpResponse:
    """Post it as Meta does: the signature is over the raw body."""
    secret = secret or account.secrets["app_secret"]
    return post_to(path_of(account), payload, account.settings["phone_number_id"], secret, client)


def post_to(
    path: str, payload: dict[str, Any], number_id: str, secret: str, client: Client | None = None
) -> HttpResponse:
    """As `post`, asking no database."""
    for entry in payload["entry"]:
        entry["changes"][0]["value"]["metadata"]["phone_number_id"] = number_id
    body = json.dumps(payload).encode()
    signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return (client or Client()).post(
        path,
        body,
        content_type="application/json",
        headers={"X-Hub-Signature-256": f"sha256={signed}"},
    )


def process() -> int:
    """Read the inbox until nothing waits."""
    process_parked(school_time.now())
    count = 0
    while found := process_waiting():
        count += found
    return count
