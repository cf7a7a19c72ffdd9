"""T38a, T38b, T44. What a family's wish does to what is already queued; who may be written to at all; taking back."""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest

from porchlight.delivery import addressing
from porchlight.delivery.actions import withdraw
from porchlight.delivery.content import Urgency
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery, Lane, Parcel
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.outbox.carriers import carrier_of
from porchlight.delivery.outbox.checking import check
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.hooks import post, process, text_from
from porchlight.delivery.tests.kit import on_both_databases, worker
from porchlight.families.models import Address, Consent, ContactPoint

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]
# The seven of the FCC, STOPALL, with what people put around them, free words, and the languages of our families.
STOPS = [
    "STOP", " stop. ", "Quit!", "END", "revoke", "Opt  out", "CANCEL", "unsubscribe", "StopAll", "🛑 stop 🛑",
    "don't text me", "Please stop sending me messages", "band karo", "بند کریں", "baja", "jooji", "arrêt", "বন্ধ করুন",
]  # fmt: skip
UNDONE = int(os.environ.get("PORCHLIGHT_UNDO_TRIALS", "60"))  # the promise is 1,000
HOLD = timedelta(seconds=30)


def leaves(within: float = 60.0) -> list[tuple[str, str]]:
    """What a worker sends now: to whom, and of what kind of service message (empty: somebody's words)."""
    Lane.objects.update(due_at=cast.TUESDAY)
    with worker() as outbox:
        outbox.run_until_empty(within)
    rows = Delivery.objects.filter(status__gte=Status.SENT, status__lt=Status.FAILED)
    return sorted(rows.values_list("to", "parcel__service_kind"))


def writes(account, number: int, text: str) -> None:
    digits = f"+4477009{number:05d}"
    assert post(account, text_from(digits, text, key=f"wamid.{digits}{text}")).status_code == 200


def test_a_stop_on_one_channel_ends_the_same_number_on_every_channel_and_start_opens_them_again(school, town):
    account = cast.whatsapp(school, town)
    cast.account(school)  # and the office's phone, for texts
    home, _other = cast.home(school, 1, channel="whatsapp"), cast.home(school, 2)
    text, by_text = cast.reach(school, home.guardian, home.address.value, rank=2)
    cast.reach(school, home.guardian, "family1@example.org", channel="email", rank=3)
    rung, _by_call = cast.reach(school, home.guardian, home.address.value, channel="call", rank=4)
    earlier = cast.TUESDAY - timedelta(days=1)
    addressing.opt_out(rung, source="key 8", words="", now=earlier)  # of calls alone, and that stays
    Consent.objects.all().delete()
    put_in_outbox(school, home)
    assert not text.opted_out_at
    writes(account, 1, "STOP")
    process()
    ways = Address.objects.order_by("pk")
    assert [(one.channel, one.opted_out_at is not None) for one in ways] == [
        ("whatsapp", True),
        ("sms", False),  # of another home
        ("sms", True),
        ("email", False),  # they said it of this number; what else may reach them we ask in the confirmation
        ("call", True),
    ]
    ledger = Consent.objects.order_by("contact_point")
    assert [(one.contact_point, one.given, one.source) for one in ledger] == [
        (home.point, False, "reply STOP"),
        (by_text, False, "reply STOP"),
    ]
    assert put_in_outbox(school, home) == []  # planned anew, no phone of theirs is tried
    assert leaves() == [(home.address.value, "stop_confirmed")]
    writes(account, 1, "START")
    process()
    assert list(Address.objects.filter(opted_out_at__isnull=False)) == [rung]
    assert ContactPoint.objects.filter(pk__in=(home.point.pk, by_text.pk), consented=True).count() == 2


def test_a_stop_in_any_form_ends_what_is_queued_and_is_confirmed_once_at_once(school, town):
    account = cast.whatsapp(school, town)
    homes = [cast.home(school, number, channel="whatsapp") for number in range(1, len(STOPS) + 2)]
    put_in_outbox(school, *homes)
    put_in_outbox(school, *homes, content=cast.words("And bring water."))
    for number, text in enumerate(STOPS, start=1):
        writes(account, number, text)
        writes(account, number, f"{text} ")  # and once more, a moment later
    process()
    sent = leaves()
    last = homes[-1].address.value  # of whom nobody heard a word: to them both go out
    assert sent == sorted([(home.address.value, "stop_confirmed") for home in homes[:-1]] + [(last, "")] * 2)
    confirmed = Parcel.objects.filter(service_kind="stop_confirmed")
    assert {parcel.created_at for parcel in confirmed} == {cast.TUESDAY}  # within five minutes: at once
    assert Consent.objects.filter(given=False).count() == len(STOPS)
    planned = plan(
        school=school, recipients=[home.recipient for home in homes], content_for=lambda _who: cast.words(),
        urgency=Urgency.URGENT, now=cast.TUESDAY,
    )  # fmt: skip
    assert {one.not_reached for one in planned[:-1]} == {NotReached.OPTED_OUT}
    assert planned[-1].not_reached is None
    assert "Ring them" in str(NotReached.OPTED_OUT.next_step)  # what colleagues see beside the home


