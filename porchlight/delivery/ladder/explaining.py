"""Each step of the ladder in words, for the report: what was gone, when, what came of it, and what followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from porchlight.delivery.gateways import registry
from porchlight.delivery.gateways.by_hand import BY_HAND, TAPPED, carried_as
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import TO_RECORD, Stopped
from porchlight.design.delivery_words import channel as channel_word
from porchlight.design.moments import clock, slot


@dataclass(frozen=True, slots=True)
class Gone:
    """One way that was gone, as its row tells it."""

    gateway: str
    channel: str
    status: Status
    stopped: str
    code: str
    began: datetime
    ended: datetime | None  # when the last status came


def in_words(gone: Sequence[Gone], zone: ZoneInfo, person: str = "") -> list[str]:
    """The steps in their order; `person` has the home as an errand in the end."""
    said: list[str] = []
    day = gone[0].began.astimezone(zone).date() if gone else None
    at = _Clock(zone, day).at
    for place, one in enumerate(gone):
        following = gone[place + 1] if place + 1 < len(gone) else None
        said.append(_one(one, at))
        no_sign = one.status == Status.SENT or (one.status == Status.QUEUED and not one.stopped)
        if following is not None and no_sign:
            said.append(_("no sign by %(time)s") % {"time": at(following.began)})
        elif following is not None and one.status >= Status.DELIVERED:
            said.append(_("no word by %(time)s") % {"time": at(following.began)})
    if person:
        said.append(_("now with %(name)s") % {"name": person})
    return said


@dataclass(frozen=True, slots=True)
class _Clock:
    """Times on the school's clock, in the page's language; another day than the first is named."""

    zone: ZoneInfo
    day: object

    def at(self, moment: datetime) -> str:
        is_first_day = moment.astimezone(self.zone).date() == self.day
        return clock(moment, zone=self.zone) if is_first_day else slot(moment, zone=self.zone)


def _one(one: Gone, at: Callable[[datetime], str]) -> str:
    words = {
        "channel": channel_word(carried_as(one.gateway, one.channel)),
        "time": at(one.ended or one.began),
        "since": at(one.began),
    }
    if one.stopped == Stopped.OPTED_OUT:
        return _("%(channel)s %(time)s: they asked for no more messages") % words
    if one.stopped == Stopped.NOT_RECORDED:
        return _("%(channel)s %(time)s: nobody could record the words in time") % words
    if one.code == TO_RECORD and not one.stopped:
        return _("%(channel)s waits for somebody to record the words") % words
    if one.status == Status.FAILED or (one.stopped and one.stopped != Stopped.TOGETHER):
        why = _why(one)
        return (
            _("%(channel)s failed %(time)s: %(why)s") % {**words, "why": why}
            if why
            else (_("%(channel)s failed %(time)s") % words)
        )
    if one.status >= Status.DELIVERED:
        return _("%(channel)s arrived %(time)s") % words
    if one.status == Status.QUEUED and one.gateway in BY_HAND and one.gateway not in TAPPED:
        return pgettext("ladder", "on the list since %(since)s: %(channel)s") % words
    return pgettext("ladder", "%(channel)s %(since)s") % words


def _why(one: Gone) -> str:
    """The gateway's sentence for staff, without its full stop."""
    carrier = BY_HAND.get(one.gateway) or registry.all_gateways().get(one.gateway)
    sentence = carrier.explain(one.code) if carrier is not None and one.code else ""
    return _(sentence).rstrip(".") if sentence else ""
