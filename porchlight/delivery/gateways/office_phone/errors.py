"""What the phone's failures mean for us. Codes are Android's and SMSGate's own words, kept for the record.

Three sources: HTTP statuses of the app's API, Android's `SmsManager` results inside `sms:failed`, and the
network's delivery status (TP-Status, 3GPP TS 23.040, 9.2.3.15) for a message that left and did not arrive.
"""

from __future__ import annotations

import re

from porchlight.delivery.gateways.contract import Advice, Refused

HTTP: dict[int, Advice] = {
    400: Advice.OUR_FAULT,
    401: Advice.STAFF_MUST_ACT,  # user name or password
    403: Advice.STAFF_MUST_ACT,
    404: Advice.STAFF_MUST_ACT,  # another server answers at this address
    405: Advice.STAFF_MUST_ACT,
    408: Advice.RETRY,
    413: Advice.OUR_FAULT,
    415: Advice.OUR_FAULT,
    429: Advice.RETRY,
    500: Advice.RETRY,
    501: Advice.STAFF_MUST_ACT,  # an app too old for this API
    502: Advice.RETRY,
    503: Advice.RETRY,  # the phone is offline and its queue is full
    504: Advice.RETRY,
}

# `Send result: RESULT_… (explanation)`; the radio layer repeats most of them as RESULT_RIL_…
SEND_RESULTS: dict[str, Advice] = {
    "ERROR_GENERIC_FAILURE": Advice.RETRY,  # most often: no credit, or a number nobody has
    "ERROR_RADIO_OFF": Advice.STAFF_MUST_ACT,  # flight mode
    "ERROR_NULL_PDU": Advice.OUR_FAULT,
    "ERROR_NO_SERVICE": Advice.RETRY,
    "ERROR_LIMIT_EXCEEDED": Advice.RETRY,
    "ERROR_FDN_CHECK_FAILURE": Advice.STAFF_MUST_ACT,  # the SIM may only call fixed numbers
    "ERROR_SHORT_CODE_NOT_ALLOWED": Advice.BAD_ADDRESS,
    "ERROR_SHORT_CODE_NEVER_ALLOWED": Advice.BAD_ADDRESS,
    "RADIO_NOT_AVAILABLE": Advice.RETRY,
    "NETWORK_REJECT": Advice.NEXT_CHANNEL,
    "INVALID_ARGUMENTS": Advice.OUR_FAULT,
    "INVALID_STATE": Advice.RETRY,
    "NO_MEMORY": Advice.RETRY,
    "INVALID_SMS_FORMAT": Advice.OUR_FAULT,
    "SYSTEM_ERROR": Advice.RETRY,
    "SYSTEM_ERR": Advice.RETRY,
    "MODEM_ERROR": Advice.RETRY,
    "MODEM_ERR": Advice.RETRY,
    "NETWORK_ERROR": Advice.RETRY,
    "NETWORK_ERR": Advice.RETRY,
    "ENCODING_ERROR": Advice.OUR_FAULT,
    "ENCODING_ERR": Advice.OUR_FAULT,
    "INVALID_SMSC_ADDRESS": Advice.STAFF_MUST_ACT,
    "OPERATION_NOT_ALLOWED": Advice.STAFF_MUST_ACT,
    "INTERNAL_ERROR": Advice.RETRY,
    "INTERNAL_ERR": Advice.RETRY,
    "NO_RESOURCES": Advice.RETRY,
    "CANCELLED": Advice.NEXT_CHANNEL,
    "REQUEST_NOT_SUPPORTED": Advice.STAFF_MUST_ACT,
    "UNEXPECTED_EVENT_STOP_SENDING": Advice.STAFF_MUST_ACT,  # somebody tapped "don't send" on the phone
    "SMS_BLOCKED_DURING_EMERGENCY": Advice.RETRY,
    "SMS_SEND_RETRY_FAILED": Advice.RETRY,
    "REMOTE_EXCEPTION": Advice.RETRY,
    "NO_DEFAULT_SMS_APP": Advice.STAFF_MUST_ACT,
    "SMS_SEND_FAIL_RETRY": Advice.RETRY,
    "REQUEST_RATE_LIMITED": Advice.RETRY,
    "INVALID_MODEM_STATE": Advice.RETRY,
    "NETWORK_NOT_READY": Advice.RETRY,
    "SIM_ABSENT": Advice.STAFF_MUST_ACT,
    "SIMULTANEOUS_SMS_AND_CALL_NOT_ALLOWED": Advice.RETRY,
    "ACCESS_BARRED": Advice.STAFF_MUST_ACT,  # the SIM may not text: no credit, or barred
    "BLOCKED_DUE_TO_CALL": Advice.RETRY,
    "GENERIC_ERROR": Advice.RETRY,
}

