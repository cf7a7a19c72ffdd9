"""Why words cannot get to somebody, and what comes next."""

from __future__ import annotations

import enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NotReached(enum.StrEnum):
    """Why no channel can carry it to this person. Each has a next step; none is the family's fault."""

    NO_ADDRESS = "no_address"
    NO_CONSENT = "no_consent"
    OPTED_OUT = "opted_out"
    BAD_ADDRESS = "bad_address"
    RESTRICTED = "restricted"
    NO_ACCOUNT = "no_account"
    NO_RIGHT = "no_right"
    NO_TEMPLATE = "no_template"
    TOO_PRIVATE = "too_private"
    NO_VOICE = "no_voice"

    @property
    def next_step(self) -> str | Promise:
        """What somebody at school can do, in one plain sentence."""
        return _NEXT_STEPS[self]


_NEXT_STEPS: dict[NotReached, Promise] = {
    NotReached.NO_ADDRESS: _("We have no number or mailbox for this home. Ask when you next meet them."),
    NotReached.NO_CONSENT: _("They have not said yet whether we may write. Ask, and record their answer."),
    NotReached.OPTED_OUT: _("They asked for no messages here. Ring them, or ask for another way."),
    NotReached.BAD_ADDRESS: _("This number or mailbox does not work. Ask the office to find the right one."),
    NotReached.RESTRICTED: _("A restriction is recorded. Speak with the safeguarding lead."),
    NotReached.NO_ACCOUNT: _("The school has no way to send on this channel yet. The office can set one up."),
    NotReached.NO_RIGHT: _("This adult is not set to receive news of the child. The office can check that."),
    NotReached.NO_TEMPLATE: _("WhatsApp needs an approved text in this language. The office can add it."),
    NotReached.TOO_PRIVATE: _("Too personal for this channel. Ring them, or hand it over at school."),
    NotReached.NO_VOICE: _("No voice here speaks their language. Ring them, or have somebody record it."),
}
