"""What push services refuse with: try again? whom to tell? what to say?

Their words are HTTP statuses (RFC 8030, sections 5 and 8.4) with a sentence beside them. The address of each was given
by a browser, so that anybody may stand behind it: nothing one of them says holds the school's line or wakes the office.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.redaction import redact
from porchlight.delivery.gateways.wire import Answer

LONGEST_PAUSE = 900.0  # seconds: what one push service may ask of all
_OVER = _("This browser is told nothing any more: it was turned off there. The words go another way.")
_NOT_HERE = _("This browser’s push service does not take it from us. The words go another way.")
_BUILT = _(
    "We built a message that push services cannot take. The people who run Porchlight have to look at it."
)

ERRORS: dict[str, Meaning] = {
    "no_subscription": Meaning(Advice.BAD_ADDRESS, _OVER),
    "not_public": Meaning(
        Advice.BAD_ADDRESS, _("This push service is not on the open internet, so nothing was sent there.")
    ),
    "subscription_over": Meaning(Advice.BAD_ADDRESS, _OVER),
    "moved": Meaning(Advice.NEXT_CHANNEL, _NOT_HERE),
    "not_ours": Meaning(Advice.NEXT_CHANNEL, _NOT_HERE),
    "not_taken": Meaning(Advice.NEXT_CHANNEL, _NOT_HERE),
    "slow_down": Meaning(
        Advice.RETRY, _("The push service asks us to slow down. We try again by ourselves, more slowly.")
    ),
    "passing": Meaning(Advice.RETRY, _("The push service has a passing problem. We try again by ourselves.")),
    "too_large": Meaning(Advice.OUR_FAULT, _BUILT),
    "text_too_long": Meaning(Advice.OUR_FAULT, _BUILT),
    "no_words": Meaning(
        Advice.OUR_FAULT, _("There was nothing to send. The people who run Porchlight have to look.")
    ),
    "no_key": Meaning(
        Advice.STAFF_MUST_ACT,
        _(
            "The school’s key for screens does not open. Close this way and connect it anew; families turn it on again."
        ),
    ),
    "no_contact": Meaning(
        Advice.STAFF_MUST_ACT, _("The mailbox for the push services is missing. Write it in the settings.")
    ),
}

BY_STATUS = {
    400: "not_taken",
    401: "not_ours",
    403: "not_ours",  # said yes to another key of ours, or another school's
    404: "subscription_over",
    408: "passing",
    410: "subscription_over",
    413: "too_large",
    425: "passing",
    429: "slow_down",
}


def refused_answer(answer: Answer, *known: str) -> Refused | Unclear:
    """An answer that is not a yes. `known` are private words that its sentence may quote."""
    status = answer.status
    if status in (502, 504):
        return Unclear(f"a relay in between answered {status}: the message may have passed it")
    code = BY_STATUS.get(status) or ("moved" if status < 400 else "passing" if status >= 500 else "not_taken")
    said = tolerant.answer_of(answer.body)
    sentence = next(
        (found for name in ("message", "reason", "error") if (found := tolerant.text(said, name))), ""
    )
    refused = Refused(ERRORS[code].advice, code, redact(sentence, *known))
    pause = answer.retry_after() if refused.advice is Advice.RETRY else None
    return refused if pause is None else replace(refused, retry_after=min(pause, LONGEST_PAUSE))
