"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

MET = (Purpose.TALK, Ground.TASK, Limit.TALK)
OF_A_SEAT = ("seat__meeting__student", "seat__guardian")
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
        ties="made_by", codes="key", times="answer_by made_at asked_at told_at closed_at",
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
    "meetings.Reminder": kept(
        "child adult", *MET, ways_to=OF_A_SEAT, facts="before", ties="seat ask", codes="revision", times="at",
    ),
    "meetings.DayWord": kept(
        "child adult", *MET, ways_to=OF_A_SEAT, facts="word", ties="seat said_by", codes="revision", times="at",
    ),
    "meetings.Held": kept(
        "child", *MET, child="meeting__student", ties="meeting noted_by", times="began_at ended_at",
    ),
    "meetings.NobodyCame": kept("child", *MET, child="meeting__student", ties="meeting noted_by", times="noted_at"),
    "meetings.Missed": kept(
        "child adult", *MET, ways_to=OF_A_SEAT, facts="instead reason", ties="seat ask why_ask",
        times="asked_at instead_at reason_at",
    ),
    "meetings.CalendarFeed": kept(
        "adult colleague", Purpose.TALK, Ground.CONSENT, Limit.ROLL, adult="guardian", ties="guardian staff",
        codes="key", secrets="digest", times="names_since made_at revoked_at",
    ),
    "meetings.OpenQuestion": kept(
        "child adult", *MET, ways_to=("meeting__student", "meeting__guests__guardian"), facts="to shipped",
        words="text", needs="language", ties="meeting staff guardian", codes="key", times="put_at",
    ),
    "meetings.AskedBefore": kept("child adult", *MET, ways_to=OF_A_SEAT, ties="question seat ask"),
    "meetings.OpenAnswer": kept(
        "child adult", *MET, ways_to=("question__meeting__student", "question__meeting__guests__guardian"),
        words="text", needs="language", ties="question staff guardian", times="at",
    ),
    "meetings.Minutes": kept(
        "child adult", *MET, ways_to=("meeting__student", "meeting__guests__guardian"), words="text",
        needs="language", ties="meeting written_by sent_by", codes="key", times="written_at sent_at",
    ),
    "meetings.SaidOfMinutes": kept(
        "child adult", *MET, ways_to=("minutes__meeting__student", "guardian"), words="text", needs="language",
        ties="minutes guardian", times="at",
    ),
    "meetings.Step": kept(
        "child adult", *MET, ways_to=("meeting__student", "meeting__guests__guardian"), words="text",
        facts="doer due_on", needs="language", ties="meeting staff made_by errand done_by_staff done_by_guardian",
        codes="key about", times="made_at done_at dropped_at",
    ),
}  # fmt: skip
