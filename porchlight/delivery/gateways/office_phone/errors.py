"""What the phone's failures mean for us: try again? whom to tell? what to say?

Three sources: the app's API, Android's `SmsManager` results inside `sms:failed`, and the network's delivery
status (TP-Status, 3GPP TS 23.040, 9.2.3.15) for a message that left and did not arrive.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.redaction import redact
from porchlight.delivery.gateways.wire import Answer, refusal_by_status

_AGAIN = _("The phone in the office could not send just now. We try again by ourselves.")
_NETWORK = _("The phone in the office has no network just now. We try again by ourselves.")
_FLIGHT = _("The phone in the office is in flight mode or its radio is off. Switch it on.")
_SIM = _("The SIM card in the office's phone may not send texts. Check the card and its credit.")
_RIGHTS = _("SMSGate lacks a permission. Open the app on the phone and allow what it asks for.")
_BUILT = _("We built a message the phone cannot take. The people who run Porchlight have to look at it.")
_WRONG = _("This is not a number that can get texts. Check it with the family.")
_NOT_BY_TEXT = _("The family's phone or network did not take this text.")
_LATER = _("The family's phone could not be reached for long. We try again tomorrow.")

ERRORS: dict[str, Meaning] = {
    # The app's API.
    "http_401": Meaning(
        Advice.STAFF_MUST_ACT,
        _(
            "The phone's service does not accept our access. Copy user name and password from the SMSGate app again."
        ),
    ),
    "http_403": Meaning(
        Advice.STAFF_MUST_ACT,
        _(
            "The phone's service does not accept our access. Copy user name and password from the SMSGate app again."
        ),
    ),
    "http_404": Meaning(
        Advice.STAFF_MUST_ACT,
        _("At this address there is no SMSGate. Copy the address from the app again."),
    ),
    "http_501": Meaning(Advice.STAFF_MUST_ACT, _("The SMSGate app is too old. Update it on the phone.")),
    "http_503": Meaning(
        Advice.RETRY,
        _("The phone is offline and its queue is full. See that it is switched on and has network."),
    ),
    "phone_number": Meaning(Advice.BAD_ADDRESS, _WRONG),
    "reference": Meaning(Advice.OUR_FAULT, _BUILT),
    "no_words": Meaning(
        Advice.OUR_FAULT, _("There was nothing to send. The people who run Porchlight have to look.")
    ),
    # The app's own sentences in `sms:failed`.
    "ttl_expired": Meaning(
        Advice.STAFF_MUST_ACT,
        _("The phone in the office was off for a day, so the text was not sent. Switch it on."),
    ),
    "no_sim": Meaning(Advice.STAFF_MUST_ACT, _("The phone in the office finds no SIM card. Put one in.")),
    "no_such_sim": Meaning(
        Advice.STAFF_MUST_ACT,
        _("The phone has no SIM card at the place chosen in the settings. Choose another."),
    ),
    "no_permission": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "cancelled": Meaning(Advice.NEXT_CHANNEL, _("Somebody cancelled this text on the phone in the office.")),
    "unknown": Meaning(Advice.NEXT_CHANNEL, _("The phone could not send this text and did not say why.")),
    # Android's results, `Send result: RESULT_… (explanation)`; the radio layer repeats most as RESULT_RIL_….
    "RESULT_ERROR_GENERIC_FAILURE": Meaning(
        Advice.RETRY, _AGAIN
    ),  # most often: no credit, or a number nobody has
    "RESULT_ERROR_RADIO_OFF": Meaning(Advice.STAFF_MUST_ACT, _FLIGHT),  # flight mode
    "RESULT_ERROR_NULL_PDU": Meaning(Advice.OUR_FAULT, _BUILT),
    "RESULT_ERROR_NO_SERVICE": Meaning(Advice.RETRY, _NETWORK),
    "RESULT_ERROR_LIMIT_EXCEEDED": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_ERROR_FDN_CHECK_FAILURE": Meaning(
        Advice.STAFF_MUST_ACT, _SIM
    ),  # the SIM may only call fixed numbers
    "RESULT_ERROR_SHORT_CODE_NOT_ALLOWED": Meaning(Advice.BAD_ADDRESS, _WRONG),
    "RESULT_ERROR_SHORT_CODE_NEVER_ALLOWED": Meaning(Advice.BAD_ADDRESS, _WRONG),
    "RESULT_RADIO_NOT_AVAILABLE": Meaning(Advice.RETRY, _NETWORK),
    "RESULT_NETWORK_REJECT": Meaning(Advice.NEXT_CHANNEL, _NOT_BY_TEXT),
    "RESULT_INVALID_ARGUMENTS": Meaning(Advice.OUR_FAULT, _BUILT),
    "RESULT_INVALID_STATE": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_NO_MEMORY": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_INVALID_SMS_FORMAT": Meaning(Advice.OUR_FAULT, _BUILT),
    "RESULT_SYSTEM_ERROR": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_SYSTEM_ERR": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_MODEM_ERROR": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_MODEM_ERR": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_NETWORK_ERROR": Meaning(Advice.RETRY, _NETWORK),
    "RESULT_NETWORK_ERR": Meaning(Advice.RETRY, _NETWORK),
    "RESULT_ENCODING_ERROR": Meaning(Advice.OUR_FAULT, _BUILT),
    "RESULT_ENCODING_ERR": Meaning(Advice.OUR_FAULT, _BUILT),
    "RESULT_INVALID_SMSC_ADDRESS": Meaning(Advice.STAFF_MUST_ACT, _SIM),
    "RESULT_OPERATION_NOT_ALLOWED": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "RESULT_INTERNAL_ERROR": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_INTERNAL_ERR": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_NO_RESOURCES": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_CANCELLED": Meaning(Advice.NEXT_CHANNEL, _NOT_BY_TEXT),
    "RESULT_REQUEST_NOT_SUPPORTED": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "RESULT_UNEXPECTED_EVENT_STOP_SENDING": Meaning(
        Advice.STAFF_MUST_ACT, _RIGHTS
    ),  # somebody tapped "don't send" on the phone
    "RESULT_SMS_BLOCKED_DURING_EMERGENCY": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_SMS_SEND_RETRY_FAILED": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_REMOTE_EXCEPTION": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_NO_DEFAULT_SMS_APP": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "RESULT_SMS_SEND_FAIL_RETRY": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_REQUEST_RATE_LIMITED": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_INVALID_MODEM_STATE": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_NETWORK_NOT_READY": Meaning(Advice.RETRY, _NETWORK),
    "RESULT_SIM_ABSENT": Meaning(Advice.STAFF_MUST_ACT, _SIM),
    "RESULT_SIMULTANEOUS_SMS_AND_CALL_NOT_ALLOWED": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_ACCESS_BARRED": Meaning(
        Advice.STAFF_MUST_ACT, _SIM
    ),  # the SIM may not text: no credit, or barred
    "RESULT_BLOCKED_DUE_TO_CALL": Meaning(Advice.RETRY, _AGAIN),
    "RESULT_GENERIC_ERROR": Meaning(Advice.RETRY, _AGAIN),
    # The network's last word on a text that left.
    "tp_0x40": Meaning(Advice.NEXT_CHANNEL, _NOT_BY_TEXT),
    "tp_0x41": Meaning(Advice.NEXT_CHANNEL, _("This looks like a landline, which cannot get texts.")),
    "tp_0x42": Meaning(Advice.NEXT_CHANNEL, _NOT_BY_TEXT),
    "tp_0x43": Meaning(
        Advice.BAD_ADDRESS, _("The network does not know this number any more. Ask for the new one.")
    ),
    "tp_0x44": Meaning(Advice.NEXT_CHANNEL, _NOT_BY_TEXT),
    "tp_0x45": Meaning(Advice.NEXT_CHANNEL, _NOT_BY_TEXT),
    "tp_0x46": Meaning(Advice.RETRY_LATE, _LATER),
    **{
        f"tp_{status:#04x}": Meaning(Advice.RETRY_LATE, _LATER) for status in range(0x60, 0x80)
    },  # gave up for now
}

# What the app says in its own sentences, first match wins.
SENTENCES: tuple[tuple[str, str], ...] = (
    ("ttl expired", "ttl_expired"),
    ("no sims found", "no_sim"),
    ("read_phone_state", "no_permission"),
    ("sim selection", "no_permission"),
    ("permission", "no_permission"),
    ("not found", "no_such_sim"),
    ("phone number", "phone_number"),
)

_RESULT = re.compile(r"\bRESULT_(?:RIL_)?[A-Z_]+")
_TP = re.compile(r"Delivery result(?: from SC [^:]*)?: (\d{1,3})\s*$")


def refused_answer(answer: Answer, said: object, *known: str) -> Refused | Unclear:
    """An answer of the app's API that is not a yes; `said` is its body, `known` private words to leave out."""
    sentence = tolerant.text(said, "message")
    detail = redact(sentence, *known)
    if answer.status == 400 and "phone" in sentence.casefold():
        return Refused(ERRORS["phone_number"].advice, "phone_number", detail)
    return refusal_by_status(answer, detail=detail)


def reported(reason: str) -> Refused:
    """Why `sms:failed`, in the phone's words. An unknown reason sends the message by another channel."""
    code = "unknown"
    if found := _RESULT.search(reason):
        code = found[0].replace("RESULT_RIL_", "RESULT_")
    elif found := _TP.search(reason):
        code = f"tp_{int(found[1]):#04x}"
    else:
        code = next((code for words, code in SENTENCES if words in reason.casefold()), "unknown")
    meaning = ERRORS.get(code)
    return Refused(meaning.advice if meaning else Advice.NEXT_CHANNEL, code, redact(reason))
