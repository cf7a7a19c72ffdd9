"""What refusals mean that several companies share; each one's own codes stand beside it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.meetings.video.contract import Advice, Meaning

BUSY = Meaning(
    Advice.AGAIN, _("The company for video meetings is busy or away. Porchlight asks again by itself.")
)
WRONG_KEY = Meaning(
    Advice.STAFF_MUST_ACT,
    _("The company for video meetings does not take our key. Write the right one in its settings."),
)
WRONG_PLACE = Meaning(
    Advice.STAFF_MUST_ACT, _("Nobody holds video meetings at this address. Look at the address again.")
)
NOT_ALLOWED = Meaning(
    Advice.STAFF_MUST_ACT,
    _(
        "Our key may not make video meetings there. Allow it in the company’s own settings, then test it here."
    ),
)
NOBODY_THERE = Meaning(
    Advice.NOT_THIS,
    _("The company does not know the colleague who hosts this meeting. Give them a sign-in there, or telephone."),
)  # fmt: skip
USED_UP = Meaning(
    Advice.LATER,
    _("The school has made as many video meetings there as it may today. Others follow tomorrow."),
)
ASKED_WRONGLY = Meaning(
    Advice.OUR_FAULT,
    _("The company for video meetings did not understand Porchlight. Please tell who runs the server."),
)


def by_status(status: int) -> Meaning:
    """What an HTTP status says where nothing better is known."""
    if status == 401:
        return WRONG_KEY
    if status == 403:
        return NOT_ALLOWED
    if 300 <= status < 400 or status in {404, 405, 410}:
        return WRONG_PLACE
    if status in {408, 425, 429} or status >= 500:
        return BUSY
    return ASKED_WRONGLY
