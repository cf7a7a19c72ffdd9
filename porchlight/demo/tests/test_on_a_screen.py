"""The demo has a home that reads news on its own screen: the town plays its browser and the push service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

import practice
from porchlight.delivery.actions import dispatch
from porchlight.delivery.content import Recipient, Urgency
from porchlight.delivery.models import Account, Delivery, Lane
from porchlight.delivery.news import screens_of
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.kit import worker
from porchlight.demo.gateways import town_config
from porchlight.demo.load import load
from porchlight.demo.on_a_screen import a_home_on_a_screen, notes_on_screens
from porchlight.families.models import Guardian, Student
from porchlight.schools.actors import system
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time


@pytest.fixture(autouse=True)
def in_school_hours() -> Iterator[None]:
    """At night her screen would rest until the morning."""
    with time_machine.travel(cast.TUESDAY, tick=True):
        yield


def test_anna_nowak_is_told_on_her_screen_and_turns_it_on_anew_each_day(transactional_db: None) -> None:
    with practice.town_in_thread(smtp_port=0) as town:
        school = load(town_port=town.port, mail_port=town.smtp_port)
        with school_context(school):
            for _ in range(2):
                notes_on_screens(school, town_port=town.port)
            assert Account.objects.filter(gateway="web_push").count() == 1
            config = town_config(school)
            her = Guardian.objects.get(name="Anna Nowak")
            [phone] = [one for one in config["phones"] if one["id"] == her.key]
            town.register_phone(**phone)
            first, second = (a_home_on_a_screen(school, town_port=town.port) for _ in range(2))
            assert [one.pk for one in screens_of(her)] == [second.pk] != [first.pk]
            assert town_config(school) == config  # so that the demo starts again tomorrow
            child = Student.objects.filter(ties__guardian=her).first()
            now = school_time.now()
            [planned] = plan(
                school=school, recipients=[Recipient(her, (child,))], urgency=Urgency.ORDINARY,
                content_for=lambda _: cast.words("Cześć", language="pl"), now=now,
            )  # fmt: skip
            assert planned.channel == "push"
            dispatch(planned=[planned], by=system(school.pk), urgency=Urgency.ORDINARY)
            Lane.objects.update(due_at=now)
            Delivery.objects.update(due_at=now)
        with worker() as outbox:
            outbox.run_until_empty()
        [note] = town.received(her.key, "push")
    assert "Maple Street School" in note.text
    assert "Cześć" not in note.text
