"""Why something may not go now, to the colleague who was about to carry it: what happened and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.delivery.by_hand.carrying import CarriedAlready, MayNotGo
from porchlight.delivery.models import Stopped

_WHY: dict[str, Promise] = {
    Stopped.WITHDRAWN: _("This message was taken back. Do not send it."),
    Stopped.EXPIRED: _("The time for this message is over. Do not send it."),
    Stopped.RESTRICTED: _("A restriction is recorded. Do not send it; speak with the safeguarding lead."),
    Stopped.OPTED_OUT: _("They asked for no messages here. Do not send it; the office finds another way."),
    Stopped.NO_CONSENT: _("They have not agreed to messages here. Do not send it."),
    Stopped.BAD_ADDRESS: _(
        "This number is known to be wrong. Do not send it; the office finds the right one."
    ),
    Stopped.DEMOTED: _("This number may be somebody else’s now. Do not send it; ring them first."),
    Stopped.ENDED: _("This number or this adult is no longer with the school. Do not send it."),
    "switched_off": _("Sending is switched off. It waits here until it is switched on."),
    "not_yet": _("Its hour has not come, or it can still be taken back. It waits here until then."),
    "quiet": _("It is quiet time at this home now. It waits here until their morning."),
}


def why_not(held: MayNotGo | CarriedAlready) -> str:
    """One or two sentences."""
    if isinstance(held, CarriedAlready):
        return str(_("A colleague was quicker, or it was taken back. There is nothing to do."))
    return str(_WHY.get(held.obstacle, _WHY[Stopped.WITHDRAWN]))
