"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

KEPT = {
    "languages.KnownLanguage": kept(
        "colleague", Purpose.REACH, Ground.TASK, Limit.ROLL, needs="language", ties="staff"
    ),
}
