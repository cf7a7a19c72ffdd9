"""Posting webhooks as Meta does, signed, each a message from some family's phone."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json

from bench.faults.town import account_of


def message(slug: str, key: str, number: int) -> tuple[bytes, dict[str, str]]:
    """Body and headers of one text, in the account of this school."""
    account = account_of("whatsapp", slug)
    digits = f"1{200 + number // 100:03d}55501{number % 100:02d}"
    text = {
        "from": digits,
        "id": key,
        "timestamp": "1791900600",
        "type": "text",
        "text": {"body": "Thank you"},
    }
    value = {
        "messaging_product": "whatsapp", "metadata": {"phone_number_id": account["phone_number_id"]},
        "messages": [text], "contacts": [{"profile": {"name": "Guardian"}, "wa_id": digits}],
    }  # fmt: skip
    entry = {"id": "2", "changes": [{"field": "messages", "value": value}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    signed = hmac.new(account["app_secret"].encode(), body, hashlib.sha256).hexdigest()
    return body, {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signed}"}


def post(port: int, path: str, body: bytes, headers: dict[str, str], within: float = 30.0) -> int:
    """The status it is answered with; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=within)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0
    finally:
        connection.close()
