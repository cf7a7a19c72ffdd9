"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`.

The record holds ids and codes and is chained, so it stays as long as the school does; words beside it go.
"""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

RECORD = ("colleague adult child", Purpose.PROOF, Ground.DUTY, Limit.SCHOOL)

KEPT = {
    "activity.Entry": kept(
        *RECORD, codes="verb actor_kind actor_id about_type about_id facts digest", times="at"
    ),
    "activity.EntryText": kept(
        "colleague adult child", Purpose.PROOF, Ground.DUTY, Limit.TALK, since="entry__at",
        words="text", ties="entry", secrets="salt",
    ),
    "activity.EntrySeal": kept(*RECORD, ties="entry", codes="number digest", times="sealed_at"),
    "activity.Anchor": kept(*RECORD, codes="day number digest"),
    "activity.LookedAt": kept(*RECORD, ties="entry", codes="student_id"),
}  # fmt: skip
