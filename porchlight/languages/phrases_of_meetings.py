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
    # The times of a round.
    "round_times": phrase("Above a family's times.", "school"),
    "round_time_found": phrase("Above a time they asked for in the place of another."),
    "round_time_changed": phrase("Above a time that the school had to change."),
    "round_time_moved": phrase("Above a time that changed."),
    "round_time": phrase("One time.", "when child who", "where", tier=Tier.L1),
    "round_by_phone": phrase("Where a time is, inside another phrase."),
    "round_by_video": phrase("Where a time is, inside another phrase."),
    "round_at_home": phrase("Where a time is, inside another phrase."),
    "round_with_interpreter": phrase("Under a family's times."),
    "round_no_other_time": phrase("They asked for another time.", "child when day", tier=Tier.L1),
    "round_time_off": phrase("A time that cannot be, and no other yet.", "child when day", tier=Tier.L1),
}
