"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

OURS = ("school", Purpose.REACH, Ground.TASK, Limit.SCHOOL)
CARRIED = (Purpose.REACH, Ground.TASK, Limit.CARRIED)

KEPT = {
    "delivery.Account": kept(
        *OURS, tier=2, names="label", ways="sender", facts="gateway channel rate_per_second rank",
        secrets="settings sealed_secrets", codes="key", times="created_at closed_at",
    ),
    "delivery.WebhookRoute": kept(
        *OURS, tier=2, secrets="key", ties="account", codes="gateway connect_problem looked",
        times="waiting_since fetch_at connect_at connected_at look_at created_at closed_at",
    ),
    "delivery.Lane": kept(
        *OURS, tier=0, ties="account",
        codes="channel rate_per_second tokens per_hour per_day left_hour left_day failures held_reason",
        times="due_at served_at tokens_at hour_from day_from rests_until held_at",
    ),
    "delivery.KillSwitch": kept(
        "colleague", Purpose.PROOF, Ground.TASK, Limit.TALK, since="lifted_at",
        words="reason", codes="channel set_by_id lifted_by_id", times="set_at lifted_at",
    ),
    "delivery.Ladder": kept(
        *OURS, tier=0,
        facts="order urgent_waits dated_waits person_within most_messages most_calls record_within errands_to",
        codes="changed_by_id", times="changed_at",
    ),
    "delivery.InboundEvent": kept(
        "adult child stranger", Purpose.REACH, Ground.TASK, Limit.RAW, since="received_at", tier=2,
        adult="messages__thread__guardian answers__thread__guardian triage__address__contact_points__guardian",
        child="messages__thread__student answers__thread__student",
        words="raw event", codes="kind provider_key outcome tries", ties="account",
        times="received_at due_at processed_at", withheld="raw event",
    ),
    "delivery.Attachment": kept(
        "adult child stranger", Purpose.TALK, Ground.TASK, Limit.TALK, since="heard_at",
        adult="inbound__messages__thread__guardian inbound__triage__address__contact_points__guardian",
        child="inbound__messages__thread__student",
        words="name", secrets="url", codes="key source kind provider_id claimed_type digest code tries",
        ties="account inbound file waiting", times="due_at heard_at given_up_at",
    ),
    "delivery.Parcel": kept(
        "adult child", *CARRIED, since="created_at", adult="guardian", child="about__student",
        words="subject text ask spoken enclosed urgent_reason", names="sender_name", needs="language",
        codes="key service_kind tier urgency page_path is_original", ties="guardian recording",
        times="created_at expires_at withdrawn_at answer_by climbs_at", withheld="page_path",
    ),
    "delivery.Recording": kept(
        "adult child colleague", *CARRIED, since="asked_at", adult="parcels__guardian",
        child="parcels__about__student", unless="parcels",
        words="text", needs="text_language language", ties="file recorded_by", codes="key",
        times="asked_at wanted_by recorded_at",
    ),
    "delivery.ParcelStudent": kept("child", *CARRIED, child="student", ties="parcel student"),
    "delivery.Delivery": kept(
        "adult child", *CARRIED, since="created_at", adult="parcel__guardian", child="parcel__about__student", tier=2,
        ways="to", words="body attempts detail", facts="channel status stopped",
        codes="to_is_user_id reference priority is_personal epoch tries copies provider_id code advice",
        ties="parcel contact_point address account rides_with",
        times="due_at lease_until created_at sent_at status_at", withheld="body attempts detail stopped",
    ),
    "delivery.Handing": kept(
        "adult child colleague", *CARRIED, since="at", adult="delivery__parcel__guardian",
        child="delivery__parcel__about__student", tier=2,
        words="words", facts="came_of", ties="delivery by", times="again_at at undone_at",
    ),
    "delivery.Entrusted": kept(
        "colleague", Purpose.PROOF, Ground.TASK, Limit.ROLL, ties="staff by", times="at ended_at"
    ),
}  # fmt: skip
