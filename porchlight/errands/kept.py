"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

KEPT = {
    "errands.Errand": kept(
        "adult child colleague", Purpose.REACH, Ground.TASK, Limit.TALK, since="created_at",
        adult="guardian", child="student", tier=2,
        words="outcome", facts="kind reason about", ties="assigned_to guardian student done_by", codes="key",
        times="due_at created_at done_at",
    ),
}  # fmt: skip
