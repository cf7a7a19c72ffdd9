"""What Twilio answers and posts: the message resource, inbound messages, status callbacks, errors."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from yarl import URL

from practice.accounts import TwilioAccount
from practice.enclosures import Enclosure
from practice.phones import Line, Phone
from practice.segments import segments
from practice.signing import twilio_signature
from practice.webhooks import Posting, Webhook

VERSION = "2010-04-01"

ERRORS: dict[int, tuple[int, str]] = {
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource {path} was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "Internal Server Error"),
    21211: (400, "Invalid 'To' Phone Number: {to}"),
    21408: (
        403,
        "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {to}",
    ),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number {sender} is not a valid, message-capable Twilio phone number."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (429, "This 'From' number has exceeded the maximum number of queued messages"),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit."),
    30001: (429, "Queue overflow"),
}


class Refused(Exception):
    """The request is answered with Twilio's error JSON."""

    def __init__(self, code: int, **words: str) -> None:
        super().__init__(code)
        self.code, self.words = code, words

    @property
    def http_status(self) -> int:
        return ERRORS.get(self.code, (400, ""))[0]

    def as_json(self) -> dict[str, Any]:
        message = ERRORS.get(self.code, (400, "Refused"))[1]
        for name, value in self.words.items():
            message = message.replace("{" + name + "}", value)
        return {
            "code": self.code,
            "message": message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.http_status,
        }


def new_sid() -> str:
    return "SM" + secrets.token_hex(16)


def resource(account: TwilioAccount, line: Line, to: str, *, fresh: bool = False) -> dict[str, Any]:
    """The message as the API shows it; `fresh` as it is right after it was taken."""
    path = f"/{VERSION}/Accounts/{account.account_sid}/Messages/{line.provider_id}"
    created = format_datetime(line.at.astimezone(UTC))
    code = int(line.error) if line.error and not fresh else None
    return {
        "account_sid": account.account_sid,
        "api_version": VERSION,
        "body": line.text,
        "date_created": created,
        "date_sent": None if fresh else created,
        "date_updated": created,
        "direction": "outbound-api",
        "error_code": code,
        "error_message": FAILURES.get(code, "Unknown error") if code else None,
        "from": account.number,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": str(segments(line.text)),
        "price": None,
        "price_unit": "USD",
        "sid": line.provider_id,
        "status": "queued" if fresh else line.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": to,
        "uri": f"{path}.json",
    }


FAILURES = {
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
}


def status_hook(account: TwilioAccount, url: str, line: Line, to: str, status: str) -> Webhook:
    """A status callback."""
    form = {
        "SmsSid": line.provider_id,
        "SmsStatus": status,
        "MessageStatus": status,
        "To": to,
        "MessageSid": line.provider_id,
        "AccountSid": account.account_sid,
        "From": account.number,
        "ApiVersion": VERSION,
    }
    if line.error and status in {"failed", "undelivered"}:
        form["ErrorCode"] = line.error
    if status in {"delivered", "undelivered"}:
        form["RawDlrDoneDate"] = line.at.strftime("%y%m%d%H%M")
    return hook(account, url, status, form)


def media_fields(account: TwilioAccount, sid: str, enclosure: Enclosure, url: str) -> dict[str, str]:
    """The fields a picture adds to a message's webhook."""
    place = f"{url}/{VERSION}/Accounts/{account.account_sid}/Messages/{sid}/Media/ME{enclosure.id}"
    kind = enclosure.mime_type.partition(";")[0]
    return {"NumMedia": "1", "MediaContentType0": kind, "MediaUrl0": place}


def message_hook(
    account: TwilioAccount, phone: Phone, sid: str, text: str, more: dict[str, str] | None = None
) -> Webhook:
    """What a family wrote, to the number's own webhook."""
    form = {
        "ToCountry": account.country,
        "ToState": "",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ToCity": "",
        "FromZip": "",
        "SmsSid": sid,
        "FromState": "",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": text,
        "FromCountry": account.country,
        "To": account.number,
        "ToZip": "",
        "NumSegments": str(segments(text)),
        "MessageSid": sid,
        "AccountSid": account.account_sid,
        "From": phone.number,
        "ApiVersion": VERSION,
        **(more or {}),
    }
    return hook(account, account.callback, "message", form)


def call_hook(account: TwilioAccount, phone: Phone, at: datetime) -> Webhook:
    """A call nobody took, as the number's voice status callback tells it."""
    form = {
        "AccountSid": account.account_sid,
        "ApiVersion": VERSION,
        "CallDuration": "0",
        "CallSid": "CA" + secrets.token_hex(16),
        "CallStatus": "no-answer",
        "CallbackSource": "call-progress-events",
        "Called": account.number,
        "CalledCountry": account.country,
        "Caller": phone.number,
        "CallerCountry": account.country,
        "Direction": "inbound",
        "Duration": "0",
        "From": phone.number,
        "FromCountry": account.country,
        "SequenceNumber": "0",
        "Timestamp": format_datetime(at.astimezone(UTC)),
        "To": account.number,
        "ToCountry": account.country,
    }
    return hook(account, account.callback, "missed call", form)


def hook(account: TwilioAccount, url: str, kind: str, form: dict[str, str]) -> Webhook:
    """A signed form post. The signature covers the URL without its fragment, and every field."""

    def build() -> Posting:
        plain = url.partition("#")[0]
        return Posting(
            urlencode(form).encode(),
            {
                "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
                "User-Agent": "TwilioProxy/1.1",
                "Accept": "*/*",
                "I-Twilio-Idempotency-Token": token,
                "X-Twilio-Signature": twilio_signature(account.auth_token, plain, form),
            },
        )

    token = secrets.token_hex(16)
    return Webhook("twilio", kind, url, build)


def is_url(text: str) -> bool:
    """Whether Twilio would post there: http or https with a host."""
    try:
        url = URL(text)
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and bool(url.host)
