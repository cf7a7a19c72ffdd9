"""What the school as a whole should see to next: steps, never people beside counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porchlight.conversations.models import Notice, TriageItem, Trouble, TroubleKind, Worry
from porchlight.conversations.troubles import page_of
from porchlight.conversations.worrying import CALLED
from porchlight.delivery.models import Account, Delivery, InboundEvent
from porchlight.delivery.pairing import paired_lately
from porchlight.delivery.switches import standing
from porchlight.design import delivery_words
from porchlight.errands.actions import named
from porchlight.schools.actors import Actor, Role
from porchlight.schools.calendar import Calendar
from porchlight.schools.models import School
from porchlight.schools.terms_over import terms_over


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and where."""

    words: str
    url: str
    is_late: bool = False


def next_steps(school: School, actor: Actor, *, late: int, now: datetime, calendar: Calendar) -> list[Step]:
    """For leaders and the office; others have none. `late` messages wait longer than promised."""
    if not actor.is_one_of(Role.LEADER, Role.OFFICE, Role.SAFEGUARDING):
        return []
    return [
        *_with_families(school, actor, late),
        *_on_the_road(school, actor, now),
        *_in_the_year(school, actor, calendar, now),
    ]


def _url(name: str, school: School) -> str:
    return reverse(name, kwargs={"school": school.slug})


def _with_families(school: School, actor: Actor, late: int) -> Iterator[Step]:
    if late:
        words = ngettext(
            "One family has waited longer than we promise.",
            "%(n)s messages have waited longer than we promise.",
            late,
        )
        yield Step(words % {"n": late}, "#waiting", is_late=True)
    placed = TriageItem.objects.visible_to(actor).waiting().count()
    if placed:
        words = ngettext(
            "One message or call still has to find its thread.",
            "%(n)s messages and calls still have to find their threads.",
            placed,
        )
        yield Step(words % {"n": placed}, _url("conversations:triage", school))
    looks = Notice.objects.visible_to(actor).waiting_for_approval().exclude(by_id=actor.post_id).count()
    if looks:
        words = ngettext(
            "One announcement waits for a second pair of eyes.",
            "%(n)s announcements wait for a second pair of eyes.",
            looks,
        )
        yield Step(words % {"n": looks}, _url("conversations:notices", school))
    called = actor.is_one_of(*CALLED)
    worries = Worry.objects.visible_to(actor).to_look_at(actor).open().count() if called else 0
    if worries:
        words = ngettext("One worry has not been taken up.", "%(n)s worries have not been taken up.", worries)
        yield Step(words % {"n": worries}, _url("conversations:worries", school), is_late=True)
    if not named(school, Role.SAFEGUARDING):
        yield Step(
            _("Nobody is named for safeguarding. Worries go to a leader until somebody is."),
            _url("welcome:safeguarding", school),
            is_late=True,
        )


def _on_the_road(school: School, actor: Actor, now: datetime) -> Iterator[Step]:
    accounts = list(Account.objects.visible_to(actor).open().on_a_wire().select_related("lane", "school"))
    if not actor.is_one_of(Role.LEADER, Role.OFFICE):
        return
    ways = _url("delivery:accounts", school)
    if not accounts:
        yield Step(_("No way to send is set up yet. Connect a phone, WhatsApp or mail."), ways)
    for account in accounts:
        if account.held_at is not None:
            yield Step(
                _("Nothing leaves on “%(label)s” until you act.") % {"label": account.label},
                page_of(account),
                True,
            )
    for one in paired_lately(actor, now=now):
        yield Step(
            _(
                "A phone was set up to text as “%(label)s”, with the QR code of %(name)s. Does the school know it?"
            )
            % {"label": one.account.label, "name": one.by or ""},
            page_of(one.account),
        )
    yield from _to_mend(school, actor)
    for channel, off in sorted(standing(school).items()):
        yield Step(_switched_off(channel, may_lift=off.may_lift), ways, True)
    dead = Delivery.objects.visible_to(actor).dead().count()
    if dead:
        words = ngettext("One message could not leave.", "%(n)s messages could not leave.", dead)
        yield Step(words % {"n": dead}, _url("delivery:dead_letters", school))
    unread = InboundEvent.objects.visible_to(actor).given_up().count()
    if unread:
        words = ngettext(
            "One message that came in could not be read.",
            "%(n)s messages that came in could not be read.",
            unread,
        )
        yield Step(words % {"n": unread}, _url("delivery:given_up", school), is_late=True)


def _switched_off(channel: str, *, may_lift: bool) -> str:
    """What stands still, and who may let it go on."""
    if channel:
        if may_lift:
            words = _("One way to send is switched off: %(way)s. What waits leaves when you switch it on.")
        else:
            words = _(
                "Whoever runs this server has switched off one way to send: %(way)s. Only they can let it go on."
            )
        return words % {"way": delivery_words.channel(channel)}
    if may_lift:
        return _("Sending is switched off. What waits leaves when you switch it on.")
    return _("Whoever runs this server has switched off all sending. Only they can let it go on.")


def _in_the_year(school: School, actor: Actor, calendar: Calendar, now: datetime) -> Iterator[Step]:
    over = terms_over(school, calendar, now) if actor.is_one_of(Role.LEADER, Role.OFFICE) else None
    if over is not None:
        yield Step(over.words, _url("schools:calendar", school), over.is_late)


def _to_mend(school: School, actor: Actor) -> Iterator[Step]:
    """Texts and numbers in trouble; held accounts have their own step."""
    standing = Trouble.objects.visible_to(actor).standing()
    texts = standing.filter(kind=TroubleKind.TEMPLATE_HELD).count()
    numbers = standing.filter(address__isnull=False).count()
    if texts:
        words = ngettext(
            "WhatsApp has stopped one of the school’s texts.",
            "WhatsApp has stopped %(n)s of the school’s texts.",
            texts,
        )
        yield Step(words % {"n": texts}, _url("conversations:triage", school), is_late=True)
    if numbers:
        words = ngettext(
            "One number or mailbox has to be put right, so that words get there.",
            "%(n)s numbers or mailboxes have to be put right, so that words get there.",
            numbers,
        )
        yield Step(words % {"n": numbers}, _url("conversations:triage", school))
