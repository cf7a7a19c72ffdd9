"""Africa's Talking's codes: try again? whom to tell? what to say?

`statusCode` of a recipient answers a sending (under HTTP 201); `failureReason` comes later with a delivery report.
Where it refuses the whole request it writes a sentence, with a code in it or none.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.redaction import redact
from porchlight.delivery.gateways.wire import Answer, refusal_by_status

_AGAIN = Meaning(Advice.RETRY, _("The phone network has a passing problem. We try again by ourselves."))
_PASSING = Meaning(Advice.RETRY, _("Africa's Talking has a passing problem. We try again by ourselves."))
_ABSENT = Meaning(Advice.RETRY, _("The phone is switched off or out of reach. We try again by ourselves."))
_NOT_HERE = Meaning(Advice.NEXT_CHANNEL, _("The phone or its network blocks texts from the school's number."))
_WRONG = Meaning(Advice.BAD_ADDRESS, _("This is not a number that can get texts. Check it with the family."))
_GONE = Meaning(
    Advice.BAD_ADDRESS, _("The phone network does not know this number any more. Ask for the new one.")
)
_STOPPED = Meaning(
    Advice.OPTED_OUT,
    _("The family asked its network or Africa's Talking for no more texts. Ask for another way."),
)
_CREDIT = Meaning(Advice.STAFF_MUST_ACT, _("The credit at Africa's Talking is used up. Top it up there."))
_FROM = Meaning(
    Advice.STAFF_MUST_ACT,
    _("Africa's Talking will not send from this sender. Check it in the settings with them."),
)
_RIGHTS = Meaning(
    Advice.STAFF_MUST_ACT,
    _("Africa's Talking does not accept our access. Check the user name and the API key in the settings."),
)
_BUILT = Meaning(
    Advice.OUR_FAULT,
    _("We built a message Africa's Talking cannot take. The people who run Porchlight have to look at it."),
)

ERRORS: dict[str, Meaning] = {
    # A recipient's statusCode in the answer.
    "401": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Africa's Talking holds this text back as risky. Look at the account with them."),
    ),
    "402": _FROM,
    "403": _WRONG,
    "404": _WRONG,
    "405": _CREDIT,
    "406": _STOPPED,
    "407": _NOT_HERE,
    "409": _STOPPED,
    "500": _PASSING,
    "501": _AGAIN,
    "502": _NOT_HERE,
    # The whole request.
    "InvalidSenderId": _FROM,
    "InsufficientBalance": _CREDIT,
    "access": _RIGHTS,
    # A delivery report's failureReason.
    "InsufficientCredit": _NOT_HERE,
    "InvalidLinkId": _BUILT,
    "UserIsInactive": _GONE,
    "UserInBlackList": _STOPPED,
    "UserInBlacklist": _STOPPED,
    "UserAccountSuspended": _GONE,
    "NotNetworkSubcriber": _GONE,  # as they write it
    "NotNetworkSubscriber": _GONE,
    "UserNotSubscribedToProduct": _NOT_HERE,
    "UserDoesNotExist": _GONE,
    "DeliveryFailure": _AGAIN,
    "DoNotDisturbRejection": _STOPPED,
    "Expired": _ABSENT,
    "AbsentSubscriber": _ABSENT,
    "text_too_long": _BUILT,
    "no_words": Meaning(
        Advice.OUR_FAULT, _("There was nothing to send. The people who run Porchlight have to look.")
    ),
}


def refused_recipient(answer: Answer, recipient: object, *known: str) -> Refused:
    """One recipient that was not taken. A statusCode we do not know is ours to look at."""
    code = tolerant.text(recipient, "statusCode")
    meaning = ERRORS.get(code)
    advice = meaning.advice if meaning else Advice.OUR_FAULT
    detail = redact(tolerant.text(recipient, "status"), *known)
    return Refused(
        advice, code or "unknown", detail, answer.retry_after() if advice is Advice.RETRY else None
    )


def refused_whole(sentence: str, *known: str) -> Refused:
    """No recipient was taken at all: the sentence is a code of theirs, or something we have to look at."""
    meaning = ERRORS.get(sentence.strip())
    code = sentence.strip() if meaning else "no_recipient"
    return Refused(meaning.advice if meaning else Advice.OUR_FAULT, code, redact(sentence, *known))


def refused_answer(answer: Answer, *known: str) -> Refused | Unclear:
    """An answer by its status line. Its body is a sentence, not JSON."""
    detail = redact(tolerant.clean(answer.body[:2000].decode("utf-8", "replace")), *known)
    if answer.status == 401:
        return Refused(Advice.STAFF_MUST_ACT, "access", detail)
    return refusal_by_status(answer, detail=detail)


def reported(reason: str) -> Refused:
    """A failed report. An unknown reason is taken as "not by text": nothing else is known of it."""
    meaning = ERRORS.get(reason)
    return Refused(meaning.advice if meaning else Advice.NEXT_CHANNEL, reason or "unknown")
