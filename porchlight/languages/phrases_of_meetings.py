"""What Porchlight itself says of meetings; see `phrase_list`."""

from __future__ import annotations

from porchlight.languages.phrase_entry import Phrase, phrase
from porchlight.schools.tiers import Tier

L1 = Tier.L1

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
    # A visit. Buttons first: at most 20 letters.
    "visit_yes_home": phrase("An answer to an offered visit."),
    "visit_yes_elsewhere": phrase("An answer to an offered visit: at a place they choose."),
    "visit_later": phrase("An answer to an offered visit, and to its day."),
    "visit_no": phrase("An answer to an offered visit."),
    "visit_home": phrase("A place to meet: the family's home."),
    "visit_cafe": phrase("A place to meet."),
    "visit_worship": phrase("A place to meet."),
    "visit_park": phrase("A place to meet."),
    "visit_library": phrase("A place to meet."),
    "visit_school": phrase("A place to meet."),
    "visit_3_months": phrase("When to ask again."),
    "visit_6_months": phrase("When to ask again."),
    "visit_we_say": phrase("When to ask again: not at all, they will say so themselves."),
    "visit_suits": phrase("The day and the two who come suit the family."),
    # Asked and told.
    "visit_offer": phrase("May we come and say hello?", "child", tier=L1),
    "visit_serious": phrase(
        "May we come? It is about something serious; their page says what.", "who child", tier=L1
    ),
    "visit_ask_place": phrase("They said yes, not at home: where?"),
    "visit_ask_time": phrase("Which of these times?"),
    "visit_ask_later": phrase("They said later: when may we ask again?"),
    "visit_asked_back": phrase("They asked us to come: thank you, and where?"),
    "visit_told": phrase(
        "Who comes, when and where; does it suit?", "first second when place child", "interpreter", tier=L1
    ),
    "visit_note": phrase("A note of the visit waits to be read and put right.", "who", tier=L1),
    # A note in a call: what was written down stands between the first line and the others.
    "visit_note_written": phrase("Before the words of the note.", "first second", tier=L1),
    "visit_note_personal": phrase("What may not be said in a call is read by a person.", "who", tier=L1),
    "visit_note_listen": phrase("Is it right, and who may read it?"),
    "visit_note_right": phrase("It is right; the child's teachers may read it."),
    "visit_note_right_pair": phrase("It is right; only the two who came may read it."),
    "visit_note_wrong": phrase("Something in it is not right; they say what after a tone."),
    "visit_note_ring": phrase("A person is to ring them about it."),
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
    # A round: when a family can come, about its children.
    "round_ask": phrase("When can you come?", "school child day link", tier=Tier.L1),
    "round_any_time": phrase("An answer to when they can come: whenever the school is there."),
    "round_reminder": phrase(
        "The same, once more before the last day.", "school child day link", tier=Tier.L1
    ),
}
