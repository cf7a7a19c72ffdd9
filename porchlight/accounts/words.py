"""What sign-in says when something is not right, in the house's tone. Said instead of allauth's own words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ACCOUNT_WORDS: dict[str, Any] = {
    "account_inactive": _("This sign-in is switched off. Ask the school office."),
    "email_password_mismatch": _(
        "That e-mail and password do not belong together. Try once more, or ask for a code."
    ),
    "enter_current_password": _("Write the password you use now."),
    "incorrect_code": _("That is not the code we sent. Look again, or ask for a new one."),
    "incorrect_password": _("That is not your password. Try once more."),
    "invalid_or_expired_key": _("This link is too old. Ask for a new one."),
    "invalid_login": _("That did not open the door. Try once more, or ask for a code."),
    "invalid_password_reset": _("This link is too old. Ask for a new one."),
    "rate_limited": _("That was very quick. Wait a few minutes, then try once more."),
    "too_many_login_attempts": _("Too many tries. Wait a few minutes, or ask for a code by e-mail."),
    "unknown_email": _("We do not know that address. The school office can invite you."),
    "same_as_current": _("That is the same as before. Choose another one."),
}

MFA_WORDS: dict[str, Any] = {
    "incorrect_code": _("That number is not right, or it is too old. Wait for the next one in your app."),
    "add_email_blocked": _("With a second step switched on, an address cannot be added."),
    "cannot_delete_authenticator": _("Take the app away first; the codes on paper belong to it."),
    "cannot_generate_recovery_codes": _("Set up a second step first; then we can make codes."),
    "unverified_email": _("Prove your e-mail address first; then set up the second step."),
}

IDENTITY_WORDS: dict[str, Any] = {
    "connected_other": _("That account opens somebody else’s sign-in already."),
    "no_password": _("Choose a password first; otherwise you could not come in any more."),
}
