"""Vonage's codes: try again? whom to tell? what to say?

Two tables of theirs: the `status` of each part in the answer to a sending (always under HTTP 200), and the `err-code`
of a delivery receipt. The same numbers mean other things in each, so receipts' codes are kept as `dlr 4`.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.redaction import redact
from porchlight.delivery.gateways.wire import Answer, refusal_by_status

_AGAIN = Meaning(Advice.RETRY, _("The phone network has a passing problem. We try again by ourselves."))
_BUSY = Meaning(Advice.RETRY, _("Vonage asks us to slow down. We try again by ourselves, more slowly."))
_AWAY = Meaning(Advice.RETRY, _("The phone is switched off or out of reach. We try again by ourselves."))
_RIGHTS = Meaning(
    Advice.STAFF_MUST_ACT,
    _("Vonage does not accept our access. Check the API key and the API secret in the settings."),
)
_ACCOUNT = Meaning(
    Advice.STAFF_MUST_ACT, _("Vonage has stopped this account. Look at the account with Vonage.")
)
_CREDIT = Meaning(Advice.STAFF_MUST_ACT, _("The credit at Vonage is used up. Top it up there."))
_FROM = Meaning(
    Advice.STAFF_MUST_ACT,
    _("Vonage will not send from this number. Check the sender in the settings with Vonage."),
)
_NETWORK = Meaning(Advice.NEXT_CHANNEL, _("The phone or its network blocks texts from the school's number."))
_SPAM = Meaning(Advice.NEXT_CHANNEL, _("The phone network took this text for spam and did not deliver it."))
_WRONG = Meaning(Advice.BAD_ADDRESS, _("This is not a number that can get texts. Check it with the family."))
_GONE = Meaning(
    Advice.BAD_ADDRESS, _("The phone network does not know this number any more. Ask for the new one.")
)
_BUILT = Meaning(
    Advice.OUR_FAULT,
    _("We built a message Vonage cannot take. The people who run Porchlight have to look at it."),
)
_NO_WORDS = Meaning(
    Advice.OUR_FAULT, _("There was nothing to send. The people who run Porchlight have to look.")
)

ERRORS: dict[str, Meaning] = {
    # The answer to a sending.
    "1": _BUSY,
    "2": _BUILT,
    "3": _BUILT,
    "4": _RIGHTS,
    "5": Meaning(Advice.RETRY, _("Vonage has a passing problem. We try again by ourselves.")),
    "6": _WRONG,
    "7": Meaning(
        Advice.OPTED_OUT,
        _("This number is barred at Vonage, most often because the family asked for no more texts there."),
    ),
    "8": _ACCOUNT,
    "9": _CREDIT,
    "10": _BUSY,
    "11": _ACCOUNT,
    "12": _BUILT,
    "14": _RIGHTS,
    "15": _FROM,
    "22": _WRONG,
    "23": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Vonage reports to an https address only. Set PORCHLIGHT_BASE_URL to the public https address."),
    ),
    "29": Meaning(
        Advice.STAFF_MUST_ACT, _("A trial account reaches only numbers you confirmed with Vonage.")
    ),
    "32": _RIGHTS,
    "33": _GONE,
    # A delivery receipt.
    "dlr 1": _NETWORK,
    "dlr 2": _AWAY,
    "dlr 3": _GONE,
    "dlr 4": _NETWORK,
    "dlr 5": _AGAIN,
    "dlr 6": _SPAM,
    "dlr 7": _AWAY,
    "dlr 8": _AGAIN,
    "dlr 9": _WRONG,
    "dlr 10": _SPAM,
    "dlr 11": _WRONG,
    "dlr 12": _AWAY,
    "dlr 13": _NETWORK,
    "dlr 14": _NETWORK,
    "dlr 15": _NETWORK,
    "dlr 16": _BUSY,
    "dlr 50": _SPAM,
    "dlr 51": _SPAM,
    "dlr 52": _SPAM,
    "dlr 53": _SPAM,
    "dlr 54": _SPAM,
    "dlr 99": _AGAIN,
    "text_too_long": _BUILT,
    "no_words": _NO_WORDS,
}


def refused_part(answer: Answer, part: object, *known: str) -> Refused:
    """A part that was not taken, by its `status`. An unknown one is ours to look at."""
    code = tolerant.text(part, "status")
    meaning = ERRORS.get(code)
    detail = redact(tolerant.text(part, "error-text"), *known)
    advice = meaning.advice if meaning else Advice.OUR_FAULT
    return Refused(advice, code, detail, answer.retry_after() if advice is Advice.RETRY else None)


def refused_answer(answer: Answer, said: object, *known: str) -> Refused | Unclear:
    """An answer that is no 200: a relay's, or the API's problem JSON (RFC 9457)."""
    return refusal_by_status(answer, detail=redact(tolerant.text(said, "detail"), *known))


def reported(code: str) -> Refused:
    """A failed receipt. An unknown code is taken as "not by text": nothing else is known of it."""
    named = f"dlr {code}" if code else "unknown"
    meaning = ERRORS.get(named)
    return Refused(meaning.advice if meaning else Advice.NEXT_CHANNEL, named)
