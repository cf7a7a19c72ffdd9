"""What a home hears next, as TwiML.

Every address in it is ours, names the delivery and the turn, and is covered by Twilio's signature when it comes back.
"""

from __future__ import annotations

from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from porchlight.delivery.gateways.spoken import Keys, Piece, Script, Step, Turn
from porchlight.delivery.gateways.twilio_sms.account import TRY_AGAIN
from porchlight.delivery.gateways.twilio_voice import reading

KEY_WITHIN, NUMBER_WITHIN = 8, 12  # seconds of silence after which nobody seems to press
LONGEST = 120  # seconds of a spoken message
QUIET_ENDS = 6  # seconds of silence that end it
NOT_FOR_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 65534, 65535])


def twiml(script: Script, turn: Turn, callback: str) -> str:
    """The whole answer."""
    if script.refuses:
        return _response('<Reject reason="busy"/>')
    said = "".join(map(_piece, script.pieces))
    parts = [said]
    if script.keys is not None:
        parts = [_gather(script.keys, turn, callback, said)]
    elif script.records:
        aloud = Keys(Step.RECORDED, turn.way, turn.keys) if script.aloud else None
        place = place_of(callback, turn, Step.RECORDED, keys=aloud)
        parts.append(
            f'<Record{_attribute("action", place)} maxLength="{LONGEST}" timeout="{QUIET_ENDS}"'
            ' finishOnKey="#" playBeep="true" trim="do-not-trim"/>'
        )
    parts += map(_piece, script.after)
    if script.otherwise is not None:
        place = place_of(callback, turn, script.otherwise, round_=script.round)
        parts.append(f'<Redirect method="POST">{escape(place)}</Redirect>')
    else:
        parts.append("<Hangup/>")
    return _response("".join(parts))


def place_of(callback: str, turn: Turn, step: Step, *, keys: Keys | None = None, round_: int = 0) -> str:
    """Where Twilio comes back to for a step."""
    asked: dict[str, object] = {
        reading.REFERENCE: turn.reference,
        reading.STEP: step.value,
        reading.COUNT: turn.count + 1,
        reading.ROUND: keys.round if keys else round_,
    }
    if keys and keys.way:
        asked |= {reading.WAY: keys.way.value, reading.ANSWERS: keys.answers}
    return f"{callback}{'&' if '?' in callback else '?'}{urlencode(asked)}#{TRY_AGAIN}"


def _gather(keys: Keys, turn: Turn, callback: str, said: str) -> str:
    place = place_of(callback, turn, keys.step, keys=keys)
    how = f'numDigits="1" finishOnKey="" timeout="{KEY_WITHIN}"'
    if not keys.one_key:
        how = f'finishOnKey="#" timeout="{NUMBER_WITHIN}"'
    return f'<Gather input="dtmf" method="POST"{_attribute("action", place)} {how}>{said}</Gather>'


def _piece(piece: Piece) -> str:
    if piece.sound:
        return f"<Play>{escape(piece.sound)}</Play>"
    how = _attribute("language", piece.language) if piece.language and not piece.voice else ""
    voice = _attribute("voice", piece.voice) if piece.voice else ""
    return f"<Say{voice}{how}>{escape(piece.text.translate(NOT_FOR_XML))}</Say>"


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(value)}"


def _response(inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>'
