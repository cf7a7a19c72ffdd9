"""What a gateway's code means to us: one line of each gateway's readable error table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.contract import Advice


@dataclass(frozen=True, slots=True)
class Meaning:
    """`advice` says what the road does; `say` is the sentence for staff: what happened, what to do. It stands here
    in English, marked for translators with `_()`, and is translated when it is shown."""

    advice: Advice
    say: str


# Codes that do not come from a gateway but from the line in between; every gateway shares them.
OF_THE_LINE: dict[str, Meaning] = {
    "no_connection": Meaning(
        Advice.RETRY, _("The gateway could not be reached. We try again by ourselves; nothing was sent.")
    ),
    "unclear": Meaning(
        Advice.RETRY,
        _(
            "The gateway broke off before it answered, so it may have arrived. We wait for word of it, and try it "
            "twice at most."
        ),
    ),
    "certificate": Meaning(
        Advice.STAFF_MUST_ACT,
        _(
            "The gateway's certificate cannot be trusted, so nothing was sent. Check the base address in the settings."
        ),
    ),
    "bad_address_of_gateway": Meaning(
        Advice.STAFF_MUST_ACT, _("The base address in the settings is not a web address. Correct it there.")
    ),
    "unsendable_setting": Meaning(
        Advice.STAFF_MUST_ACT,
        _("A setting holds a line break or another sign that cannot be sent. Paste the settings again."),
    ),
    "media_gone": Meaning(
        Advice.NEXT_CHANNEL, _("The gateway no longer has this file. Ask the family to send it again.")
    ),
    "media_too_large": Meaning(
        Advice.NEXT_CHANNEL, _("This file is larger than we keep. Ask the family to send it another way.")
    ),
    "media_damaged": Meaning(
        Advice.RETRY, _("The file did not arrive whole. We fetch it again by ourselves.")
    ),
    "media_elsewhere": Meaning(
        Advice.NEXT_CHANNEL,
        _("The gateway named a place for this file that we do not trust, so it was not fetched."),
    ),
    "scanner_away": Meaning(
        Advice.RETRY,
        _(
            "The virus scanner does not answer. The file waits where nobody opens it; we try again by ourselves."
        ),
    ),
    "file_infected": Meaning(
        Advice.NEXT_CHANNEL,
        _(
            "The virus scanner knows this file as harmful, so it was not kept. Ring the family: their telephone may "
            "need help."
        ),
    ),
    "file_kind": Meaning(
        Advice.NEXT_CHANNEL,
        _(
            "We do not keep files of this kind. Ask the family to send it as a photo (JPEG), a recording or a PDF."
        ),
    ),
    "file_damaged": Meaning(
        Advice.NEXT_CHANNEL, _("This file is damaged and cannot be opened. Ask the family to send it again.")
    ),
    "file_too_large": Meaning(
        Advice.NEXT_CHANNEL,
        _("This file would grow too large when it is opened. Ask the family to send a smaller one."),
    ),
    "film_too_long": Meaning(
        Advice.NEXT_CHANNEL, _("This film is longer than we keep. Ask the family to send a shorter one.")
    ),
    "text_too_long": Meaning(
        Advice.OUR_FAULT, _("The message is longer than this channel carries. Shorten it and send it again.")
    ),
}


def say(code: str, table: Mapping[str, Meaning]) -> str:
    """The sentence for staff about a code, whether the table knows it or not, in the page's language."""
    known = table.get(code) or OF_THE_LINE.get(code)
    if known is not None:
        return gettext(known.say)
    status = code.removeprefix("http_")
    if status != code and status.isdecimal():
        return _by_status(advice_by_status(int(status))) % {"status": status}
    words = gettext(
        "The gateway refused with code %(code)s, which we do not know yet. Its own words are kept beside it."
    )
    return words % {"code": code}


def said_again(kept: str) -> str:
    """A sentence of `say()` that was kept in English, in the page's language; what is none of ours, as it stands."""
    for place, number in _NUMBERS.items():
        if found := number.search(kept):
            numberless = f"{kept[: found.start(1)]}{place}{kept[found.end(1) :]}"
            return gettext(numberless).replace(place, found[1])
    return gettext(kept) if kept else ""


_NUMBERS = {"%(status)s": re.compile(r"\(HTTP (\d+)\)"), "%(code)s": re.compile(r"with code (\S+), which")}


def advice_by_status(status: int) -> Advice:
    """What an HTTP status means by itself, where a gateway's answer names no code we know."""
    if status in (408, 425, 429) or status >= 500:
        return Advice.RETRY
    if 300 <= status < 400 or status in (401, 402, 403, 404, 405, 410):
        return Advice.STAFF_MUST_ACT
    return Advice.OUR_FAULT


def _by_status(advice: Advice) -> str:
    match advice:
        case Advice.RETRY:
            return gettext("The gateway has trouble of its own (HTTP %(status)s). We try again by ourselves.")
        case Advice.STAFF_MUST_ACT:
            return gettext(
                "The gateway does not let us in (HTTP %(status)s) and gives no reason. Compare the settings with "
                "its own pages."
            )
    return gettext(
        "The gateway did not take it (HTTP %(status)s) and gives no reason. The people who run Porchlight have to look."
    )
