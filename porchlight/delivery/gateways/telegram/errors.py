"""Telegram's refusals: try again? whom to tell? what to say?

Telegram has no codes of its own but the HTTP status, which it repeats as `error_code`, and a sentence. So each is known
by both, under a name of ours. What the sentence quotes is redacted before it is kept.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.meanings import Meaning
from porchlight.delivery.gateways.redaction import redact
from porchlight.delivery.gateways.wire import Answer, refusal_by_status

_GONE = _("This Telegram account does not exist any more. Ask the family for another way.")
_GROUP = _(
    "This is a group. We write to people, never to groups. Ask the family to press Start in our bot themselves."
)
_BUILT = _("We built a message Telegram cannot take. The people who run Porchlight have to look at it.")

ERRORS: dict[str, Meaning] = {
    "blocked": Meaning(
        Advice.OPTED_OUT,
        _("The family blocked the school's bot. They can press Start there to hear from you again."),
    ),
    "slow_down": Meaning(
        Advice.RETRY, _("Telegram asks us to slow down. We try again by ourselves, more slowly.")
    ),
    "passing": Meaning(Advice.RETRY, _("Telegram has a passing problem. We try again by ourselves.")),
    "not_begun": Meaning(
        Advice.NEXT_CHANNEL,
        _("A bot may not write first. Ask the family to press Start in the school's bot."),
    ),
    "no_voice": Meaning(Advice.NEXT_CHANNEL, _("The family's Telegram takes no voice notes from bots.")),
    "forbidden": Meaning(Advice.NEXT_CHANNEL, _("Telegram does not let our bot write there.")),
    "deactivated": Meaning(Advice.BAD_ADDRESS, _GONE),
    "chat_not_found": Meaning(Advice.BAD_ADDRESS, _GONE),
    "a_bot": Meaning(
        Advice.BAD_ADDRESS, _("This is a bot and not a person. Ask the family for another way.")
    ),
    "a_group": Meaning(Advice.BAD_ADDRESS, _GROUP),
    "became_a_group": Meaning(Advice.BAD_ADDRESS, _GROUP),
    "wrong_token": Meaning(
        Advice.STAFF_MUST_ACT,
        _("Telegram does not know this bot token. Copy it again from @BotFather into the settings."),
    ),
    "too_long": Meaning(Advice.OUR_FAULT, _BUILT),
    "no_words": Meaning(
        Advice.OUR_FAULT, _("There was nothing to send. The people who run Porchlight have to look.")
    ),
    "text_too_long": Meaning(Advice.OUR_FAULT, _BUILT),
    "sound_lost": Meaning(Advice.OUR_FAULT, _BUILT),
}

# Status and the words by which a sentence is known, in small letters; the first that fits counts.
SENTENCES: tuple[tuple[int, str, str], ...] = (
    (400, "chat not found", "chat_not_found"),
    (400, "user not found", "chat_not_found"),
    (400, "peer_id_invalid", "chat_not_found"),
    (400, "group chat was upgraded", "became_a_group"),
    (400, "voice_messages_forbidden", "no_voice"),
    (400, "message is too long", "too_long"),
    (400, "caption is too long", "too_long"),
    (400, "message text is empty", "no_words"),
    (401, "", "wrong_token"),
    (403, "blocked by the user", "blocked"),
    (403, "user is deactivated", "deactivated"),
    (403, "can't initiate conversation", "not_begun"),
    (403, "can't send messages to bots", "a_bot"),
    (403, "group", "a_group"),
    (403, "", "forbidden"),  # of one chat, never of the whole bot: that would be 401
    (404, "", "wrong_token"),  # the token is part of the address
    (429, "", "slow_down"),
    (500, "", "passing"),
    (503, "", "passing"),
)


def refused_answer(answer: Answer, said: object, *known: str) -> Refused | Unclear:
    """An answer that is not a yes. `known` are private words that a sentence may quote."""
    sentence = tolerant.text(said, "description")
    told = tolerant.text(said, "error_code")
    status = int(told) if told.isdecimal() and len(told) == 3 else answer.status
    detail = redact(sentence, *known)
    code = _code(status, sentence, is_move=bool(tolerant.text(said, "parameters", "migrate_to_chat_id")))
    if not code:
        return refusal_by_status(answer, detail=detail)
    advice = ERRORS[code].advice
    return Refused(advice, code, detail, _pause(answer, said) if advice is Advice.RETRY else None)


def _code(status: int, sentence: str, *, is_move: bool) -> str:
    if is_move:
        return "became_a_group"
    lower = sentence.lower()
    return next((code for known, words, code in SENTENCES if known == status and words in lower), "")


def _pause(answer: Answer, said: object) -> float | None:
    """Seconds: Telegram names them in its JSON, a relay before it in the header."""
    named = tolerant.text(said, "parameters", "retry_after")
    return float(named) if named.isdecimal() and len(named) < 8 else answer.retry_after()
