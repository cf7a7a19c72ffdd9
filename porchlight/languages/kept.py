"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

KEPT = {
    "languages.KnownLanguage": kept(
        "colleague", Purpose.REACH, Ground.TASK, Limit.ROLL, needs="language", ties="staff", facts="checks"
    ),
    "languages.EngineAccount": kept(
        "school", Purpose.REACH, Ground.TASK, Limit.SCHOOL, codes="key engine settings held_code letters test",
        words="held_reason", secrets="sealed_secrets", ties="personal_by",
        times="personal_since held_at rests_until test_wanted_at created_at closed_at",
    ),
    "languages.VoiceAccount": kept(
        "school", Purpose.REACH, Ground.TASK, Limit.SCHOOL, codes="key company settings voices held_code",
        words="held_reason", secrets="sealed_secrets", ties="personal_by",
        times="personal_since held_at created_at closed_at",
    ),
    "languages.TrustedPair": kept(
        "school", Purpose.REACH, Ground.TASK, Limit.SCHOOL, codes="source target", ties="account set_by",
        times="set_at",
    ),
    # Sentences without their names: of nobody whom they could be found by. They go when nobody has said them for as
    # long as talk is kept.
    "languages.Sentence": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.TALK, since="used_at", tier=2, words="text translated",
        names="checked_name", codes="key source target fingerprint is_personal engine doubts tries trouble",
        facts="read_by_parent", ties="checked_by", times="due_at lease_until made_at used_at",
    ),
    "languages.Spelling": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, tier=0, words="word latin", codes="key language",
        ties="written_by", times="written_at",
    ),
    # A parent who reads translations: their own wish, and the office's word.
    "languages.ParentReader": kept(
        "adult colleague", Purpose.TALK, Ground.CONSENT, Limit.ROLL, adult="guardian", needs="language",
        facts="takes_notices takes_words takes_phrases is_named ended_how", codes="key",
        ties="guardian asked_by agreed_by",
        times="asked_at willing_at agreed_at ended_at",
    ),
    # A phrase of Porchlight's as a parent said it better: their name is looked up, never kept beside it.
    "languages.OwnPhrase": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, tier=0, words="text stood",
        codes="key language phrase",
        ties="said_by taken_by withdrawn_by", times="taken_at withdrawn_at",
    ),
    "languages.HardWord": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, tier=0, words="words plain", codes="key language",
        ties="written_by", times="written_at",
    ),
    "languages.Term": kept(
        "school", Purpose.TALK, Ground.TASK, Limit.SCHOOL, tier=0, words="words translation",
        codes="key source target", ties="written_by", times="written_at",
    ),
}  # fmt: skip
