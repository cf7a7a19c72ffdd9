"""What Twilio's codes mean for a call: of the request, of a call that failed, and how it ended.

Numbers as Twilio's error dictionary has them; SIP response codes (RFC 3261) as `sip_…`; how a call ended in words.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.twilio_sms.errors import ERRORS as OF_TEXTS
from porchlight.delivery.gateways.twilio_sms.errors import refused_answer as by_code
from porchlight.delivery.gateways.wire import Answer

_GONE = _("This number does not exist. Ask the family for the right one.")
_NOT_NOW = _("The call could not be put through. We ring again by ourselves.")
_SHARED = ("20003", "20403", "20429", "20500", "20001", "20404")

ERRORS: dict[str, Meaning] = {
    **{code: OF_TEXTS[code] for code in _SHARED if code in OF_TEXTS},
    # How a call ended. Each is tried again, later, in the hours they may be rung.
    "busy": Meaning(Advice.RETRY, _("The line was engaged. We ring again by ourselves.")),
    "no-answer": Meaning(Advice.RETRY, _("Nobody answered. We ring again by ourselves.")),
    "canceled": Meaning(Advice.RETRY, _NOT_NOW),
    "machine": Meaning(
        Advice.RETRY,
        _(
            "An answering machine took the call: it heard the school's name and number, nothing else. We ring again."
        ),
    ),
    "not_heard": Meaning(
        Advice.RETRY, _("Somebody took the call, and it ended before the message was heard. We ring again.")
    ),
    # A call that failed, by what the telephone network said.
    "sip_404": Meaning(Advice.BAD_ADDRESS, _GONE),
    "sip_410": Meaning(Advice.BAD_ADDRESS, _GONE),
    "sip_484": Meaning(Advice.BAD_ADDRESS, _GONE),
    "sip_604": Meaning(Advice.BAD_ADDRESS, _GONE),
    "sip_486": Meaning(Advice.RETRY, _("The line was engaged. We ring again by ourselves.")),
    "sip_480": Meaning(Advice.RETRY, _("The telephone was switched off or out of reach. We ring again.")),
    "sip_408": Meaning(Advice.RETRY, _NOT_NOW),
    "sip_500": Meaning(Advice.RETRY, _NOT_NOW),
    "sip_503": Meaning(Advice.RETRY, _NOT_NOW),
    "sip_603": Meaning(
        Advice.NEXT_CHANNEL, _("The telephone network did not take the call. Try another way.")
    ),
    # What was wrong with the request.
    "13223": Meaning(Advice.BAD_ADDRESS, _GONE),
    "13224": Meaning(Advice.BAD_ADDRESS, _GONE),
    "13225": Meaning(Advice.NEXT_CHANNEL, _("Twilio does not ring this kind of number. Try another way.")),
    "13227": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Twilio may not ring this country yet. Allow it in Twilio's console, under Voice."),
    ),
    "21211": Meaning(Advice.BAD_ADDRESS, _GONE),
    "21214": Meaning(Advice.BAD_ADDRESS, _("This number cannot be rung. Ask the family for the right one.")),
    "21215": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Twilio may not ring this country yet. Allow it in Twilio's console, under Voice."),
    ),
    "21217": Meaning(Advice.BAD_ADDRESS, _GONE),
    "21219": Meaning(
        Advice.STAFF_MUST_ACT,
        _("A trial account rings only numbers that you confirmed with Twilio. Upgrade it."),
    ),
    "21210": Meaning(
        Advice.STAFF_MUST_ACT,
        _("The number families see is not yours at Twilio. Correct it in the settings."),
    ),
    "21212": Meaning(
        Advice.STAFF_MUST_ACT,
        _("The number families see is not yours at Twilio. Correct it in the settings."),
    ),
    "21213": Meaning(
        Advice.STAFF_MUST_ACT,
        _("The number families see is not yours at Twilio. Correct it in the settings."),
    ),
    "21220": Meaning(Advice.RETRY, _NOT_NOW),
    "21201": Meaning(
        Advice.OUR_FAULT, _("The call was put together wrongly. The people who run Porchlight look.")
    ),
    "21205": Meaning(
        Advice.OUR_FAULT, _("The call was put together wrongly. The people who run Porchlight look.")
    ),
    "no_words": Meaning(
        Advice.OUR_FAULT, _("There was nothing to send. The people who run Porchlight have to look.")
    ),
    "no_callback": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Twilio has no address of ours to ask what to say. Keep the settings once more."),
    ),
    "recording_not_there": Meaning(
        Advice.RETRY, _("Twilio has not put this recording away yet. We fetch it again by ourselves.")
    ),
}


def refused_answer(answer: Answer, said: object, *known: str) -> Refused | Unclear:
    """An answer that is not a yes: by Twilio's code for a call where we know it, otherwise by the status line."""
    return by_code(answer, said, *known, codes=ERRORS)


def ended(how: str) -> Refused:
    """How a call came to nothing. What nobody knows is taken as "not by telephone"."""
    meaning = ERRORS.get(how)
    return Refused(meaning.advice if meaning else Advice.NEXT_CHANNEL, how)
