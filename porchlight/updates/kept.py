"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

TOLD = (Purpose.TALK, Ground.TASK, Limit.TALK)

KEPT = {
    "updates.Fact": kept(
        "colleague", *TOLD, since="written_at", words="text", needs="language", facts="about since",
        ties="school_class written_by", codes="key", times="written_at",
    ),
    "updates.FactVersion": kept("colleague", *TOLD, words="text", names="by", needs="language", ties="fact"),
    "updates.FactReading": kept(
        "colleague", *TOLD, since="read_at", needs="language", ties="school_class file read_by", codes="key words",
        times="read_at",
    ),
    "updates.ClassWeek": kept(
        "colleague", *TOLD, since="ready_at", words="text", facts="week",
        ties="school_class written_by notice left_out_by lent_by", codes="key", times="ready_at left_out_at lent_at",
    ),
    "updates.Tonight": kept(
        "colleague", *TOLD, since="week", words="text", needs="language", facts="week shipped",
        ties="school_class chosen_by notice", codes="key",
    ),
    "updates.UpdateDay": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, facts="weekday hour", ties="school_class set_by",
        times="alone_since",
    ),
    "updates.Newsletter": kept(
        "colleague", *TOLD, since="month", words="text versions", needs="language", facts="month",
        ties="written_by notice", codes="key",
    ),
}  # fmt: skip
