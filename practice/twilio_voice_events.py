"""What Twilio's voice side answers and posts: the call resource, requests for TwiML, what became of a call."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from practice.accounts import TwilioVoiceAccount
from practice.phones import Phone
from practice.twilio_events import VERSION, hook
from practice.webhooks import Webhook

if TYPE_CHECKING:
    from practice.a_call import Call

__all__ = ["VERSION", "asking", "inbound_hook", "new_sid", "resource", "status_hook"]
OVER = {"completed", "busy", "no-answer", "failed", "canceled"}


def new_sid(kind: str = "CA") -> str:
    return kind + secrets.token_hex(16)


def resource(account: TwilioVoiceAccount, call: Call, *, fresh: bool = False) -> dict[str, Any]:
    """The call as the API shows it; `fresh` as it is right after it was taken."""
    path = f"/{VERSION}/Accounts/{account.account_sid}/Calls/{call.sid}"
    is_over = not fresh and call.status in OVER
    return {
        "account_sid": account.account_sid,
        "answered_by": call.answered_by or None,
        "api_version": VERSION,
        "caller_name": None,
        "date_created": None if fresh else _date(call.began),
        "date_updated": None if fresh else _date(call.began),
        "direction": "outbound-api",
        "duration": str(call.seconds) if is_over else None,
        "end_time": _date(call.began) if is_over else None,
        "forwarded_from": None,
        "from": account.number,
        "from_formatted": account.number,
        "group_sid": None,
        "parent_call_sid": None,
        "phone_number_sid": "PN" + account.account_sid[2:],
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "sid": call.sid,
        "start_time": None if fresh else _date(call.began),
        "status": "queued" if fresh else call.status,
        "subresource_uris": {"recordings": f"{path}/Recordings.json"},
        "to": call.to,
        "to_formatted": call.to,
        "trunk_sid": None,
        "uri": f"{path}.json",
    }


def asking(call: Call, more: dict[str, str] | None = None) -> dict[str, str]:
    """The fields of every request for TwiML."""
    account = call.account
    form = {
        "AccountSid": account.account_sid,
        "ApiVersion": VERSION,
        "CallSid": call.sid,
        "CallStatus": call.status,
        "Called": call.to,
        "CalledCity": "",
        "CalledCountry": account.country,
        "CalledState": "",
        "CalledZip": "",
        "Caller": account.number,
        "CallerCity": "",
        "CallerCountry": account.country,
        "CallerState": "",
        "CallerZip": "",
        "Direction": "outbound-api",
        "From": account.number,
        "FromCountry": account.country,
        "To": call.to,
        "ToCountry": account.country,
    }
    if call.answered_by:
        form["AnsweredBy"] = call.answered_by
    return {**form, **(more or {})}


def status_hook(call: Call, status: str, at: datetime) -> Webhook:
    """What became of it, in the order of `SequenceNumber`."""
    form = asking(call) | {
        "CallStatus": status,
        "CallbackSource": "call-progress-events",
        "SequenceNumber": str(call.told),
        "Timestamp": format_datetime(at.astimezone(UTC)),
    }
    if status in OVER:
        form |= {"CallDuration": str(call.seconds), "Duration": str(-(-call.seconds // 60))}
        form["SipResponseCode"] = call.sip or {"busy": "486", "no-answer": "487"}.get(status, "200")
    if status not in {"in-progress", "completed"}:
        form.pop("AnsweredBy", None)
    call.told += 1
    return replace(
        hook(call.account, call.form.get("StatusCallback", ""), status, form), gateway="twilio_voice"
    )


def inbound_hook(account: TwilioVoiceAccount, phone: Phone) -> Webhook:
    """A call that comes in, as the number's own voice address hears of it."""
    form = {
        "AccountSid": account.account_sid,
        "ApiVersion": VERSION,
        "CallSid": new_sid(),
        "CallStatus": "ringing",
        "Called": account.number,
        "Caller": phone.number,
        "Direction": "inbound",
        "From": phone.number,
        "FromCountry": account.country,
        "To": account.number,
        "ToCountry": account.country,
    }
    return replace(hook(account, account.callback, "inbound call", form), gateway="twilio_voice")


def _date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC))
