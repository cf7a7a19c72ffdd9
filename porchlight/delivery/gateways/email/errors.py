"""What mail servers' replies mean: try again? whom to tell? what to say?

A reply has a three-figure code (RFC 5321) and mostly an enhanced one (RFC 3463, the IANA registry of enhanced
status codes), which says more and so is looked up first. What the same code means depends on the step it answers.
"""

from __future__ import annotations

import enum
import re

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.contract import Advice, Refused
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.redaction import redact


class Step(enum.StrEnum):
    """Where in the conversation with a mail server a reply came."""

    GREETING = "greeting"  # connecting, EHLO, STARTTLS
    LOGIN = "login"
    SENDER = "sender"  # MAIL FROM
    RECIPIENT = "recipient"  # RCPT TO
    CONTENT = "content"  # DATA


_AGAIN = _("The mail server has a passing problem. We try again by ourselves.")
_NOBODY = _("There is no such mailbox. Check the address with the family.")
_FULL = _("The family's mailbox is full. We try again tomorrow; reach them another way if it matters now.")
_LOGIN = _("The mail server does not accept user name and password. Correct them in the settings.")
_FROM = _(
    "The mail server will not send from the school's mailbox. Check the sender with your mail provider."
)
_PROOF = _(
    "The family's provider does not believe that this mail is from your school. "
    "Ask your mail provider to set up SPF, DKIM and DMARC for your domain."
)
_BLOCKED = _("The family's mail provider did not take this mail. Reach them another way.")
_BUILT = _("We built a mail the server cannot take. The people who run Porchlight have to look at it.")

# Enhanced codes. 4.x.y that stand not here are tried again; 5.x.y that stand not here go by the plain code.
ENHANCED: dict[str, Meaning] = {
    "4.2.2": Meaning(Advice.RETRY_LATE, _FULL),
    "4.7.8": Meaning(Advice.STAFF_MUST_ACT, _LOGIN),
    "5.1.0": Meaning(Advice.BAD_ADDRESS, _NOBODY),
    "5.1.1": Meaning(Advice.BAD_ADDRESS, _NOBODY),
    "5.1.2": Meaning(Advice.BAD_ADDRESS, _("The part after the @ does not exist. Check the address.")),
    "5.1.3": Meaning(Advice.BAD_ADDRESS, _("This is not a mail address. Correct it.")),
    "5.1.6": Meaning(Advice.BAD_ADDRESS, _("This mailbox has moved. Ask the family for the new address.")),
    "5.1.7": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "5.1.8": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "5.1.10": Meaning(Advice.BAD_ADDRESS, _("This domain takes no mail. Check the part after the @.")),
    "5.2.1": Meaning(Advice.BAD_ADDRESS, _("This mailbox is closed. Ask the family for another address.")),
    "5.2.2": Meaning(Advice.RETRY_LATE, _FULL),
    "5.2.3": Meaning(Advice.OUR_FAULT, _("The mail is longer than the family's mailbox allows. Shorten it.")),
    "5.3.4": Meaning(Advice.OUR_FAULT, _("The mail is longer than the server allows. Shorten it.")),
    "5.4.1": Meaning(Advice.BAD_ADDRESS, _NOBODY),
    "5.4.4": Meaning(
        Advice.BAD_ADDRESS, _("No server takes mail for this domain. Check the part after the @.")
    ),
    "5.4.310": Meaning(
        Advice.BAD_ADDRESS, _("No server takes mail for this domain. Check the part after the @.")
    ),
    "5.7.8": Meaning(Advice.STAFF_MUST_ACT, _LOGIN),
    "5.7.9": Meaning(Advice.STAFF_MUST_ACT, _LOGIN),
    "5.7.11": Meaning(Advice.STAFF_MUST_ACT, _("The mail server wants protection. Choose starttls or tls.")),
    "5.7.20": Meaning(Advice.STAFF_MUST_ACT, _PROOF),
    "5.7.21": Meaning(Advice.STAFF_MUST_ACT, _PROOF),
    "5.7.23": Meaning(Advice.STAFF_MUST_ACT, _PROOF),
    "5.7.25": Meaning(Advice.STAFF_MUST_ACT, _PROOF),
    "5.7.26": Meaning(Advice.STAFF_MUST_ACT, _PROOF),
    "5.7.27": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "5.7.60": Meaning(Advice.STAFF_MUST_ACT, _FROM),
    "5.7.509": Meaning(Advice.STAFF_MUST_ACT, _PROOF),
}

