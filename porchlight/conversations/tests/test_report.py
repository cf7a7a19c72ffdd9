"""The report: figures that add up, honest about what cannot be known, and a next step for each home not reached."""

from __future__ import annotations

import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Answer, AnswerFrom, Ask, Notice
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.on_page import answer_ask
from porchlight.conversations.reading import Given
from porchlight.conversations.report import FAILED_WORDS, report_on
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.gateways.contract import Advice, Status
from porchlight.delivery.models import Delivery, Lane
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Enrolment, Guardianship, Household, HouseholdMembership, Student
from porchlight.toolbox.keys import random_key


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


def one_home(town: Town, *homes: cast.Home) -> None:
    """These adults live behind one door."""
    household = Household.objects.create(school=town.school, label="One home")
    for home in homes:
        HouseholdMembership.objects.create(school=town.school, household=household, guardian=home.guardian)


def answered(town: Town, notice: Notice, home: cast.Home, key: str) -> None:
    """On the page, as this adult."""
    answer_ask(
        ask=notice.ask, guardian=home.guardian, given=Given((key,)), by=home.guardian.actor(), now=TUESDAY
    )


def of(town: Town, number: int) -> Delivery:
    return Delivery.objects.get(parcel__guardian__name=f"Guardian {number}")


def test_every_door_is_counted_once_and_the_words_name_no_ones_child(town: Town) -> None:
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
    assert report.tally.rows == [("Yes", 1), ("No", 0)]
    assert (report.tally.answered, report.tally.asked, report.arrived) == (1, 7, 3)
    assert report.sample == "(name): bring water. Coming?"
    listed = browser_of(town.amal).get("/maple-street/notices/").content.decode()
    assert "(name): bring water. Coming?" in listed
    assert "7 adults" in listed


def test_each_home_not_reached_has_a_next_step_and_a_name(town: Town) -> None:
    town.home(2).point.delete()
    notice = sent(town)
    report = report_on(notice, actor=town.amal.actor())
    assert [(str(door.guardian), bool(str(door.why))) for door in report.not_reached] == [
        ("Guardian 2", True)
    ]
    assert report.next_person == "Mrs Okafor"


def test_where_one_answer_is_enough_a_home_is_counted_once(town: Town) -> None:
    mother = town.home(2)
    town.home(3)
    one_home(town, town.yousaf, mother)
    notice = sent(town)
    answered(town, notice, town.yousaf, "yes")
    answered(town, notice, mother, "no")
    report = report_on(notice, actor=town.amal.actor())
    assert report.tally.rows == [("Yes", 0), ("No", 1)]
    assert (report.tally.answered, report.tally.asked) == (1, 2)
    assert dict(report.counts()) == {
        "answered": 2,
        "on_way": 1,
    }  # adults; nobody waits for the other one's word
    assert report.by_channel() == [("sms", 3, 2, None, 2)]


def test_a_home_that_answered_leaves_nobody_of_it_to_be_asked_again(town: Town) -> None:
    mother = town.home(2)
    one_home(town, town.yousaf, mother)
    notice = sent(town)
    answered(town, notice, mother, "yes")
    report = report_on(notice, actor=town.amal.actor())
    assert [(str(door.guardian), door.answered, door.home_answered) for door in report.doors] == [
        ("Guardian 2", True, True),
        ("Mr Yousaf", False, True),
    ]


def test_siblings_make_nobody_count_twice(town: Town) -> None:
    sister = Student.objects.create(school=town.school, name="Ayesha Yousaf")
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=sister)
    Enrolment.objects.create(school=town.school, student=sister, school_class=town.class_4a)
    notice = sent(town)
    answered(town, notice, town.yousaf, "yes")
    assert Answer.objects.count() == 2  # it stands in both threads
    report = report_on(notice, actor=town.amal.actor())
    assert report.tally.rows == [("Yes", 1), ("No", 0)]
    assert (report.tally.answered, report.tally.asked, len(report.doors)) == (1, 1, 1)


