"""What comes from the home of a colleague's own child: another colleague has it in the tray, and whatever is beside it."""

from __future__ import annotations

import pytest

from porchlight.conversations.call_list import waiting_for_a_call
from porchlight.conversations.models import Message, TriageItem, Trouble
from porchlight.conversations.tests.conftest import Town, on_both_databases, staff
from porchlight.delivery.models import InboundEvent
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, ContactPoint, Guardian, Guardianship
from porchlight.schools.actors import Actor, Role

pytestmark = on_both_databases
NUMBER = "+447700900556"


@pytest.fixture
def mother(town: Town) -> Guardian:
    """Hamza's mother, whose number the school knows."""
    made = Guardian.objects.create(school=town.school, name="Sana Yousaf")
    Guardianship.objects.create(school=town.school, guardian=made, student=town.yousaf.student)
    at = Address.objects.create(school=town.school, channel="sms", value=NUMBER, state="bad")
    ContactPoint.objects.create(school=town.school, address=at, guardian=made, consented=True)
    return made


def joined(town: Town) -> Actor:
    """Mrs Okafor of the office, whose child Hamza is."""
    town.yousaf.guardian.user = town.okafor.user
    town.yousaf.guardian.save()
    return town.okafor.actor()


def item(town: Town, **fields: object) -> TriageItem:
    return TriageItem.objects.create(
        school=town.school, channel="sms", text="We moved", **{"reason": "asks_for_call", **fields}
    )


def test_the_tray_and_the_call_list(town: Town, mother: Guardian) -> None:
    said = Message.objects.create(
        school=town.school,
        thread=town.thread,
        author="guardian",
        text="Call me",
        language="en",
        said_at=TUESDAY,
    )
    at = mother.contact_points.get().address
    items = [item(town, address=at), item(town, message=said), item(town, slip_of=mother.ties.get())]
    others = [item(town, address=town.home(2).address), item(town, sender="+447700900777")]

    def tray(actor: Actor) -> set[TriageItem]:
        return set(TriageItem.objects.visible_to(actor).waiting())

    assert tray(town.okafor.actor()) == {*items, *others}
    assert set(waiting_for_a_call(town.okafor.actor())) == {items[0], others[0]}
    actor = joined(town)
    assert tray(actor) == set(others)
    assert set(waiting_for_a_call(actor)) == {others[0]}
    assert tray(staff(town.school, "Mrs Other", Role.OFFICE).actor()) == {*items, *others}


def test_numbers_in_trouble(town: Town, mother: Guardian) -> None:
    at = mother.contact_points.get().address
    trouble = Trouble.objects.create(school=town.school, kind="address_bad", address=at, about="it")
    held = Trouble.objects.create(school=town.school, kind="lane_held", account=town.phone, about="lane")
    assert set(Trouble.objects.visible_to(town.okafor.actor())) == {trouble, held}
    assert set(Trouble.objects.visible_to(joined(town))) == {held}


@pytest.mark.parametrize("known_by", ["number", "mailbox", "user_id"])
def test_what_could_not_be_read(town: Town, mother: Guardian, known_by: str) -> None:
    at = mother.contact_points.get().address
    Address.objects.filter(pk=at.pk).update(value=NUMBER, user_id="GB.1")
    whose = {"number": NUMBER, "mailbox": NUMBER, "user_id": "GB.1"}[known_by]

    def unread(key: str, **event: object) -> InboundEvent:
        return InboundEvent.objects.create(
            school=town.school, account=town.phone, kind="heard",
            provider_key=key, event=event, processed_at=TUESDAY, outcome="failed: ValueError",
        )  # fmt: skip

    rows = {unread("theirs", sender={known_by: whose}, text="We moved")}
    others = {
        unread("nobody"),
        unread("other", sender={known_by: "another"}),
        unread("empty", sender={known_by: ""}),
    }
    assert set(InboundEvent.objects.visible_to(town.okafor.actor()).given_up()) == rows | others
    assert set(InboundEvent.objects.visible_to(joined(town)).given_up()) == others
