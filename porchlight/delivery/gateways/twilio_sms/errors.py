"""Twilio's error codes: try again? whom to tell? what to say?

Source: Twilio's "Error and Warning Dictionary". Codes below 30000 answer our request; those from 30000 arrive
later in a status. Twilio's sentences quote the number, so they are redacted before they are kept.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.redaction import redact
from porchlight.delivery.gateways.wire import Answer, refusal_by_status

_AGAIN = _("The phone network has a passing problem. We try again by ourselves.")
_BUSY = _("Twilio asks us to slow down. We try again by ourselves, more slowly.")
_RIGHTS = _("Twilio does not accept our access. Check the account SID and the auth token in the settings.")
_ACCOUNT = _("Twilio has stopped this account. Look at the account with Twilio.")
_FROM = _("Twilio will not send from this number. Check the sender in the settings with Twilio.")
_REGISTER = _(
    "This number is not registered for texts with the phone companies yet. Finish that with Twilio."
)
_BUILT = _("We built a message Twilio cannot take. The people who run Porchlight have to look at it.")
_WRONG = _("This is not a number that can get texts. Check it with the family.")
_LANDLINE = _("This looks like a landline, which cannot get texts. Ask the family for a mobile number.")

ERRORS: dict[str, Meaning] = {
    "21610": Meaning(
        Advice.OPTED_OUT,
        _("The family answered STOP to this number. They can write START to hear from you again."),
    ),
    # Passing trouble: again, with patience.
    "20429": Meaning(Advice.RETRY, _BUSY),
    "20500": Meaning(Advice.RETRY, _("Twilio has a passing problem. We try again by ourselves.")),
    "20503": Meaning(Advice.RETRY, _("Twilio has a passing problem. We try again by ourselves.")),
    "21611": Meaning(Advice.RETRY, _BUSY),
    "30001": Meaning(Advice.RETRY, _BUSY),
    "30003": Meaning(
        Advice.RETRY, _("The phone is switched off or out of reach. We try again by ourselves.")
    ),
    "30008": Meaning(Advice.RETRY, _AGAIN),
    "30009": Meaning(Advice.RETRY, _AGAIN),
    "30017": Meaning(Advice.RETRY, _AGAIN),
    "30022": Meaning(Advice.RETRY, _BUSY),
    "30410": Meaning(Advice.RETRY, _AGAIN),
    # Trying soon makes these worse, or cannot help.
    "30023": Meaning(
        Advice.RETRY_LATE, _("Today's number of texts for this sender is used up. We go on tomorrow.")
    ),
    "30036": Meaning(
        Advice.RETRY_LATE,
        _("The phone was not reachable as long as the text was kept. We try again tomorrow."),
    ),
    "30027": Meaning(
        Advice.RETRY_LATE, _("Today's number of texts for this sender is used up. We go on tomorrow.")
    ),
    # Not by text; another channel may reach them.
    "21612": Meaning(
        Advice.NEXT_CHANNEL, _("Twilio cannot carry texts from the school's number to this one.")
    ),
    "30004": Meaning(
        Advice.NEXT_CHANNEL, _("The phone or its network blocks texts from the school's number.")
    ),
    "30007": Meaning(
        Advice.NEXT_CHANNEL, _("The phone network took this text for spam and did not deliver it.")
    ),
    "30011": Meaning(Advice.NEXT_CHANNEL, _("Pictures cannot be sent to this number.")),
    "30453": Meaning(Advice.NEXT_CHANNEL, _("Twilio held this text back because it looked like fraud.")),
    # The address is wrong or gone.
    "21211": Meaning(Advice.BAD_ADDRESS, _WRONG),
    "21214": Meaning(Advice.BAD_ADDRESS, _WRONG),
    "21217": Meaning(Advice.BAD_ADDRESS, _WRONG),
    "21265": Meaning(Advice.BAD_ADDRESS, _WRONG),
    "21266": Meaning(Advice.BAD_ADDRESS, _("This is the school's own number. Correct the contact.")),
    "21614": Meaning(Advice.BAD_ADDRESS, _LANDLINE),
    "30005": Meaning(
        Advice.BAD_ADDRESS, _("The phone network does not know this number any more. Ask for the new one.")
    ),
    "30006": Meaning(Advice.BAD_ADDRESS, _LANDLINE),
    # The account or the sender is at fault: the office acts, and the lane waits.
    "10001": Meaning(Advice.STAFF_MUST_ACT, _ACCOUNT),
    "20003": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "20005": Meaning(Advice.STAFF_MUST_ACT, _ACCOUNT),
    "20006": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "20008": Meaning(
        Advice.STAFF_MUST_ACT, _("These are Twilio's test credentials. Put the live ones in the settings.")
    ),
    "20404": Meaning(Advice.STAFF_MUST_ACT, _("Twilio does not know this account SID. Copy it again.")),
    "21212": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "21219": Meaning(
        Advice.STAFF_MUST_ACT, _("A trial account reaches only numbers you confirmed with Twilio.")
    ),
    "21408": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Texts to this country are switched off. Switch it on in Twilio's geographic settings."),
    ),
    "21601": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "21603": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "21606": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "21608": Meaning(
        Advice.STAFF_MUST_ACT, _("A trial account reaches only numbers you confirmed with Twilio.")
    ),
    "21609": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Twilio cannot reach this server's public address. Check the address in the settings."),
    ),
    "21659": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "21660": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "21701": Meaning(
        Advice.STAFF_MUST_ACT, _("Twilio does not know this messaging service. Copy its SID again.")
    ),
    "21703": Meaning(
        Advice.STAFF_MUST_ACT, _("The messaging service has no number in it. Add one with Twilio.")
    ),
    "21704": Meaning(
        Advice.STAFF_MUST_ACT, _("The messaging service has no number in it. Add one with Twilio.")
    ),
    "30002": Meaning(Advice.STAFF_MUST_ACT, _ACCOUNT),
    "30010": Meaning(Advice.STAFF_MUST_ACT, _("The text costs more than the highest price set with Twilio.")),
    "30018": Meaning(Advice.STAFF_MUST_ACT, _REGISTER),
    "30024": Meaning(Advice.STAFF_MUST_ACT, _REGISTER),
    "30032": Meaning(Advice.STAFF_MUST_ACT, _REGISTER),
    "30033": Meaning(Advice.STAFF_MUST_ACT, _REGISTER),
    "30034": Meaning(Advice.STAFF_MUST_ACT, _REGISTER),
    "30035": Meaning(Advice.STAFF_MUST_ACT, _REGISTER),
    "30037": Meaning(Advice.STAFF_MUST_ACT, _ACCOUNT),
    "30042": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    # Ours to mend.
    "20001": Meaning(Advice.OUR_FAULT, _BUILT),
    "21602": Meaning(Advice.OUR_FAULT, _BUILT),
    "21604": Meaning(Advice.OUR_FAULT, _BUILT),
    "21605": Meaning(
        Advice.OUR_FAULT, _("The text is longer than 1,600 letters. Shorten it and send it again.")
    ),
    "21617": Meaning(
        Advice.OUR_FAULT, _("The text is longer than 1,600 letters. Shorten it and send it again.")
    ),
    "21619": Meaning(Advice.OUR_FAULT, _BUILT),
    "no_words": Meaning(
        Advice.OUR_FAULT, _("There was nothing to send. The people who run Porchlight have to look.")
    ),
}


def refused_answer(
    answer: Answer, said: object, *known: str, codes: Mapping[str, Meaning] = ERRORS
) -> Refused | Unclear:
    """An answer that is not a yes: by Twilio's code where we know it, otherwise by the status line."""
    code = tolerant.text(said, "code")
    detail = redact(tolerant.text(said, "message"), *known)
    meaning = codes.get(code)
    if meaning is not None:
        return Refused(meaning.advice, code, detail, answer.retry_after())
    by_status = refusal_by_status(answer, detail=detail)
    if isinstance(by_status, Refused) and code:
        return Refused(by_status.advice, code, detail, by_status.retry_after)
    return by_status


def reported(code: str, sentence: str) -> Refused:
    """A failed status's code. An unknown one is taken as "not by text": nothing else is known of it."""
    meaning = ERRORS.get(code)
    advice = meaning.advice if meaning else Advice.NEXT_CHANNEL
    return Refused(advice, code or "unknown", redact(sentence))
