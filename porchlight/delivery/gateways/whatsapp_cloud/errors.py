"""Meta's error codes: try again? whom to tell? what to say?

Sources: Meta's "Cloud API error codes" page and the classes in its release notes. Codes are matched by number,
never by title, because titles are reworded. What Meta says in `details` may quote a number or a name, so it is
redacted before it is kept.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.redaction import redact
from porchlight.delivery.gateways.wire import Answer, refusal_by_status

_AGAIN = _("WhatsApp has a passing problem. We try again by ourselves.")
_BUSY = _("WhatsApp asks us to slow down. We try again by ourselves, more slowly.")
_RIGHTS = _(
    "WhatsApp no longer accepts our access. Make a new access token with Meta and put it into the settings."
)
_BUILT = _("We built a message WhatsApp cannot take. The people who run Porchlight have to look at it.")
_TEMPLATE = _("WhatsApp does not accept this template as we sent it. Compare it with the one Meta approved.")

ERRORS: dict[str, Meaning] = {
    # Passing trouble: again, with patience.
    "1": Meaning(Advice.RETRY, _AGAIN),
    "2": Meaning(Advice.RETRY, _AGAIN),
    "131000": Meaning(Advice.RETRY, _AGAIN),
    "131016": Meaning(Advice.RETRY, _AGAIN),
    "131052": Meaning(Advice.RETRY, _("WhatsApp could not fetch a file. We try again by ourselves.")),
    "131053": Meaning(Advice.RETRY, _("WhatsApp could not take a file. We try again by ourselves.")),
    "131057": Meaning(Advice.RETRY, _("WhatsApp is maintaining this account. We try again by ourselves.")),
    "133004": Meaning(Advice.RETRY, _AGAIN),
    "133016": Meaning(Advice.RETRY, _BUSY),
    "135000": Meaning(Advice.RETRY, _AGAIN),
    "4": Meaning(Advice.RETRY, _BUSY),
    "80007": Meaning(Advice.RETRY, _BUSY),
    "130429": Meaning(Advice.RETRY, _BUSY),
    "131056": Meaning(
        Advice.RETRY,
        _("Too many messages to this one home in a short time. We wait and try again by ourselves."),
    ),
    # Trying soon makes these worse.
    "130472": Meaning(
        Advice.RETRY_LATE,
        _("WhatsApp keeps this family in a trial that blocks some messages. We try again tomorrow."),
    ),
    "131048": Meaning(
        Advice.RETRY_LATE,
        _("WhatsApp limits this number because messages were blocked or reported. We try again tomorrow."),
    ),
    "131049": Meaning(
        Advice.RETRY_LATE,
        _("WhatsApp held this back so the family gets fewer business messages. We try tomorrow."),
    ),
    # The window is closed.
    "131047": Meaning(
        Advice.NEEDS_TEMPLATE,
        _("The family last wrote more than 24 hours ago, so only an approved template may go out."),
    ),
    # Not on this channel; another one may reach them.
    "130497": Meaning(
        Advice.NEXT_CHANNEL, _("WhatsApp does not carry this school's messages to that country.")
    ),
    "131026": Meaning(
        Advice.NEXT_CHANNEL, _("This number cannot get WhatsApp messages: no account, or a very old app.")
    ),
    "131030": Meaning(
        Advice.NEXT_CHANNEL,
        _("The school's WhatsApp number is still in test mode and this number is not on its list."),
    ),
    "131050": Meaning(
        Advice.NEXT_CHANNEL,
        _("The family asked WhatsApp for no marketing messages, and this template counts as marketing."),
    ),
    "131051": Meaning(Advice.NEXT_CHANNEL, _("The family's WhatsApp cannot show this kind of message.")),
    "131062": Meaning(
        Advice.NEXT_CHANNEL, _("This message needs a phone number, and this family shows WhatsApp none.")
    ),
    "131021": Meaning(Advice.BAD_ADDRESS, _("This is the school's own number. Correct the contact.")),
    "137000": Meaning(
        Advice.BAD_ADDRESS,
        _("WhatsApp says the phone behind this number changed. Ask the family whether it is still theirs."),
    ),
    # The account or a template is at fault: the office acts, and the lane waits.
    "0": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "3": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "10": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "33": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Meta does not know the phone number id in the settings. Copy it again from Meta."),
    ),
    "190": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "368": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Meta has blocked this account for a broken rule. Look at the account with Meta."),
    ),
    "131005": Meaning(Advice.STAFF_MUST_ACT, _RIGHTS),
    "131031": Meaning(
        Advice.STAFF_MUST_ACT, _("Meta has locked this account. Look at the account with Meta.")
    ),
    "131037": Meaning(
        Advice.STAFF_MUST_ACT, _("The number's display name is not approved yet. Ask Meta to approve it.")
    ),
    "131042": Meaning(
        Advice.STAFF_MUST_ACT, _("Meta could not take payment. Check the payment method with Meta.")
    ),
    "131045": Meaning(
        Advice.STAFF_MUST_ACT, _("This number is not registered for sending. Register it with Meta.")
    ),
    "131063": Meaning(Advice.STAFF_MUST_ACT, _TEMPLATE),
    "132000": Meaning(
        Advice.STAFF_MUST_ACT,
        _("The template has more or fewer blanks than we filled. Compare it with Meta's copy."),
    ),
    "132001": Meaning(
        Advice.STAFF_MUST_ACT, _("Meta has no approved template of this name in this language. Check both.")
    ),
    "132005": Meaning(
        Advice.STAFF_MUST_ACT, _("The filled-in template is too long. Shorten what goes into its blanks.")
    ),
    "132007": Meaning(
        Advice.STAFF_MUST_ACT, _("Meta says this template breaks a rule. Rewrite it and ask again.")
    ),
    "132008": Meaning(Advice.STAFF_MUST_ACT, _TEMPLATE),
    "132012": Meaning(Advice.STAFF_MUST_ACT, _TEMPLATE),
    "132015": Meaning(
        Advice.STAFF_MUST_ACT, _("Meta paused this template because families reported it. Use another one.")
    ),
    "132016": Meaning(
        Advice.STAFF_MUST_ACT, _("Meta switched this template off for good. Make another one.")
    ),
    "132018": Meaning(Advice.STAFF_MUST_ACT, _TEMPLATE),
    "133010": Meaning(
        Advice.STAFF_MUST_ACT, _("This number is not registered with WhatsApp. Register it with Meta.")
    ),
    # Ours to mend.
    "100": Meaning(Advice.OUR_FAULT, _BUILT),
    "131008": Meaning(Advice.OUR_FAULT, _BUILT),
    "131009": Meaning(Advice.OUR_FAULT, _BUILT),
    # Words for what we find out ourselves.
    "no_words": Meaning(
        Advice.OUR_FAULT, _("There was nothing to send. The people who run Porchlight have to look.")
    ),
}
# Meta gives 200 to 299 to missing permissions, without promising which numbers it uses.
ERRORS |= {str(code): Meaning(Advice.STAFF_MUST_ACT, _RIGHTS) for code in range(200, 300)}


def refusal(error: object, *known: str, retry_after: float | None = None) -> Refused | None:
    """One of Meta's error objects in our words; None when it names no code we know. `known` is redacted."""
    code = tolerant.text(error, "code")
    if code == "100" and tolerant.text(error, "error_subcode") == "33":
        code = "33"  # not a bad message: there is no such phone number id, or not for this token
    meaning = ERRORS.get(code)
    if meaning is None:
        return None
    return Refused(meaning.advice, code, _sentence(error, *known), retry_after)


def reported(error: object) -> Refused:
    """A failed status's error. An unknown code is taken as "not on this channel": nothing else is known of it."""
    return refusal(error) or Refused(
        Advice.NEXT_CHANNEL, tolerant.text(error, "code") or "unknown", _sentence(error)
    )


def refused_answer(answer: Answer, error: object, *known: str) -> Refused | Unclear:
    """An answer that is not a yes: by Meta's code where we know it, otherwise by the status line."""
    meant = refusal(error, *known, retry_after=answer.retry_after())
    if meant is not None:
        return meant
    by_status = refusal_by_status(answer, detail=_sentence(error, *known))
    code = tolerant.text(error, "code")
    if isinstance(by_status, Refused) and code:
        return Refused(by_status.advice, code, by_status.detail, by_status.retry_after)
    return by_status


def _sentence(error: object, *known: str) -> str:
    said = tolerant.text(error, "error_data", "details") or tolerant.text(error, "message")
    return redact(said or tolerant.text(error, "title"), *known)
