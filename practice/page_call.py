"""The keypad beside a phone's conversation: what can be done with the call that is on it."""

from __future__ import annotations

from practice.a_call import Call
from practice.calls import Calls
from practice.errors import Mistake
from practice.markup import Markup, el
from practice.page_parts import address, press
from practice.phones import Phone

KEYS = "123456789*0#"


def keypad(calls: Calls, phone: Phone) -> list[Markup]:
    """Buttons for the newest call, as it stands."""
    place = f"{address(phone)}call/"
    try:
        call = calls.newest(phone)
    except Mistake:
        return [el("p", "Nobody has rung yet.", class_="mute small")]
    if call.is_over:
        return [el("p", f"The last call: {call.status}.", class_="mute small")]
    if call.status == "ringing":
        return [
            press(place, "Answer", do="answer"),
            press(place, "Let the answering machine take it", do="answer", by="machine_end_beep"),
            press(place, "Decline", do="decline"),
            press(place, "Let it ring", do="let_ring"),
        ]
    return [*_on_the_line(call, place), press(place, "Hang up", do="hang_up")]


def _on_the_line(call: Call, place: str) -> list[Markup]:
    if call.waits is None:
        return []
    if call.waits.name == "Record":
        return [press(place, "Speak for 5 seconds", do="speak", seconds="5")]
    if call.waits.attributes.get("numDigits") == "1":
        return [
            *(press(place, key, do="press", keys=key) for key in KEYS),
            press(place, "Press nothing", do="wait"),
        ]
    presses = [press(place, f"{key} and #", do="press", keys=f"{key}#") for key in KEYS if key not in "*#"]
    star = [press(place, f"*{key} and #", do="press", keys=f"*{key}#") for key in "089"]
    return [*presses, *star, press(place, "Press nothing", do="wait")]
