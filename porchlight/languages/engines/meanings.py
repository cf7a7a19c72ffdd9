"""What refusals mean that several engines share; each engine's own codes stand beside it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from porchlight.languages.engines.contract import Advice, Meaning

BUSY = Meaning(Advice.AGAIN, _("The engine is busy or away. Porchlight asks again by itself."))
USED_UP = Meaning(
    Advice.LATER, _("What the school bought there is used up for now. Until then people translate.")
)
WRONG_KEY = Meaning(
    Advice.STAFF_MUST_ACT, _("The engine does not take our key. Write the right one in its settings.")
)
WRONG_PLACE = Meaning(
    Advice.STAFF_MUST_ACT, _("There is no engine at this address. Look at the address again.")
)
NOT_THIS_PAIR = Meaning(Advice.NOT_THIS, _("The engine does not translate between these two languages."))
NOT_THESE_WORDS = Meaning(Advice.NOT_THIS, _("The engine could not translate these words. A person has to."))
NO_SUCH_VOICE = Meaning(
    Advice.STAFF_MUST_ACT, _("There is no such voice there. Write its name as the company writes it.")
)
ASKED_WRONGLY = Meaning(
    Advice.OUR_FAULT, _("The engine did not understand Porchlight. Please tell who runs the server.")
)


def by_status(status: int) -> Meaning:
    """What an HTTP status says where nothing better is known."""
    if status in {401, 403}:
        return WRONG_KEY
    if 300 <= status < 400 or status in {404, 405, 410}:
        return WRONG_PLACE
    if status in {408, 425, 429} or status >= 500:
        return BUSY
    return NOT_THESE_WORDS if status == 413 else ASKED_WRONGLY
