"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

MET = (Purpose.TALK, Ground.TASK, Limit.TALK)
OF_A_ROUND = (Purpose.TALK, Ground.TASK, Limit.TALK)
OF_A_SEAT = ("seat__meeting__student", "seat__guardian")
WORK = ("colleague", Purpose.TALK, Ground.TASK, Limit.ROLL)

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
        "school", *OF_A_ROUND, since="made_at", names="name",
        facts="minutes max_run break_slots apart_minutes walk_minutes", ties="made_by asked_by", codes="key",
        times="answer_by made_at asked_at reminded_at told_at closed_at",
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
    "meetings.Planning": kept(
        "school", *OF_A_ROUND, facts="what progress asked_for unmet plan proposals outcome",
        ties="round asked_by stopped_by taken_by", codes="key seed seconds steps",
        times="asked_at begun_at seen_at stopped_at ended_at taken_at",
    ),
    "meetings.LateChange": kept(
        "child adult", *MET, ways_to=("wish__student", "wish__party__members__guardian"), since="at",
        facts="starts_at ends_at why outcome", ties="wish by", codes="key", times="at settled_at",
    ),
    "meetings.WishedHost": kept("colleague", *MET, ties="wish host"),
    "meetings.Visit": kept(
        "child adult", *MET, ways_to=("student", "guardian"), since="asked_at", tier=2,
        facts="asked_by purpose word channel ask_from place person minutes stopped_why", needs="language",
        words="words place_words", ties="student guardian staff typed_by first second meeting", codes="key",
        ways="district", times="asked_at offered_at said_at stopped_at", withheld="stopped_why",
    ),
    "meetings.VisitTime": kept(
        "child adult", *MET, ways_to=("visit__student", "visit__guardian"), ties="visit", codes="key",
        times="starts_at chosen_at",
    ),
    "meetings.VisitAsk": kept(
        "child adult", *MET, ways_to=("visit__student", "visit__guardian"), facts="asking", ties="ask visit",
        codes="revision", times="asked_at",
    ),
    "meetings.VisitPermission": kept("colleague", *MET, facts="of", ties="visit given_by", times="given_at over_at"),
    "meetings.VisitCheck": kept("colleague", *MET, ties="visit staff", times="in_at out_at"),
    "meetings.VisitCaller": kept("school", *OF_A_ROUND, ties="staff", codes="rank"),
    "meetings.Travel": kept("school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, facts="one other minutes"),
    "meetings.VisitNote": kept(
        "child adult", *MET, ways_to=("visit__student", "visit__guardian"), tier=2, words="text", facts="readers",
        ties="visit written_by", codes="key version", times="written_at shown_at counts_at",
    ),
    "meetings.NoteHeard": kept(
        "child adult", *MET, ways_to=("note__visit__student", "guardian"), tier=2, words="correction", facts="how",
        ties="note guardian read_by", codes="key version", times="at",
    ),
    "meetings.VisitHelp": kept(
        "child adult", *MET, ways_to=("visit__student", "visit__guardian"), tier=2, words="words",
        facts="sort asked_on due_on", ties="visit who given_by", codes="key", times="given_at",
    ),
    "meetings.VideoAccount": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, codes="key company settings held_code",
        words="held_reason test_said", secrets="sealed_secrets", ties="used_by",
        times="used_since held_at test_wanted_at tested_at created_at closed_at",
    ),
    "meetings.VideoRoom": kept(
        "child", *MET, child="meeting__student", words="trouble", ties="meeting account", codes="key revision tries",
        secrets="sealed_place", times="made_at ended_at due_at lease_until", withheld="trouble due_at lease_until",
    ),
    "meetings.StudentPart": kept(
        "child", *MET, child="meeting__student", ties="meeting typed_by", codes="key", times="since ready_at"
    ),
    "meetings.Shown": kept(
        "child", *MET, child="part__meeting__student", words="words link", facts="kind", ties="part photo",
        codes="key order",
    ),
    "meetings.Asked": kept(
        "child", *MET, child="part__meeting__student", words="text", ties="part", codes="key", times="asked_at"
    ),
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
        "adult colleague", Purpose.TALK, Ground.CONSENT, Limit.ROLL, adult="guardian", ties="guardian staff came_by",
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
        ties="minutes guardian read_by", times="at",
    ),
    "meetings.Step": kept(
        "child adult", *MET, ways_to=("meeting__student", "meeting__guests__guardian"), words="text",
        facts="doer due_on", needs="language", ties="meeting staff made_by errand done_by_staff done_by_guardian",
        codes="key about", times="made_at done_at dropped_at",
    ),
    "meetings.StandingHours": kept(
        *WORK, facts="purpose weekday starts ends minutes modes since until", ties="staff",
        codes="key", times="made_at ended_at",
    ),
    "meetings.Offer": kept(
        "child adult", *MET, ways_to=("student", "guardian"), since="ask__created_at", facts="sort",
        ties="ask student guardian staff wish meeting", codes="key", times="replaced_at",
    ),
    "meetings.OfferedTime": kept(
        "child adult", *MET, ways_to=("offer__student", "offer__guardian"), facts="mode", ties="offer", codes="key",
        times="starts_at ends_at",
    ),
    "meetings.CallBack": kept(
        "child adult", *MET, ways_to=("meeting__student", "guardian"), ties="item meeting guardian", codes="key",
        times="promised_at rung_at missed_at",
    ),
    "meetings.CounsellingWish": kept(
        "child adult", *MET, ways_to=("student", "by_guardian"), since="asked_at", facts="topic", words="words",
        ties="student counsellor by_guardian by_staff meeting", codes="key", times="asked_at closed_at",
    ),
    "meetings.InterpreterBooking": kept(
        "colleague", *MET, since="asked_at", facts="word", needs="language", ties="meeting staff asked_by",
        codes="key", times="asked_at said_at taken_back_at",
    ),
    "meetings.RoundWindow": kept("school", *OF_A_ROUND, facts="number starts ends", ties="round day"),
}  # fmt: skip
