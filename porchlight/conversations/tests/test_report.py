"""The report: figures that add up, honest about what cannot be known, and a next step for each home not reached."""

from __future__ import annotations

import time_machine

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Answer
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.report import report_on
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.cast import TUESDAY


def sent(town: Town):
    with time_machine.travel(TUESDAY, tick=False):
        notice = write(
            Draft(
                "{child}: bring water. Coming?",
                "en",
                Audience(AudienceKind.CLASSES, (town.class_4a.key,)),
                kind="question",
                question=Question("yes_no"),
            ),
            school=town.school,
            by=town.amal.actor(),
            now=TUESDAY,
        )
        return release(notice, by=town.amal.actor(), now=TUESDAY)


def of(town: Town, number: int) -> Delivery:
    return Delivery.objects.get(parcel__guardian__name=f"Guardian {number}")


def test_every_door_is_counted_once_and_the_words_are_as_a_family_got_them(town: Town) -> None:
    for number in range(2, 7):
        town.home(number)
    town.home(7).point.delete()
    notice = sent(town)
    Delivery.objects.filter(pk=of(town, 2).pk).update(status=Status.DELIVERED)
    Delivery.objects.filter(pk=of(town, 3).pk).update(status=Status.READ)
    Delivery.objects.filter(pk=of(town, 4).pk).update(
        status=Status.FAILED, stopped="bad_address", advice=Advice.BAD_ADDRESS
    )
    thread = of(town, 5).parcel.messages.get().message.thread
    Answer.objects.create(school=town.school, ask=notice.ask, thread=thread, keys=["yes"], at=TUESDAY)
    report = report_on(notice, actor=town.amal.actor())
    assert dict(report.counts()) == {"answered": 1, "arrived": 2, "on_way": 2, "not_reached": 2}
    assert sum(report.counts().values()) == len(report.doors) == 7
    assert report.answers == [("Yes", 1), ("No", 0)]
    assert report.sample.endswith(": bring water. Coming?")
    assert "{" not in report.sample


def test_each_home_not_reached_has_a_next_step_and_a_name(town: Town) -> None:
    town.home(2).point.delete()
    notice = sent(town)
    report = report_on(notice, actor=town.amal.actor())
    assert [(str(door.guardian), bool(str(door.why))) for door in report.not_reached] == [
        ("Guardian 2", True)
    ]
    assert report.next_person == "Mrs Okafor"


def test_where_a_gateway_never_tells_of_arrival_sent_is_all_that_is_claimed(town: Town, monkeypatch) -> None:
    from dataclasses import replace

    from porchlight.delivery.gateways.office_phone.adapter import gateway

    silent = replace(type(gateway).abilities, reports_delivered=False)
    monkeypatch.setattr(type(gateway), "abilities", silent)
    notice = sent(town)
    Delivery.objects.update(status=Status.SENT)
    report = report_on(notice, actor=town.amal.actor())
    assert dict(report.counts()) == {"sent": 1}
    assert report.by_channel() == [("sms", 1, None, None, 0)]


def test_the_report_asks_the_database_as_often_for_many_homes_as_for_few(
    town: Town, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    town.home(2)
    few = sent(town)
    with CaptureQueriesContext(connection) as asked:
        report_on(few, actor=town.amal.actor())
    for number in range(3, 30):
        town.home(number)
    many = sent(town)
    with django_assert_num_queries(len(asked)):
        report_on(many, actor=town.amal.actor())
