"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

AWAY = (Purpose.ATTENDANCE, Ground.TASK, Limit.TALK)

KEPT = {
    "learning.Absence": kept(
        "child adult", *AWAY, since="created_at", child="student", tier=2,
        facts="first_day last_day why how channel", ties="student said_by message written_by missed_by taken_off_by",
        codes="key", times="said_at missed_at created_at taken_off_at", withheld="how channel said_at",
    ),
    "learning.AbsenceQuestion": kept(
        "child adult", *AWAY, since="asked_at", child="thread__student", adult="thread__guardian", tier=2,
        facts="asking why first_day last_day", ties="ask thread absence message", times="asked_at settled_at",
    ),
    "learning.Register": kept(
        "colleague", *AWAY, since="taken_at", facts="day", ties="school_class taken_by", times="taken_at"
    ),
}  # fmt: skip