@pytest.mark.parametrize("text", ["START", "unstop", "Start!"])
def test_start_gives_the_way_back_and_says_so(school, town, text):
    account = cast.whatsapp(school, town)
    home = cast.home(school, 1, channel="whatsapp")
    writes(account, 1, "STOP")
    process()
    writes(account, 1, text)
    process()
    put_in_outbox(school, home)
    assert [kind for _, kind in leaves()] == ["", "start_confirmed", "stop_confirmed"]
    assert [row.given for row in Consent.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize("text", ["HELP", "info", "Info?"])
def test_help_says_who_writes_and_how_to_reach_them(school, town, text):
    account = cast.whatsapp(school, town)
    cast.home(school, 1, channel="whatsapp", reads="en")
    writes(account, 1, text)
    process()
    said = Parcel.objects.get(service_kind="help").text
    assert "Maple Street School" in said
    assert "01632 960001" in said


def test_nobody_is_written_to_without_a_recorded_yes_not_even_when_it_is_taken_back_meanwhile(school, town):
    cast.whatsapp(school, town)
    asked, never = (cast.home(school, number, channel="whatsapp") for number in (1, 2))
    ContactPoint.objects.filter(pk=never.point.pk).update(consented=False)
    planned = plan(
        school=school, recipients=[never.recipient], content_for=lambda _who: cast.words(),
        urgency=Urgency.URGENT, now=cast.TUESDAY,
    )  # fmt: skip
    assert planned[0].not_reached == NotReached.NO_CONSENT
    put_in_outbox(school, asked)
    ContactPoint.objects.update(consented=False)
    assert leaves() == []


def test_outside_the_day_after_a_familys_words_only_an_approved_text_leaves(school, town):
    account = cast.whatsapp(school, town)
    inside, outside = (cast.home(school, number, channel="whatsapp") for number in (1, 2))
    Address.objects.filter(pk=inside.address.pk).update(window_until=cast.TUESDAY + timedelta(hours=1))
    put_in_outbox(school, inside, outside)
    free, approved = (
        carrier_of(account.pk, {}).outgoing(check(school.pk, [row.pk], cast.TUESDAY)[0][0])
        for row in (Delivery.objects.get(address=one.address) for one in (inside, outside))
    )
    assert free.template is None
    assert approved.template.name in account.settings["templates"]
    assert len(leaves()) == 2


def test_taken_back_at_any_moment_of_the_hold_nothing_leaves(school, town, clock):
    """And what was not taken back leaves when its hold is over."""
    cast.twilio(school, town)
    kept = cast.home(school, UNDONE + 1)
    homes = [cast.home(school, number) for number in range(1, UNDONE + 1)]
    parcels = put_in_outbox(school, *homes, kept, hold_until=cast.TUESDAY + HOLD)
    left = {parcel.guardian_id: parcel for parcel in parcels}
    mine = left.pop(kept.guardian.pk)
    order = sorted(left.values(), key=lambda _parcel: random.random())
    with worker() as outbox:
        for second in range(30):
            clock.now = cast.TUESDAY + timedelta(seconds=second)
            some, order = order[: UNDONE // 29 + 1], order[UNDONE // 29 + 1 :]
            withdraw(some)
            Lane.objects.update(due_at=cast.TUESDAY)
            outbox.run_until_empty()
        assert not Delivery.objects.exclude(sent_at=None).exists()
        clock.now = cast.TUESDAY + HOLD
        Lane.objects.update(due_at=cast.TUESDAY)
        outbox.run_until_empty()
    assert [row.parcel_id for row in Delivery.objects.exclude(sent_at=None)] == [mine.pk]
    assert town.counts()["taken"]["twilio"] == 1