def test_where_each_adult_is_asked_each_counts(town: Town) -> None:
    mother = town.home(2)
    one_home(town, town.yousaf, mother)
    notice = sent(town)
    Ask.objects.update(answer_from=AnswerFrom.EACH_GUARDIAN)
    notice.refresh_from_db()
    answered(town, notice, town.yousaf, "yes")
    report = report_on(notice, actor=town.amal.actor())
    assert (report.tally.answered, report.tally.asked) == (1, 2)
    assert dict(report.counts()) == {"answered": 1, "on_way": 1}


def test_of_two_ways_that_failed_the_later_one_gives_the_next_step(town: Town) -> None:
    """Whatever order a database finds them in: the later way carried the message that was written first."""
    sister = Student.objects.create(school=town.school, name="Ayesha Yousaf")
    Guardianship.objects.create(school=town.school, guardian=town.yousaf.guardian, student=sister)
    Enrolment.objects.create(school=town.school, student=sister, school_class=town.class_4a)
    notice = sent(town)
    Delivery.objects.update(status=Status.FAILED, stopped="bad_address", advice=Advice.BAD_ADDRESS)
    first, later = Delivery.objects.get(), Delivery.objects.get()
    carrier = later.parcel
    carrier.pk, carrier.key = None, random_key()
    carrier.save()
    later.pk, later.reference, later.parcel, later.advice = None, random_key(), carrier, Advice.OPTED_OUT
    later.save()
    early, late = first.parcel.messages.order_by("message")
    early.parcel = carrier
    early.save()
    [door] = report_on(notice, actor=town.amal.actor()).not_reached
    assert door.why == FAILED_WORDS[Advice.OPTED_OUT]
    assert late.parcel == first.parcel


def test_the_page_says_what_is_counted(town: Town) -> None:
    browser = browser_of(town.amal)
    notice = sent(town)
    with time_machine.travel(TUESDAY, tick=False):
        page = browser.get(f"/maple-street/notices/{notice.key}/").content.decode()
        assert "0 of 1 home answered." in page.replace("\n", " ")
        assert "Each home counts once" in page
        Ask.objects.update(answer_from=AnswerFrom.EACH_GUARDIAN)
        page = browser.get(f"/maple-street/notices/{notice.key}/fares/").content.decode()
        assert "0 of 1 adult answered." in page.replace("\n", " ")
        assert "Each adult counts once" in page


def test_the_bar_of_adults_says_when_a_home_spoke_for_all_of_them(town: Town) -> None:
    """Beside "1 of 1 home answered" stands a bar of adults: two, who live there."""
    mother = town.home(2)
    one_home(town, town.yousaf, mother)
    notice = sent(town)
    answered(town, notice, mother, "yes")
    page = " ".join(shown(town, notice).split())
    assert "1 of 1 home answered." in page
    assert "Their home answered 2" in page
    Ask.objects.update(answer_from=AnswerFrom.EACH_GUARDIAN)
    page = " ".join(shown(town, notice).split())
    assert "Their home answered" not in page
    assert "Answered 1" in page


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


def test_who_waits_for_the_phones_limit_is_counted_and_said(town: Town) -> None:
    """Two homes wait because the school's phone has sent all it may; whom it reached before waits for nothing."""
    for number in (2, 3):
        town.home(number)
    notice = sent(town)
    Delivery.objects.filter(pk=of(town, 2).pk).update(status=Status.DELIVERED)
    assert report_on(notice, actor=town.amal.actor()).at_the_limit == 0
    assert "has sent all it may" not in shown(town, notice)
    Lane.objects.update(per_day=1, left_day=0)
    report = report_on(notice, actor=town.amal.actor())
    assert (report.at_the_limit, report.counts()["on_way"]) == (2, 2)
    assert "2 wait because the school’s phone has sent all it may" in shown(town, notice)
    Lane.objects.update(per_day=None, left_day=None, per_hour=1, left_hour=0)
    assert report_on(notice, actor=town.amal.actor()).at_the_limit == 2
    Delivery.objects.filter(pk=of(town, 3).pk).update(status=Status.DELIVERED)
    assert "One waits because the school’s phone has sent all it may" in shown(town, notice)


def shown(town: Town, notice: Notice) -> str:
    client = browser_of(town.amal)
    return client.get(f"/maple-street/notices/{notice.key}/").content.decode()
