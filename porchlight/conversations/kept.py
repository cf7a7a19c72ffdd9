"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

TALK = (Purpose.TALK, Ground.TASK, Limit.TALK)
THREAD = ("thread__student", "thread__guardian")
MESSAGE = ("message__thread__student", "message__thread__guardian")
HEARD = "address__contact_points__guardian"

KEPT = {
    "conversations.Thread": kept(
        "child adult", *TALK, child="student", adult="guardian", ties="guardian student", codes="key",
        times="created_at",
    ),
    "conversations.Message": kept(
        "child adult colleague", *TALK, since="said_at", ways_to=THREAD,
        words="text full_text media", needs="language", facts="author kind channel",
        ties="thread staff notice sound enclosed inbound settled_by", codes="key tier together",
        times="said_at undone_at settled_at",
    ),
    "conversations.Rendering": kept(
        "child adult", *TALK, ways_to=MESSAGE, words="text", names="by checked_by", needs="language",
        codes="provenance", ties="message",
    ),
    "conversations.ReadAloud": kept("child adult", *TALK, ways_to=MESSAGE, ties="message file"),
    "conversations.MessageParcel": kept("child adult", *TALK, ways_to=MESSAGE, ties="message parcel"),
    "conversations.Unreached": kept(
        "child adult", *TALK, ways_to=MESSAGE, ties="message", codes="reason",
        withheld="reason",
    ),
    "conversations.ChosenDose": kept(
        "adult", Purpose.REACH, Ground.TASK, Limit.ROLL, adult="guardian", facts="most hour weekday", ties="guardian",
        times="chosen_at",
    ),
    "conversations.Gathered": kept(
        "child adult", *TALK, ways_to=MESSAGE, ties="message", times="goes_at gone_at",
    ),
    "conversations.Seen": kept("colleague", *TALK, ways_to=MESSAGE, ties="message staff", times="at"),
    "conversations.Notice": kept(
        "child adult colleague", *TALK, since="created_at", child="messages__thread__student",
        adult="messages__thread__guardian", unless="messages",
        words="subject text urgent_reason", needs="language", facts="kind closes_on",
        ties="by template enclosed sorry_for closure", codes="key tier audience excluded press needs_approval",
        times="goes_at created_at released_at sent_at undone_at stopped_at", withheld="audience excluded",
    ),
    "conversations.NoticeVersion": kept(
        "colleague", *TALK, words="text", names="by checked_by", needs="language", codes="provenance",
        ties="notice",
    ),
    "conversations.Awaiting": kept("child adult", *TALK, ways_to=MESSAGE, ties="message", times="since not_before"),
    "conversations.Unchecked": kept(
        "child adult colleague", *TALK, ways_to=MESSAGE, words="reason", ties="notice message by", times="at"
    ),
    "conversations.Check": kept(
        "child adult colleague", *TALK, ways_to=MESSAGE, needs="language target", facts="reason mended",
        ties="notice message asked_by done_by", codes="key", times="asked_at done_at told_at", withheld="reason",
    ),
    "conversations.ParentVerdict": kept(
        "adult", *TALK, since="at", adult="reader__guardian", words="before after",
        facts="verdict", ties="reader check_of term version", codes="phrase", times="at",
    ),
    "conversations.Approval": kept("colleague", *TALK, ties="notice by", times="at"),
    "conversations.AnswerForAll": kept(
        "child adult", *TALK, child="question__thread__student", adult="question__thread__guardian",
        ties="notice question", codes="mended", times="at",
    ),
    "conversations.Ask": kept(
        "child adult", *TALK, ways_to=MESSAGE, words="options", facts="shape answer_from",
        ties="notice message", codes="key owner code", times="closes_at closed_at created_at",
    ),
    "conversations.Answer": kept(
        "child adult", *TALK, since="at", ways_to=THREAD,
        words="text refusal", facts="keys number channel accepted",
        ties="ask thread typed_by inbound spoken", codes="key", times="at",
    ),
    "conversations.Signature": kept(
        "child adult", *TALK, since="signed_at", ways_to=THREAD, words="words", names="name",
        needs="language", facts="channel", ties="answer ask thread recording witness", codes="key version",
        times="signed_at withdrawn_at",
    ),
    "conversations.TriageItem": kept(
        "stranger adult child", *TALK, since="heard_at", tier=2,
        adult=f"{HEARD} slip_of__guardian message__thread__guardian", child="slip_of__student message__thread__student",
        words="text full_text media outcome", names="sender_name", ways="sender", facts="reason channel",
        ties="inbound address slip_of resolved_by message", codes="key", times="heard_at resolved_at",
        withheld="reason",
    ),
    "conversations.WhichChild": kept(
        "adult child", *TALK, since="asked_at", adult=HEARD, words="text full_text media", codes="choices",
        ties="address inbound triage", times="heard_at asked_at placed_at", withheld="choices",
    ),
    "conversations.Ringing": kept(
        "adult colleague", *TALK, since="at", tier=2,
        adult=f"item__{HEARD} item__slip_of__guardian item__message__thread__guardian",
        child="item__message__thread__student",
        words="words", facts="came_of", ties="item by", times="again_at at undone_at",
    ),
    "conversations.StandIn": kept(
        "child adult colleague", *TALK, ways_to=THREAD, ties="thread staff handed_by", facts="lends",
        codes="key", times="until handed_at ended_at",
    ),
    "conversations.Listening": kept(
        "child adult colleague", *TALK, ways_to=MESSAGE, words="text", needs="language text_language",
        ties="message heard_by", codes="key", times="asked_at heard_at",
    ),
    "conversations.Mark": kept(
        "child colleague", *TALK, since="set_at", child="student", ties="staff student", times="set_at ended_at"
    ),
    "conversations.Sharing": kept(
        "adult child", Purpose.PROOF, Ground.CONSENT, Limit.TALK, ways_to=THREAD,
        words="words", facts="source", ties="thread recorded_by", codes="key", times="given_at ended_at",
    ),
    "conversations.SharingWith": kept(
        "adult", Purpose.PROOF, Ground.CONSENT, Limit.TALK, adult="guardian sharing__thread__guardian",
        child="sharing__thread__student", ties="sharing guardian",
    ),
    "conversations.Delegation": kept(
        "adult stranger child", Purpose.PROOF, Ground.CONSENT, Limit.TALK, since="asked_at", adult="named_by adult",
        child="about__student", tier=2, names="name", ways="value", needs="reads", words="words why",
        facts="relation until needs_office agreed_how ended_by", ties="named_by adult asked_by confirmed_by",
        codes="key channel", times="asked_at confirmed_at invited_at agreed_at ended_at",
    ),
    "conversations.DelegatedChild": kept(
        "child adult", Purpose.PROOF, Ground.CONSENT, Limit.TALK, child="student", adult="delegation__named_by",
        ties="delegation student tie",
    ),
    "conversations.FilmLimit": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, tier=0, codes="seconds kilobytes", ties="set_by",
        times="set_at",
    ),
    "conversations.Template": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, tier=0, names="name", codes="key kind",
        times="created_at retired_at",
    ),
    "conversations.PromiseKept": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, tier=0, facts="kept asked", times="since counted_at"
    ),
    "conversations.TemplateVersion": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, tier=0, words="text", names="checked_name", needs="language",
        ties="template written_by checked_by", times="updated_at checked_at",
    ),
    "conversations.Trouble": kept(
        "adult school", *TALK, since="since", adult=HEARD, words="text why", codes="key kind about",
        ties="account address", times="since",
    ),
    "conversations.Worry": kept(
        "child adult colleague", Purpose.SAFETY, Ground.DUTY, Limit.SAFETY, since="raised_at", ways_to=MESSAGE, tier=3,
        words="words outcome", ties="message raised_by seen_by", codes="key", times="raised_at seen_at",
    ),
}  # fmt: skip
