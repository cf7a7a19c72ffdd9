"""The month of talk of `family_words` where nobody wrote it: sentences of the language's own phrase book, as long."""

from __future__ import annotations

from porchlight.languages.phrases import say

GIVEN = {
    "child": "{child}",
    "school": "Maple Street School",
    "phone": "01632 960001",
    "day": "12.10.",
    "why": "-",
    "by": "16:00",
    "key": "9",
}
SCHOOL = (
    *(
        "good_effort",
        "closed_tomorrow",
        "help",
        "please_come",
        "absence_ask_why",
        "call_hours",
        "good_question",
    ),
    *(
        "met_by_a_person",
        "letter_tick",
        "dose_few",
        "good_smile",
        "ringing_number",
        "letter_back",
        "stop_confirmed",
    ),
    "letter_words",
)
HOME = (
    *(
        "good_help",
        "call_thanks_voice",
        "call_goodbye",
        "call_machine",
        "good_smile",
        "hello_ways",
        "call_record",
    ),
    *("letter_number", "call_not_now", "we_will_ring", "good_question", "start_confirmed", "call_hours_kept"),
    *("call_stopped", "good_effort"),
)


def school_says(number: int, tag: str) -> str:
    """What the school writes on this day; a child is named by its place."""
    return say(SCHOOL[number], tag, **GIVEN)


def home_says(number: int, tag: str) -> str:
    """What the home writes back."""
    return say(HOME[number], tag, **{**GIVEN, "child": "Hamza"})
