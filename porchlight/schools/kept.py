"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`.

A colleague who left is named for as long as records of safeguarding may name them.
"""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

SCHOOL = ("school", Purpose.SERVICE, Ground.TASK, Limit.SCHOOL)
WORK = ("colleague", Purpose.ROLL, Ground.TASK, Limit.ROLL)

KEPT = {
    "schools.School": kept(
        *SCHOOL, tier=0,
        names="name", ways="phone emergency_numbers", words="out_of_hours_words",
        facts="timezone language country law text_costs weekdays opens_at closes_at reads_from reads_until quiet_from"
        " quiet_until light_window answer_within shows_promise_kept most_removed hijri_days own_phrases",
        codes="slug", times="created_at closed_at",
    ),
    "schools.Term": kept(*SCHOOL, tier=0, names="name", codes="source_id", times="starts_on ends_on"),
    "schools.Closure": kept(*SCHOOL, tier=0, names="name", times="starts_on ends_on"),
    "schools.SchoolClass": kept(*SCHOOL, tier=0, names="name year", codes="key source_id", times="closed_at"),
    "schools.StaffMember": kept(
        "colleague", Purpose.ROLL, Ground.TASK, Limit.SAFETY, since="left_at", empties="name email source_id",
        names="name", ways="email", ties="user", codes="key source_id",
        times="created_at left_at rests_since let_in_at",
    ),
    "schools.StaffRole": kept(*WORK, facts="role is_deputy", ties="staff"),
    "schools.Teaching": kept(*WORK, facts="is_lead", ties="school_class staff", times="since until"),
    "schools.ReadingHours": kept(*WORK, facts="weekdays reads_from reads_until", ties="staff"),
    "schools.Away": kept(
        *WORK, since="said_at", ties="staff colleague", codes="key", times="since until said_at ended_at"
    ),
    "schools.OperatorGrant": kept(
        "colleague", Purpose.PROOF, Ground.DUTY, Limit.TALK, since="asked_at", tier=2,
        words="why", ties="operator approved_by", codes="key", times="asked_at approved_at ends_at ended_at",
    ),
    "schools.SchoolKey": kept(*SCHOOL, tier=3, secrets="wrapped", codes="key", times="made_at retired_at"),
    "schools.LiveVersion": kept("nobody", *SCHOOL[1:], tier=0, codes="topic number"),
}  # fmt: skip
