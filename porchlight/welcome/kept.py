"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

KEPT = {
    "welcome.HelloWeek": kept(
        "colleague", Purpose.REACH, Ground.TASK, Limit.SCHOOL, tier=0,
        facts="a_day", ties="started_by ended_by", codes="key", times="started_at ended_at",
    ),
}  # fmt: skip
