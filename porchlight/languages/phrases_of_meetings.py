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
    # Standing hours and calls promised.
    "hours_choose": phrase(
        "Free times of a colleague; the times follow as answers.", "child name", tier=Tier.L1
    ),
    "hours_taken": phrase("An answer to a time that somebody else was quicker to take; other times follow."),
    "hours_none_left": phrase("The same, and there is no other free time."),
    "hours_booked": phrase("A time that is agreed.", "child name when", tier=Tier.L1),
    "hours_at_school": phrase("How a meeting is held."),
    "hours_by_video": phrase("How a meeting is held."),
    "hours_by_phone": phrase("How a meeting is held."),
    "call_promised": phrase("Who rings a family, and between which times.", "name when by", tier=Tier.L1),
    "call_spoken": phrase("In which language they are rung.", "spoken", tier=Tier.L1),
    "call_missed": phrase("We did not ring as we promised; the new time follows."),
    "call_missed_none": phrase("We did not ring as we promised, and no new time is known yet."),
    "hours_moved": phrase(
        "A meeting has to move; the new time follows, and whether it suits is asked.", "child", tier=Tier.L1
    ),
    "hours_off": phrase("A meeting cannot take place.", "child when", tier=Tier.L1),
}
