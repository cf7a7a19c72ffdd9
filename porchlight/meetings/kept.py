"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

MET = (Purpose.TALK, Ground.TASK, Limit.TALK)
OF_A_ROUND = (Purpose.TALK, Ground.TASK, Limit.SCHOOL)

KEPT = {
    "meetings.Meeting": kept(
        "child", *MET, since="ends_at", child="student", facts="sort mode place with_student called_off_why",
        needs="language", ties="student interpreter arranged_by", codes="key revision",
        times="starts_at ends_at arranged_at told_at called_off_at", withheld="told_at",
    ),
    "meetings.HostSeat": kept("colleague", *MET, ties="meeting staff"),
    "meetings.GuestSeat": kept(
        "child adult", *MET, ways_to=("meeting__student", "guardian"), facts="word", ties="meeting guardian said_by",
        codes="key", times="said_at",
    ),
    "meetings.Whether": kept(
        "child adult", *MET, ways_to=("seat__meeting__student", "seat__guardian"), ties="ask seat", codes="revision",
    ),
    "meetings.AtMeetings": kept("colleague", *OF_A_ROUND, facts="person place", ties="staff"),
    "meetings.Round": kept(
        "school", *OF_A_ROUND, names="name", facts="minutes max_run break_slots apart_minutes walk_minutes",
        ties="made_by asked_by", codes="key", times="answer_by made_at asked_at reminded_at told_at closed_at",
    ),
    "meetings.RoundDay": kept("school", *OF_A_ROUND, facts="day starts ends", ties="round", codes="key"),
    "meetings.RoundClass": kept("school", *OF_A_ROUND, ties="round school_class"),
    "meetings.RoundHost": kept(
        "colleague", *OF_A_ROUND, facts="place zone interprets", ties="round staff", codes="key", times="said_at"
    ),
    "meetings.HostTime": kept("colleague", *OF_A_ROUND, facts="starts ends modes", ties="host day"),
    "meetings.Party": kept(
        "adult", *MET, since="round__made_at", adult="members__guardian", facts="channel modes person travel_minutes",
        words="who_comes", needs="language", ties="round typed_by", codes="key family",
        times="answered_at declined_at",
    ),
    "meetings.PartyMember": kept("adult", *MET, adult="guardian", ties="round party guardian ask"),
    "meetings.PartyTime": kept("adult", *MET, adult="party__members__guardian", facts="starts ends", ties="party day"),
    "meetings.Wish": kept(
        "child adult", *MET, ways_to=("student", "party__members__guardian"), since="made_at",
        facts="asked_by must priority minutes", words="why", ties="round party student meeting pinned_by",
        codes="key", times="made_at taken_back_at", withheld="must priority",
    ),
    "meetings.WishedHost": kept("colleague", *MET, ties="wish host"),
    "meetings.RoundWindow": kept("school", *OF_A_ROUND, facts="number starts ends", ties="round day"),
}  # fmt: skip
