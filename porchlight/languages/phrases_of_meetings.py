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
    # A round: when a family can come, about its children.
    "round_ask": phrase("When can you come?", "school child day link", tier=Tier.L1),
    "round_any_time": phrase("An answer to when they can come: whenever the school is there."),
    "round_reminder": phrase(
        "The same, once more before the last day.", "school child day link", tier=Tier.L1
    ),
}
