"""What this room itself keeps; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

ASKED = (Purpose.PROOF, Ground.DUTY, Limit.TALK)

KEPT = {
    "privacy.Request": kept(
        "child adult colleague", *ASKED, since="answered_at", tier=2,
        words="words", facts="kind outcome due_on", ties="student guardian asked_by recorded_by answered_by",
        codes="key counts", times="asked_at answered_at",
    ),
    "privacy.Decision": kept(
        "child adult colleague", *ASKED, tier=3, words="why", facts="is_given", ties="request by",
        codes="key about_type about_id", times="at",
    ),
    "privacy.Hold": kept(
        "child adult colleague", Purpose.PROOF, Ground.DUTY, Limit.TALK, since="lifted_at", child="student",
        adult="guardian", tier=2, words="why", ties="student guardian set_by lifted_by", codes="key",
        times="set_at lifted_at", withheld="why",
    ),
    "privacy.OwnLimit": kept(
        "school", Purpose.SERVICE, Ground.TASK, Limit.SCHOOL, tier=0, codes="limit days", ties="set_by", times="set_at"
    ),
    "privacy.Clearing": kept(
        "school", Purpose.PROOF, Ground.DUTY, Limit.TALK, since="at", tier=0, codes="day counts", times="at"
    ),
    "privacy.Leaving": kept(
        "colleague", Purpose.PROOF, Ground.DUTY, Limit.TALK, since="undone_at", tier=0,
        ties="asked_by agreed_by undone_by", times="asked_at agreed_at due_at undone_at",
    ),
}  # fmt: skip
