"""A home writes that a child stays away: it is on the list for the right child and day, and said back kindly."""

from __future__ import annotations

from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.families.models import Guardian
from porchlight.learning.models import Absence
from porchlight.learning.tests.conftest import say, told

pytestmark = on_both_databases


def listed() -> list[tuple]:
    return [
        (row.student.short_name, row.first_day.isoformat(), row.last_day.isoformat(), row.why)
        for row in Absence.objects.standing().select_related("student").order_by("first_day", "pk")
    ]


def test_hamza_is_ill_today_in_roman_urdu(town: Town) -> None:
    Guardian.objects.update(reads="ur", script="Latn")
    say(town, "Hamza bimar hai aaj")
    assert listed() == [("Hamza", "2026-10-13", "2026-10-13", "ill")]
    assert told(town.yousaf.guardian) == [
        "Shukriya. Hum ne likh liya hai ke Hamza ki aaj tabiyat kharab hai. Jald sehatyabi ki dua hai."
    ]
    absence, message = Absence.objects.get(), Message.objects.from_home().get()
    assert (absence.said_by, absence.channel, absence.message, absence.how) == (
        town.yousaf.guardian, "sms", message, "words",
    )  # fmt: skip
    assert not Message.objects.waiting().exists()
