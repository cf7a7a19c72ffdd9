"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`.

A file goes with the words it came with; one that no words stand beside goes by itself.
"""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

KEPT = {
    "files.StoredFile": kept(
        "adult child", Purpose.TALK, Ground.TASK, Limit.UNUSED, since="kept_at",
        words="name", facts="claimed_type seen_type seconds size width height", codes="key source digest",
        times="kept_at cleaned_at",
    ),
}  # fmt: skip
