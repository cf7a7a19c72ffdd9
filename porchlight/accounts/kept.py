"""What this room keeps, and the packages that sign people in; the words are explained in `toolbox/kept.py`."""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

SIGN_IN = ("adult child colleague", Purpose.SIGN_IN, Ground.TASK)
OF_OURS = ("nobody", Purpose.SERVICE, Ground.INTEREST, Limit.SCHOOL)

KEPT = {
    "accounts.User": kept(
        *SIGN_IN, Limit.ROLL, tier=2,
        names="name", ways="email", needs="language", secrets="password",
        facts="is_active is_staff is_superuser", codes="key sessions_ended", times="last_login created_at",
    ),
    "accounts.User_groups": kept(*OF_OURS, ties="user group"),
    "accounts.User_user_permissions": kept(*OF_OURS, ties="user permission"),
    "accounts.Token": kept(
        *SIGN_IN, Limit.SIGN_IN, since="expires_at", tier=3,
        secrets="digest browser", codes="purpose subject tries_left", times="created_at expires_at used_at",
    ),
    "accounts.Tally": kept(*SIGN_IN, Limit.DAY, since="touched_at", codes="key", times="times touched_at"),
    "auth.Permission": kept(*OF_OURS, tier=0, codes="name content_type codename"),
    "auth.Group": kept(*OF_OURS, tier=0, codes="name"),
    "auth.Group_permissions": kept(*OF_OURS, tier=0, ties="group permission"),
    "contenttypes.ContentType": kept(*OF_OURS, tier=0, codes="app_label model"),
    "sessions.Session": kept(
        *SIGN_IN, Limit.SIGN_IN, since="expire_date", tier=3, secrets="session_key session_data", times="expire_date"
    ),
    "account.EmailAddress": kept(*SIGN_IN, Limit.ROLL, tier=2, ways="email", ties="user", facts="verified primary"),
    "account.EmailConfirmation": kept(
        *SIGN_IN, Limit.SIGN_IN, since="created", tier=3, secrets="key", ties="email_address", times="created sent"
    ),
    "mfa.Authenticator": kept(
        *SIGN_IN, Limit.ROLL, tier=3, secrets="data", ties="user", codes="type", times="created_at last_used_at"
    ),
    "socialaccount.SocialApp": kept(
        *OF_OURS, tier=3, names="name", secrets="secret key settings", codes="provider provider_id client_id"
    ),
    "socialaccount.SocialAccount": kept(
        *SIGN_IN, Limit.ROLL, tier=2, words="extra_data", ties="user", codes="provider uid",
        times="last_login date_joined",
    ),
    "socialaccount.SocialToken": kept(
        *SIGN_IN, Limit.SIGN_IN, since="expires_at", tier=3, secrets="token token_secret", ties="app account",
        times="expires_at",
    ),
    "usersessions.UserSession": kept(
        *SIGN_IN, Limit.SIGN_IN, since="last_seen_at", tier=2,
        secrets="session_key", facts="ip user_agent data", ties="user", times="created_at last_seen_at",
    ),
}  # fmt: skip
