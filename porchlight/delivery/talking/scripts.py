"""What is said at each turn of a call, and which keys are waited for. Pure: the same turn gives the same script.

Keys are the same in every call: 1 to 7 answer, 0 speaks, 8 is about the calls themselves, 9 says it again. Where an
answer may hold any key, ours stand behind a star and # ends it. A key that means nothing is never called wrong: what
can be pressed is said once more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from porchlight.delivery.content import ServiceKind
from porchlight.delivery.gateways.spoken import (
    AGAIN,
    CALLS,
    SPEAK,
    STAR,
    Keys,
    Piece,
    Script,
    Step,
    Turn,
    Way,
)
from porchlight.delivery.models import Delivery
from porchlight.delivery.talking.parts import Part

MOST_ROUNDS = 2  # times it is said anew to somebody who presses nothing, or nothing that is a key here
WAYS = {
    "yes_no": Way.ONE,
    "acknowledge": Way.ONE,
    "choose_one": Way.ONE,
    "choose_time": Way.ONE,
    "choose_several": Way.MANY,
    "number": Way.NUMBER,
    "short_text": Way.ALOUD,
    "voice_note": Way.ALOUD,
    "sign": Way.ALOUD,
}
SAYS_IT = "1"  # the key behind which an answer is said
ENDS_IT, HOURS, BACK = "15", ("2", "3", "4"), AGAIN  # keys of the menu about the calls

type Voice = Callable[[Delivery, Part], Piece]


class Question(NamedTuple):
    """Which keys answer, and how."""

    way: Way = Way.NONE
    answers: str = ""
    shape: str = ""


def question_of(delivery: Delivery) -> Question:
    """What a delivery asks, in keys."""
    body = delivery.body
    if delivery.parcel.service_kind == ServiceKind.WHICH_CHILD:
        lines = [line for line in body["text"].splitlines() if line[:1].isdigit()]
        return Question(Way.ONE, "".join(str(number) for number in range(1, len(lines) + 1)))
    shape = body.get("asks", "")
    way = WAYS.get(shape, Way.NONE)
    keys = SAYS_IT if way is Way.ALOUD else "".join(key for key, _ in body.get("options", []))
    return Question(way, keys, shape)


def opening(delivery: Delivery, turn: Turn, voice: Voice) -> Script:
    """Who rings; the message is said to whoever presses 1. To a machine: who we are, and nothing else."""
    if turn.by_machine:
        return Script((voice(delivery, Part("call_machine")),))
    pieces = _pieces(delivery, voice, [Part("call_greeting"), Part("call_hear"), Part("call_menu", CALLS)])
    last = turn.round + 1 >= MOST_ROUNDS
    return Script(
        pieces,
        Keys(Step.HEAR),
        otherwise=None if last else Step.BEGIN,
        round=turn.round + 1,
        after=(voice(delivery, Part("call_goodbye")),) if last else (),
    )


def message(delivery: Delivery, voice: Voice, *, first: Sequence[Piece] = ()) -> Script:
    """The message, what it asks, and what else can be pressed."""
    return _choices(delivery, voice, (*first, voice(delivery, Part())), question_of(delivery))


def said_back(spoken: Sequence[Delivery], delivery: Delivery, voice: Voice, *, thanks: str) -> Script:
    """What came of an answer, or of words: as any channel says it, or thanks. Then what else can be pressed."""
    pieces = tuple(voice(one, Part()) for one in spoken) or (voice(delivery, Part(thanks)),)
    question = question_of(delivery)
    for one in spoken:
        if one.parcel.service_kind == ServiceKind.WHICH_CHILD:
            return Script(pieces, _keys(question_of(one), 0), otherwise=None)
    return _after(delivery, voice, pieces, question)


def ending(delivery: Delivery, voice: Voice, spoken: Sequence[Delivery], phrase: str) -> Script:
    """The last words of a call."""
    return Script(tuple(voice(one, Part()) for one in spoken) or (voice(delivery, Part(phrase)),))


def once_more(delivery: Delivery, turn: Turn, voice: Voice) -> Script:
    """Nothing was pressed, or nothing that is a key here: kindly again, and in the end goodbye."""
    if turn.round >= MOST_ROUNDS:
        return Script((voice(delivery, Part("call_goodbye")),))
    first = (voice(delivery, Part("call_try_again")),) if turn.keys else ()
    return _choices(delivery, voice, first, question_of(delivery), round_=turn.round + 1)


def about_the_calls(delivery: Delivery, turn: Turn, voice: Voice) -> Script:
    """No more of them, or in which hours."""
    last = turn.step is Step.CALLS and turn.round >= MOST_ROUNDS
    if last:
        return Script((voice(delivery, Part("call_goodbye")),))
    round_ = turn.round + 1 if turn.step is Step.CALLS else 0
    return Script((voice(delivery, Part("call_hours")),), Keys(Step.CALLS, round=round_))


def recording(
    delivery: Delivery, voice: Voice, *, aloud: bool = False, first: Sequence[Delivery] = ()
) -> Script:
    """They speak. `aloud`: it is what they answer, or goes with the key they pressed; `first` what that key came to."""
    said = tuple(voice(one, Part()) for one in first)
    return Script((*said, voice(delivery, Part("call_record"))), records=True, aloud=aloud)


def says_more(delivery: Delivery, turn: Turn) -> bool:
    """Whether the answer they pressed is one that is said in words too."""
    return turn.is_answer and len(turn.keys) == 1 and turn.keys in delivery.body.get("speaks", "")


def control(turn: Turn) -> str:
    """The key of ours that was pressed; empty for an answer, or none."""
    keys = Keys(turn.step, turn.way, turn.answers)
    if keys.one_key:
        return turn.keys if turn.keys in (AGAIN, CALLS, SPEAK) else ""
    return turn.keys.removeprefix(STAR) if turn.keys.startswith(STAR) else ""


def _choices(
    delivery: Delivery, voice: Voice, first: Sequence[Piece], question: Question, *, round_: int = 0
) -> Script:
    keys = _keys(question, round_)
    named = [Part("call_option", key, key) for key in question.answers]
    asked = {
        "yes_no": [Part("call_yes_no")],
        "acknowledge": [Part("call_acknowledge")],
        "choose_one": named,
        "choose_time": named,
        "short_text": [Part("call_voice_note")],
        "voice_note": [Part("call_voice_note")],
        "sign": [Part("call_sign")],
        "choose_several": [*named, Part("call_several")],
        "number": [Part("call_number")],
    }.get(question.shape, [])
    star = not keys.one_key
    ours = [Part("call_speak", SPEAK, star=star), Part("call_again", AGAIN, star=star)]
    pieces = (*first, *_pieces(delivery, voice, [*asked, *ours, Part("call_menu", CALLS, star=star)]))
    return Script(pieces, keys, otherwise=Step.SAID, round=round_ + 1)


def _after(delivery: Delivery, voice: Voice, first: Sequence[Piece], question: Question) -> Script:
    """Another answer may still be pressed; who presses nothing has said all they wanted."""
    keys = _keys(question, MOST_ROUNDS)
    star = not keys.one_key
    ours = [Part("call_again", AGAIN, star=star), Part("call_speak", SPEAK, star=star)]
    goodbye = (voice(delivery, Part("call_goodbye")),)
    return Script((*first, *_pieces(delivery, voice, ours)), keys, after=goodbye)


def _keys(question: Question, round_: int) -> Keys:
    return Keys(Step.SAID, question.way, question.answers, round_)


def _pieces(delivery: Delivery, voice: Voice, named: Sequence[Part]) -> tuple[Piece, ...]:
    return tuple(voice(delivery, part) for part in named)
