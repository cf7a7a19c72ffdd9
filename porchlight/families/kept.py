"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

ROLL = (Purpose.ROLL, Ground.TASK, Limit.ROLL)
REACH = (Purpose.REACH, Ground.TASK, Limit.ROLL)

KEPT = {
    "families.Student": kept(
        "child", *ROLL, since="left_at", child="pk",
        names="name called", ties="user", codes="key source_id", times="left_at created_at",
    ),
    "families.Enrolment": kept("child", *ROLL, child="student", ties="student school_class", times="since until"),
    "families.Guardian": kept(
        "adult", *ROLL, since="left_at", adult="pk", tier=2,
        names="name addressed_as", needs="speaks reads script access_needs may_ring ring_from ring_until timezone",
        facts="islamic_day",
        ties="user", codes="key source_id", times="left_at created_at",
    ),
    "families.Address": kept(
        "adult child colleague", *REACH, since="created_at", adult="contact_points__guardian",
        child="contact_points__student", unless="contact_points", tier=2,
        ways="value user_id", facts="state state_reason opted_out_at confirmed_at", codes="key channel window_until",
        times="created_at",
    ),
    "families.ContactPoint": kept(
        "adult child colleague", *REACH, adult="guardian", child="student",
        ties="address guardian student staff unsafe_by_id", facts="rank consented on_trial", codes="key",
        times="created_at ended_at unsafe_at", withheld="unsafe_at",
    ),
    "families.ContactChange": kept(
        "adult child", *REACH, since="asked_at", adult="guardian", child="guardian__ties__student", tier=2,
        ways="value", words="words why", facts="came_by how with_care",
        ties="guardian old point asked_by confirmed_by approved_by refused_by", codes="key channel is_user_id",
        times="asked_at confirmed_at approved_at told_at done_at refused_at",
        withheld="with_care why approved_at approved_by",
    ),
    "families.Caution": kept(
        "child", Purpose.SAFETY, Ground.DUTY, Limit.SAFETY, since="student__left_at", child="student", tier=3,
        words="why", ties="student set_by lifted_by", codes="key", times="set_at lifted_at",
    ),
    "families.ConsentRound": kept(
        "colleague", Purpose.PROOF, Ground.DUTY, Limit.TALK, since="recorded_at", unless="lines",
        words="source", facts="given_on classes", ties="recorded_by undone_by", codes="key",
        times="recorded_at undone_at",
    ),
    "families.Consent": kept(
        "adult child", Purpose.PROOF, Ground.CONSENT, Limit.ROLL, adult="contact_point__guardian",
        child="contact_point__student",
        words="wording", facts="given source", ties="contact_point round recorded_by_id", times="at",
    ),
    "families.Household": kept(
        "adult child", *ROLL, since="created_at", adult="members__guardian", child="members__student", unless="members",
        names="label", codes="key source_id", times="created_at",
    ),
    "families.HouseholdMembership": kept(
        "adult child", *ROLL, adult="guardian", child="student", ties="household student guardian",
        times="since until",
    ),
    "families.Guardianship": kept(
        "adult child", *ROLL, adult="guardian", child="student",
        ties="guardian student lent_by", facts="relation may_receive may_see_records may_collect", codes="key",
        times="since until",
    ),
    "families.Restriction": kept(
        "adult child", Purpose.SAFETY, Ground.DUTY, Limit.SAFETY, since="guardianship__student__left_at",
        adult="guardianship__guardian", child="guardianship__student", tier=3,
        words="evidence", facts="scope", ties="guardianship set_by_id", codes="key",
        times="since until set_at lifted_at",
    ),
}  # fmt: skip