# `Delivery result from SC …: <TP-Status>`. 0x40-0x5f is final; 0x60-0x7f the network gave up after trying.
TP_STATUS: dict[int, Advice] = {
    0x40: Advice.NEXT_CHANNEL,  # remote procedure error
    0x41: Advice.NEXT_CHANNEL,  # incompatible destination: a landline, most often
    0x42: Advice.NEXT_CHANNEL,  # refused by the receiving phone
    0x43: Advice.BAD_ADDRESS,  # not obtainable: nobody has this number
    0x44: Advice.NEXT_CHANNEL,
    0x45: Advice.NEXT_CHANNEL,
    0x46: Advice.RETRY_LATE,  # the phone was off until the message expired
    0x47: Advice.NEXT_CHANNEL,
    0x48: Advice.NEXT_CHANNEL,
    0x49: Advice.NEXT_CHANNEL,
}

# What the app says in its own sentences, first match wins.
SENTENCES: tuple[tuple[str, str, Advice], ...] = (
    ("ttl expired", "ttl-expired", Advice.STAFF_MUST_ACT),  # the school's phone was off for a day
    ("no sims found", "no-sim", Advice.STAFF_MUST_ACT),
    ("read_phone_state", "no-permission", Advice.STAFF_MUST_ACT),
    ("sim selection", "no-sim-choice", Advice.STAFF_MUST_ACT),
    ("not found", "no-such-sim", Advice.STAFF_MUST_ACT),
    ("permission", "no-permission", Advice.STAFF_MUST_ACT),
    ("phone number", "phone-number", Advice.BAD_ADDRESS),
    ("phone", "phone-number", Advice.BAD_ADDRESS),
)

_RESULT = re.compile(r"\bRESULT_(?:RIL_)?([A-Z_]+)")
_TP = re.compile(r"Delivery result(?: from SC [^:]*)?: (\d{1,3})\s*$")
_NUMBER = re.compile(r"\+?\d[\d ()\-]{4,}\d")


def without_numbers(text: str) -> str:
    """A phone's sentence without any telephone number in it, at most 200 characters."""
    return _NUMBER.sub("[number]", text)[:200]


def of_http(status: int, said: str, retry_after: float | None = None) -> Refused:
    """The app's API answered `status`, saying `said`. Unknown statuses: 4xx our fault, 5xx retry."""
    advice = HTTP.get(status, Advice.RETRY if status >= 500 else Advice.OUR_FAULT)
    if 300 <= status < 400:
        advice = Advice.STAFF_MUST_ACT  # redirects are never followed
    if status == 400 and "phone" in said.casefold():
        advice = Advice.BAD_ADDRESS
    return Refused(advice, str(status), without_numbers(said), retry_after)


def of_reason(reason: str) -> Refused:
    """Why `sms:failed`, in the phone's words. An unknown reason sends the message by another channel."""
    if found := _RESULT.search(reason):
        name = found[1].rstrip("_")
        return Refused(SEND_RESULTS.get(name, Advice.NEXT_CHANNEL), f"RESULT_{name}", without_numbers(reason))
    if found := _TP.search(reason):
        status = int(found[1])
        advice = TP_STATUS.get(status, Advice.RETRY_LATE if 0x60 <= status < 0x80 else Advice.NEXT_CHANNEL)
        return Refused(advice, f"tp-status-{status:#04x}", "The network could not deliver it.")
    for words, code, advice in SENTENCES:
        if words in reason.casefold():
            return Refused(advice, code, without_numbers(reason))
    return Refused(Advice.NEXT_CHANNEL, "unknown", without_numbers(reason))
