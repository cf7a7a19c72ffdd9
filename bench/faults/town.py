"""The practice town as the faults need it: an account for each school, mail as well, weather while it runs."""

from __future__ import annotations

import hashlib
import json
import os
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bench.delivery.house import URL, Yard, running, until_it_answers


def account_of(kind: str, name: str) -> dict[str, str]:
    """What the town and the school both know of an account; made from its name alone."""
    number = str(int(hashlib.sha256(name.encode()).hexdigest(), 16))
    secret = hashlib.sha256(f"{kind} {name}".encode()).hexdigest()[:32]
    if kind == "whatsapp":
        return {
            "gateway": kind, "name": name, "phone_number_id": f"1{number[:14]}", "business_id": f"2{number[:14]}",
            "access_token": f"practice-token-{name}", "app_secret": secret, "verify_token": "v" * 20,
        }  # fmt: skip
    if kind == "twilio":
        return {"gateway": kind, "name": name, "account_sid": f"AC{secret}", "auth_token": secret[::-1]}
    return {"gateway": "mail", "name": name, "domain": f"reply.{name}.example.org"}


@contextmanager
def town(
    yard: Yard, smtp: int, schools: Sequence[Mapping[str, Any]], paths: Mapping[str, str]
) -> Iterator[None]:
    """As a process of its own, in bench mode, reporting to the school's web server. `paths` by slug."""
    web = URL.format(yard.web_port)
    accounts = [
        account_of(one["kind"], one["slug"]) | {"callback": web + paths[one["slug"]]} for one in schools
    ]
    config = yard.folder / "town.json"
    config.write_text(json.dumps({"accounts": accounts}))
    words = ["-m", "practice", "--bench", "--smtp-port", str(smtp), "--port", str(yard.gateway_port)]
    with running(yard, "town", [*words, "--config", str(config)], dict(os.environ)):
        until_it_answers(f"{yard.gateway}/control/counts/")
        yield


def tally(yard: Yard) -> dict[str, Any]:
    """What the town counted."""
    with urllib.request.urlopen(f"{yard.gateway}/control/counts/", timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def control(yard: Yard, path: str, **values: Any) -> Any:
    """Tell the town something: `weather/whatsapp/` with `rude="500"`."""
    request = urllib.request.Request(
        f"{yard.gateway}/control/{path}", json.dumps(values).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=90) as answer:
        return json.load(answer)