# Plain codes by step.
REPLIES: dict[Step, dict[int, Meaning]] = {
    Step.GREETING: {
        554: Meaning(
            Advice.STAFF_MUST_ACT, _("The mail server refuses this computer. Ask your mail provider.")
        ),
    },
    Step.LOGIN: {},
    Step.SENDER: {
        530: Meaning(
            Advice.STAFF_MUST_ACT, _("The mail server wants a login. Fill in user name and password.")
        ),
        552: Meaning(Advice.OUR_FAULT, _("The mail is longer than the server allows. Shorten it.")),
    },
    Step.RECIPIENT: {
        550: Meaning(Advice.BAD_ADDRESS, _NOBODY),
        551: Meaning(Advice.BAD_ADDRESS, _("This mailbox has moved. Ask the family for the new address.")),
        552: Meaning(Advice.RETRY_LATE, _FULL),
        553: Meaning(Advice.BAD_ADDRESS, _("This is not a mail address. Correct it.")),
        554: Meaning(Advice.NEXT_CHANNEL, _BLOCKED),
        556: Meaning(Advice.BAD_ADDRESS, _("This domain takes no mail. Check the part after the @.")),
    },
    Step.CONTENT: {
        550: Meaning(Advice.NEXT_CHANNEL, _BLOCKED),
        552: Meaning(Advice.RETRY_LATE, _FULL),
        554: Meaning(Advice.NEXT_CHANNEL, _BLOCKED),
    },
}
# What any other 5xx means at each step.
OTHERWISE: dict[Step, Meaning] = {
    Step.GREETING: Meaning(
        Advice.STAFF_MUST_ACT, _("The mail server does not talk to us. Check the settings.")
    ),
    Step.LOGIN: Meaning(Advice.STAFF_MUST_ACT, _LOGIN),
    Step.SENDER: Meaning(Advice.STAFF_MUST_ACT, _FROM),
    Step.RECIPIENT: Meaning(Advice.NEXT_CHANNEL, _BLOCKED),
    Step.CONTENT: Meaning(Advice.NEXT_CHANNEL, _BLOCKED),
}
# Said by ourselves, by the provider's webhooks, or by a returned mail.
OWN: dict[str, Meaning] = {
    "mailbox": Meaning(Advice.BAD_ADDRESS, _("This is not a mail address. Correct it.")),
    "no_api_key": Meaning(
        Advice.STAFF_MUST_ACT,
        _(
            "Brevo gives out what came along only against an API key. "
            "Make one there and write it into the settings."
        ),
    ),
    "smtputf8": Meaning(
        Advice.NEXT_CHANNEL,
        _("Your mail server cannot write to this address: it has letters it does not know."),
    ),
    "no_words": Meaning(
        Advice.OUR_FAULT, _("There was nothing to send. The people who run Porchlight have to look.")
    ),
    "settings": Meaning(
        Advice.STAFF_MUST_ACT, _("The mail settings are not complete. Open them and finish them.")
    ),
    "starttls": Meaning(
        Advice.STAFF_MUST_ACT,
        _("The mail server offers no protection by starttls. Try tls, or ask your provider."),
    ),
    "login": Meaning(
        Advice.STAFF_MUST_ACT, _("The mail server offers no login we know. Ask your mail provider.")
    ),
    "relay": Meaning(
        Advice.STAFF_MUST_ACT,
        _(
            "The mail server passes nothing on for us. Fill in user name and password, or ask your mail provider."
        ),
    ),
    "complained": Meaning(Advice.OPTED_OUT, _("The family marked a mail from school as unwanted. Ask them.")),
    "unsubscribed": Meaning(
        Advice.OPTED_OUT, _("The family told the mail provider to stop mail from school.")
    ),
    "invalid": Meaning(Advice.BAD_ADDRESS, _NOBODY),
    "bounced": Meaning(
        Advice.BAD_ADDRESS, _("Mail to this address came back. Check the address with the family.")
    ),
    "blocked": Meaning(Advice.NEXT_CHANNEL, _BLOCKED),
    "spam": Meaning(Advice.OPTED_OUT, _("The family marked a mail from school as unwanted. Ask them.")),
    "soft_bounce": Meaning(
        Advice.RETRY_LATE, _("The family's mailbox could not take this mail now. We try again tomorrow.")
    ),
    "timed_out": Meaning(Advice.RETRY_LATE, _("The family's mail server could not be reached for long.")),
    "other": Meaning(Advice.NEXT_CHANNEL, _BLOCKED),
}

