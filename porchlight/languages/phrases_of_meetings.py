"""What Porchlight itself says of meetings; see `phrase_list`."""

from __future__ import annotations

from porchlight.languages.phrase_entry import Phrase, phrase
from porchlight.schools.tiers import Tier

OF_MEETINGS: dict[str, Phrase] = {
    # Words on buttons: at most 20 letters.
    "meeting_yes": phrase("An answer to a time."),
    "meeting_another": phrase("An answer to a time."),
    "meeting_cannot": phrase("An answer to a time."),
    # Said back.
    "meeting_has_moved": phrase("An answer to a time that has changed since."),
    "meeting_is_off": phrase("An answer to a time that is off."),
    # Around a meeting. Words on buttons.
    "meeting_coming": phrase("An answer to a reminder."),
    "meeting_late": phrase("An answer to a reminder."),
    "meeting_missed_time": phrase("What would suit who was not there."),
    "meeting_missed_phone": phrase("What would suit who was not there."),
    "meeting_missed_later": phrase("What would suit who was not there."),
    "meeting_why_ill": phrase("What came in between."),
    "meeting_why_work": phrase("What came in between."),
    "meeting_why_transport": phrase("What came in between."),
    "meeting_why_forgot": phrase("What came in between."),
    "meeting_why_interpreter": phrase("What came in between."),
    "meeting_why_unknown": phrase("What came in between: they did not know of it."),
    "meeting_why_other": phrase("What came in between."),
    # Reminders: the first line, then a line for each meeting: where, and with whom.
    "meeting_near": phrase("The school day before."),
    "meeting_soon": phrase("An hour before."),
    "meeting_line": phrase("One meeting.", "child when", "text name", tier=Tier.L1),
    "meeting_by_phone": phrase("In place of the room."),
    "meeting_by_video": phrase("In place of the room."),
    # After it.
    "meeting_missed": phrase("They were not there, and nobody blames them.", "child when", tier=Tier.L1),
    "meeting_missed_why": phrase("Asked once of who answered that."),
    "meeting_minutes_told": phrase("It can be read behind the sign-in.", "child link", tier=Tier.L1),
    # Before it.
    "meeting_before": phrase("Above an open question.", "child", tier=Tier.L1),
    "meeting_q_at_home": phrase("To the family.", "child", tier=Tier.L1),
    "meeting_q_good": phrase("To the family.", "child", tier=Tier.L1),
    "meeting_q_worry": phrase("To the family.", "child", tier=Tier.L1),
    "meeting_q_wish": phrase("To the family."),
    "meeting_q_does_well": phrase("To the school.", "child", tier=Tier.L1),
    "meeting_q_help": phrase("To the school.", "child", tier=Tier.L1),
    "meeting_q_next": phrase("To the school.", "child", tier=Tier.L1),
}
