"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

OTHERS = (Purpose.SERVICE, Ground.TASK)

KEPT = {
    "api.ApiToken": kept(
        "colleague", *OTHERS, Limit.SIGN_IN, since="expires_at",
        names="label", facts="scopes", ties="made_by revoked_by", codes="key prefix per_minute", secrets="digest",
        times="made_at expires_at used_at revoked_at",
    ),
    "api.Made": kept(
        "colleague", *OTHERS, Limit.DAY, since="at",
        words="answer", ties="token", codes="asked request status", times="at",
    ),
    "api.Subscription": kept(
        "colleague", *OTHERS, Limit.TALK, since="ended_at", tier=3,
        facts="kinds", ties="made_by", codes="key url failures", secrets="secret",
        times="made_at ended_at failing_since disabled_at",
    ),
    "api.Signal": kept(
        "adult child", *OTHERS, Limit.RAW, since="at",
        facts="kind", ties="subscription about data", codes="key tries last_code",
        times="at due_at lease_until told_at given_up_at",
    ),
}  # fmt: skip
