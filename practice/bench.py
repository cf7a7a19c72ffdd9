"""Bench mode: the same answers on the same wire, with next to no work behind them.

Every number is somebody's, nothing is kept but counts and references, and WhatsApp statuses go back many to a POST
(as the service may send them). Switched on by `Settings(bench=True)` or `--bench`; weather still holds.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from practice import office_phone_events, twilio_events, whatsapp_events
from practice.accounts import OfficePhoneAccount, TwilioAccount, WhatsAppAccount
from practice.phones import Line
from practice.town import Town
from practice.webhooks import Webhook

BATCH = 200  # statuses in one POST
LONGEST_WAIT = 0.05  # seconds a status waits for company


class StatusBatch:
    """Statuses of one WhatsApp account, sent together."""

    def __init__(self, town: Town, account: WhatsAppAccount) -> None:
        self.town, self.account = town, account
        self._waiting: list[dict[str, Any]] = []
        self._timer: asyncio.TimerHandle | None = None

    def add(self, wamid: str, number: str, reference: str) -> None:
        at = str(int(self.town.now().timestamp()))
        for name in self.town.settings.bench_statuses:
            status = {"id": wamid, "status": name, "timestamp": at, "recipient_id": number}
            if reference:
                status["biz_opaque_callback_data"] = reference
            self._waiting.append(status)
        if len(self._waiting) >= BATCH:
            self._send()
        elif self._waiting and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LONGEST_WAIT, self._send)
            self.town.postman.held += 1

    def _send(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
            self.town.postman.held -= 1
        if not self._waiting:
            return
        body = whatsapp_events.bench_statuses_body(self.account, self._waiting)
        self._waiting = []
        self.town.announce(whatsapp_events.hook(self.account, "statuses", body))


class Bench:
    """What the WhatsApp and Twilio doors do instead of keeping a message."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._batches: dict[str, StatusBatch] = {}

    def whatsapp(self, account: WhatsAppAccount, raw: bytes) -> web.Response:
        """Take a message without a look at its content beyond recipient and reference."""
        body = json.loads(raw)
        to = str(body.get("to") or "").lstrip("+")
        reference = body.get("biz_opaque_callback_data", "")
        wamid = whatsapp_events.new_id(to)
        self.town.took(account, reference)
        if account.callback and not self.town.weather["whatsapp"].forgetful:
            self._batch(account).add(wamid, to, reference)
        contact = (
            {"input": to, "wa_id": to} if to else {"input": body["recipient"], "user_id": body["recipient"]}
        )
        answer = {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": wamid}]}
        return web.Response(body=json.dumps(answer).encode(), content_type="application/json")

    def twilio(self, account: TwilioAccount, form: dict[str, str]) -> Line:
        """Take a text; with a StatusCallback, report it delivered."""
        line = Line(
            "sms", "twilio", account.name, form["Body"], self.town.now(), True,
            provider_id=twilio_events.new_sid(),
        )  # fmt: skip
        callback = form.get("StatusCallback", "")
        self.town.took(account, callback)
        if callback:
            names = self.town.settings.bench_statuses
            self.town.report(
                "twilio", [twilio_events.status_hook(account, callback, line, form["To"], n) for n in names]
            )
        return line

    def office_phone(self, account: OfficePhoneAccount, line: Line, number: str) -> None:
        """Report a text that the school's phone took."""
        self.town.took(account, line.provider_id)
        hooks: list[Webhook] = []
        for name in self.town.settings.bench_statuses:
            hooks += office_phone_events.progress(account, f"sms:{name}", line, number, line.at)
        self.town.report("office_phone", hooks)

    def _batch(self, account: WhatsAppAccount) -> StatusBatch:
        batch = self._batches.get(account.name)
        if batch is None or batch.account is not account:
            batch = self._batches[account.name] = StatusBatch(self.town, account)
        return batch
