"""Urgent words and questions with a date climb by the school's rungs, and end with a name."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db.models import F
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.report import report_on
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_report import answered, one_home
from porchlight.delivery.addressing import mark_bad
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.ladder.looking import climb_due, not_theirs
from porchlight.delivery.models import Account, Delivery, Ladder, Parcel, Stopped
from porchlight.delivery.opening import open_account
from porchlight.delivery.outbox.ladder import follow_up
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import Guardian, Guardianship
from porchlight.schools.actors import system


@pytest.fixture
def office(town: Town) -> Client:
    return browser_of(town.okafor)


def hand_account(town: Town, gateway: str) -> Account:
    return open_account(school=town.school, gateway=gateway, label=gateway, by=system(town.school.pk))


def sent(
    town: Town, *, urgent: str = "Snow", closes_at: datetime | None = None, question: str = ""
) -> Notice:
    asked = Question(question, closes_at=closes_at) if question else None
    with time_machine.travel(TUESDAY, tick=False):
        notice = write(
            Draft(
                "School is closed tomorrow.",
                "en",
                Audience(AudienceKind.CLASSES, (town.class_4a.key,)),
                urgent_reason=urgent,
                question=asked,
            ),
            school=town.school,
            by=town.amal.actor(),
            now=TUESDAY,
        )
        return release(notice, by=town.amal.actor(), now=TUESDAY)


def after(town: Town, **waited: int) -> datetime:
    """The ladder looks, this long after the notice; what is in the outbox by then has left."""
    now = TUESDAY + timedelta(**waited)
    Delivery.objects.waiting().filter(account__gateway="office_phone", due_at__lte=now).update(
        status=Status.SENT, sent_at=F("due_at")
    )
    with time_machine.travel(now, tick=False):
        climb_due(town.school, now)
    return now


def ways() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("pk").values_list("account__gateway", "to"))


def test_no_sign_brings_the_next_number_then_a_call_then_a_name_and_the_report_says_each_step(
    town: Town,
) -> None:
    hand_account(town, "call_list")
    cast.reach(town.school, town.yousaf.guardian, "+447700900777", rank=2)
    notice = sent(town)
    after(town, minutes=20)
    assert len(ways()) == 1
    after(town, minutes=70)
    after(town, minutes=200)  # 18:30 in London
    assert ways() == [
        ("office_phone", town.yousaf.address.value),
        ("office_phone", "+447700900777"),
        ("call_list", town.yousaf.address.value),
    ]
    calls = Delivery.objects.get(account__gateway="call_list")
    calls.status, calls.stopped, calls.code = Status.FAILED, Stopped.NEXT_CHANNEL, "no_answer"
    calls.status_at = TUESDAY + timedelta(hours=3, minutes=50)
    calls.save()
    with time_machine.travel(calls.status_at, tick=False):
        follow_up([calls.pk], calls.status_at)
    after(town, hours=48, minutes=20)
    errand = Errand.objects.get()
    assert (errand.kind, errand.assigned_to, errand.guardian) == (
        ErrandKind.RING, town.okafor, town.yousaf.guardian,
    )  # fmt: skip
    assert Parcel.objects.get().climbs_at is None
    [door] = report_on(notice, actor=town.amal.actor()).doors
    assert door.steps == [
        "text message 3.10 pm",
        "no sign by 4.20 pm",
        "text message 4.20 pm",
        "no sign by 6.30 pm",
        "phone call failed 7 pm: Nobody answered, each time we rang. Try another way",
        "now with Mrs Okafor",
    ]


@pytest.mark.parametrize(
    ("status", "is_known", "rests"), [(Status.DELIVERED, True, True), (Status.DELIVERED, False, False)]
)
def test_arrival_is_enough_where_the_family_used_that_number_lately(
    town: Town, status, is_known, rests
) -> None:
    cast.reach(town.school, town.yousaf.guardian, "+447700900777", rank=2)
    town.yousaf.address.confirmed_at = TUESDAY - timedelta(days=3) if is_known else None
    town.yousaf.address.save()
    sent(town)
    Delivery.objects.update(status=status, sent_at=TUESDAY)
    after(town, minutes=20)
    assert (Parcel.objects.get().climbs_at is None) is rests
    after(town, hours=5)
    assert len(ways()) == (1 if rests else 2)


def test_everyday_words_wait_for_no_sign_and_one_before_a_date_is_said_once_more(town: Town) -> None:
    cast.reach(town.school, town.yousaf.guardian, "+447700900777", rank=2)
    sent(town, urgent="")
    after(town, days=7)
    assert len(ways()) == 1
    Delivery.objects.all().delete()
    Parcel.objects.all().delete()
    sent(town, urgent="", question="yes_no", closes_at=TUESDAY + timedelta(days=4))
    Delivery.objects.update(status=Status.DELIVERED, sent_at=TUESDAY)
    after(town, days=2)
    assert len(ways()) == 1
    after(town, days=3, minutes=5)
    assert len(ways()) == 2
    after(town, days=3, hours=20)
    assert (len(ways()), Errand.objects.count()) == (2, 0)


def test_an_answer_or_the_other_adult_of_the_home_ends_it_and_another_home_does_not(town: Town) -> None:
    mother, aunt = town.home(2), town.home(3)
    for adult in (mother, aunt):
        Guardianship.objects.create(school=town.school, guardian=adult.guardian, student=town.yousaf.student)
    one_home(town, town.yousaf, mother)
    notice = sent(town, question="acknowledge")
    answered(town, notice, mother, "seen")
    after(town, minutes=20)
    resting = {row.guardian: row.climbs_at is None for row in Parcel.objects.select_related("guardian")}
    assert resting == {town.yousaf.guardian: True, mother.guardian: True, aunt.guardian: False}


def test_an_adult_named_since_hears_it_in_her_own_thread_and_never_another_ones_letter(town: Town) -> None:
    sent(town)
    aunt = Guardian.objects.create(school=town.school, name="Aunt", speaks="en")
    cast.reach(town.school, aunt, "+447700900555")
    Guardianship.objects.create(school=town.school, guardian=aunt, student=town.yousaf.student)
    after(town, minutes=70)
    heard = Message.objects.get(thread__guardian=aunt)
    assert heard.text == "School is closed tomorrow."
    assert [parcel.guardian for parcel in Parcel.objects.order_by("pk")] == [town.yousaf.guardian, aunt]
    Parcel.objects.filter(guardian=aunt).delete()
    heard.delete()
    town.yousaf.tie.restrictions.create(school=town.school, scope="contact", evidence="order seen")
    Parcel.objects.update(climbs_at=TUESDAY)
    after(town, minutes=80)  # who may not hear of the child any more is the end of that ladder
    assert Parcel.objects.get().climbs_at is None
    assert not Message.objects.filter(thread__guardian=aunt).exists()


def test_who_said_stop_is_left_in_peace_and_urgent_words_become_a_question_for_somebody(town: Town) -> None:
    cast.reach(town.school, town.yousaf.guardian, "+447700900777", rank=2)
    sent(town)
    Delivery.objects.update(status=Status.FAILED, stopped=Stopped.OPTED_OUT, code="21610")
    follow_up(list(Delivery.objects.values_list("pk", flat=True)), TUESDAY)
    assert len(ways()) == 1
    assert Errand.objects.get().kind == ErrandKind.ASK_IN_PERSON


def test_urgent_words_without_any_way_are_somebodys_at_once_and_ordinary_ones_are_not(town: Town) -> None:
    town.yousaf.point.delete()
    sent(town, urgent="")
    assert not Errand.objects.exists()
    sent(town)
    assert Errand.objects.get().kind == ErrandKind.MEND_ADDRESS


def test_the_office_sees_homes_to_reach_and_says_what_came_of_it(town: Town, office: Client) -> None:
    town.yousaf.point.delete()
    sent(town)
    page = f"/{town.school.slug}/to-reach/"
    assert "Nothing we have gets through" in office.get(page).content.decode()
    errand = Errand.objects.get()
    office.post(f"{page}{errand.key}/done/", {"outcome": ""})
    assert Errand.objects.get().done_at is None
    office.post(f"{page}{errand.key}/done/", {"outcome": "New number at the gate"})
    assert Errand.objects.get().outcome == "New number at the gate"
    assert "Nobody waits here" in office.get(page).content.decode()


def test_a_school_sets_its_rungs_and_goes_back_to_the_usual_ones(town: Town, office: Client) -> None:
    page = f"/{town.school.slug}/settings/ladder/"
    places = {"number": 2, "channel": 1, "adult": 3, "call": 0, "paper": 0, "errand": 4}
    said = {f"{kind}_place": place for kind, place in places.items()}
    said |= {f"{kind}_{when}": "1.5" for kind in places for when in ("urgent", "dated")}
    said |= {
        "person_within": 24,
        "most_messages": 2,
        "record_within": 6,
        "most_calls": 5,
        "errands_to": "liaison",
    }
    assert office.post(page, {**said, "channel_place": 2}).status_code == 422  # two on one place
    assert office.post(page, said).status_code == 302
    rungs = Ladder.objects.get().rungs()
    assert Ladder.objects.get().record_within == 6
    assert [(rung.kind.value, rung.wait) for rung in rungs.urgent] == [
        (kind, timedelta(minutes=90)) for kind in ("channel", "number", "adult", "errand")
    ]
    assert (rungs.person_within, rungs.most_messages) == (timedelta(hours=24), 2)
    assert 'value="1.5"' in office.get(page).content.decode()
    office.post(page, {"usual": "1"})
    assert not Ladder.objects.exists()


def test_not_me_makes_a_failure_of_what_had_arrived_and_an_answer_takes_the_call_off_the_list(
    town: Town,
) -> None:
    hand_account(town, "call_list")
    cast.reach(town.school, town.yousaf.guardian, "+447700900777", rank=2)
    address = town.yousaf.address
    address.confirmed_at = TUESDAY - timedelta(days=3)
    address.save()
    notice = sent(town, question="acknowledge")
    Delivery.objects.update(status=Status.DELIVERED, sent_at=TUESDAY)
    after(town, hours=5)
    assert len(ways()) == 1  # it is on a phone they used this week
    said = TUESDAY + timedelta(hours=6)
    mark_bad(address, reason="wrong_number")
    assert not_theirs(address, said) == 1
    after(town, hours=6)
    assert ways()[1:] == [("office_phone", "+447700900777")]
    after(town, hours=20)  # ten in the morning: nothing came back from there either
    call = Delivery.objects.get(account__gateway="call_list")
    assert (call.to, call.stopped) == ("+447700900777", "")
    answered(town, notice, town.yousaf, "seen")
    after(town, hours=25)
    call.refresh_from_db()
    assert call.stopped == Stopped.EXPIRED
    assert Parcel.objects.get().climbs_at is None