_RELAY = re.compile(r"\brelay(?:ing)?\b", re.I)
_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")


def of_reply(step: Step, code: int, said: str, *known: str) -> Refused:
    """A mail server's no. `said` is its sentence, `known` the private words to leave out of the record."""
    found = _ENHANCED.search(said)
    enhanced = found[1] if found and found[1][0] == str(code)[0] else ""
    if step is Step.RECIPIENT and 550 <= code < 555 and _RELAY.search(said):
        return Refused(OWN["relay"].advice, "relay", redact(said, *known))
    return Refused(_meaning(step, code, enhanced).advice, _code(step, code, enhanced), redact(said, *known))


def has_status(said: str) -> bool:
    """A mail server's enhanced code stands in this sentence."""
    return _ENHANCED.search(said) is not None


def of_status(enhanced: str, said: str) -> Refused:
    """A returned mail's status (RFC 3464), such as 5.1.1, with the far server's sentence. The exact code may
    stand in either; a mail that came back for a passing reason was tried long enough already."""
    found = _ENHANCED.search(said) or _ENHANCED.search(enhanced)
    exact = found[1] if found else "5.0.0"
    three = re.search(r"\b([45]\d\d)\b", said)
    code = int(three[1]) if three and three[1][0] == exact[0] else 100 * int(exact[0]) + 50
    refused = of_reply(Step.RECIPIENT, code, f"{exact} {said}")
    if refused.advice is Advice.RETRY:
        return Refused(Advice.RETRY_LATE, refused.code, redact(said))
    return Refused(refused.advice, refused.code, redact(said))


def explain(code: str) -> str:
    """The sentence for staff about a code as `of_reply` wrote it; empty for one that is not a mail server's."""
    if own := OWN.get(code):
        return gettext(own.say)
    step, _space, rest = code.partition(" ")
    number, _space, enhanced = rest.partition(" ")
    if step not in Step or not number.isdigit():
        return ""
    return gettext(_meaning(Step(step), int(number), enhanced).say)


def _code(step: Step, code: int, enhanced: str) -> str:
    return f"{step} {code} {enhanced}".rstrip()


def _meaning(step: Step, code: int, enhanced: str) -> Meaning:
    if known := ENHANCED.get(enhanced):
        return known
    if 500 <= code < 505 or enhanced.startswith("5.6."):
        return Meaning(Advice.OUR_FAULT, _BUILT)
    if 400 <= code < 500 or code < 300:  # a yes where none was due is a server's passing confusion
        return Meaning(Advice.RETRY, _AGAIN)
    if code == 530:
        return REPLIES[Step.SENDER][530]
    if enhanced.startswith("5.7."):
        return (
            Meaning(Advice.NEXT_CHANNEL, _BLOCKED)
            if step in (Step.RECIPIENT, Step.CONTENT)
            else OTHERWISE[step]
        )
    if code in (534, 535, 538):
        return OTHERWISE[Step.LOGIN]
    return REPLIES[step].get(code, OTHERWISE[step])
