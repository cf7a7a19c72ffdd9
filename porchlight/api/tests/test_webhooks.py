"""Other systems are told when something happened: signed, tried again, disabled when they fail for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from django_ox.models import OxTask
from standardwebhooks import WebhookVerificationError

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.api.models import Signal, SignalKind, Subscription
from porchlight.api.tasks import tell_subscriber
from porchlight.api.tests.receiving import INSIDE, Receiver, receiver
from porchlight.api.webhooks import health, telling
from porchlight.api.webhooks.keeping import forget, keep_telling
from porchlight.api.webhooks.sending import send_due
from porchlight.api.webhooks.subscribing import subscribe
from porchlight.conversations.answering import keep_answer
from porchlight.conversations.heard import Words
from porchlight.conversations.hearing import hear
from porchlight.conversations.models import Ask, Message
from porchlight.conversations.reading import Given
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.inbox.listeners import tell_status
from porchlight.delivery.models import Delivery, Parcel
from porchlight.families.models import Restriction
from porchlight.rosters.models import RosterImport
from porchlight.schools.models import StaffMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings: LazySettings) -> Iterator[Receiver]:
    settings.WEBHOOKS_INSIDE = INSIDE
    with receiver() as made:
        yield made


@pytest.fixture
def told(town: Town, office: StaffMember, there: Receiver) -> tuple[Subscription, str]:
    kinds = [kind.value for kind in SignalKind]
    return subscribe(school=town.school, by=office, url=there.url, kinds=kinds)


def send(town: Town) -> int:
    return sum(send_due(town.school.pk, one.pk) for one in Subscription.objects.all())


def says(town: Town, text: str) -> None:
    words = Words(
        text=text, channel=town.yousaf.address.channel, at=timezone.now(), sender=town.yousaf.address.value
    )
    hear(school=town.school, address=town.yousaf.address, words=words, now=timezone.now())


def test_a_message_is_told_signed_and_without_its_words(town: Town, told, there: Receiver) -> None:
    _, secret = told
    says(town, "Hamza is unwell")
    message = Message.objects.get(author="guardian")
    assert send(town) == 1
    [body] = there.read(secret)
    assert (body["type"], body["data"]) == (
        "message.received",
        {"message": message.key, "thread": message.thread.key},
    )
    assert b"Hamza" not in there.got[0][1]
    with pytest.raises(WebhookVerificationError):
        there.read("whsec_" + "A" * 44)
    assert send(town) == 0


def test_an_answer_a_failed_delivery_and_a_roster_are_told_once(town: Town, told, there: Receiver) -> None:
    _, secret = told
    message = Message.objects.create(
        school=town.school, thread=town.thread, author="staff", staff=town.amal, text="?", language="en"
    )
    ask = Ask.objects.create(school=town.school, message=message, shape="yes_no", code="A2")
    given = Given(("yes",), text="yes")
    [answer] = keep_answer(ask=ask, threads=[town.thread], given=given, now=timezone.now())
    parcel = Parcel.objects.create(school=town.school, guardian=town.yousaf.guardian, language="ur", text="?")
    failed = Delivery.objects.create(
        school=town.school, parcel=parcel, account=town.phone, channel="sms", to="+447700900001",
        due_at=timezone.now(), status=Status.FAILED, code="30006",
    )  # fmt: skip
    for _ in range(2):
        tell_status(town.school.pk, [failed.pk])
    run = RosterImport.objects.create(
        school=town.school, file_name="x.zip", digest="", source="roster", applied_at=timezone.now()
    )
    run.save()
    assert send(town) == 3
    bodies = {body["type"]: body["data"] for body in there.read(secret)}
    assert bodies["answer.given"] == {"answer": answer.key, "ask": ask.key, "thread": town.thread.key}
    assert (bodies["delivery.failed"]["code"], bodies["delivery.failed"]["channel"]) == ("30006", "sms")
    assert bodies["roster.imported"] == {"roster": run.key}
    assert "+447700900001" not in str(there.got)


def test_of_an_adult_who_may_not_be_contacted_nothing_is_told(town: Town, told) -> None:
    message = Message(
        school=town.school, thread=town.thread, author="guardian", text="Hello", language="ur", tier=1
    )
    message.save()
    telling.a_family_wrote(message)
    assert Signal.objects.count() == 1
    Restriction.objects.create(
        school=town.school, guardianship=town.yousaf.tie, scope="contact", evidence="order"
    )
    message.pk, message.key = None, "another23456"
    message.save()
    telling.a_family_wrote(message)
    assert Signal.objects.count() == 1


def test_what_was_not_asked_for_is_not_told(town: Town, office: StaffMember, there: Receiver) -> None:
    subscribe(school=town.school, by=office, url=there.url, kinds=["roster.imported"])
    says(town, "Hello")
    assert Signal.objects.count() == 0


def test_it_is_tried_again_under_the_same_id_when_they_asked(town: Town, told, there: Receiver) -> None:
    now = timezone.now()
    there.answers = [(503, {"Retry-After": "120"}), (500, {}), (204, {})]
    says(town, "Hello")
    assert send(town) == 0
    signal = Signal.objects.get()
    assert (signal.tries, signal.last_code) == (1, "http_503")
    assert 119 <= (signal.due_at - now).total_seconds() <= 125
    assert send(town) == 0
    assert len(there.got) == 1  # not before they said
    for later in (130, 400):
        with time_machine.travel(now + timedelta(seconds=later)):
            send(town)
    assert Signal.objects.get().told_at is not None
    assert len(set(there.ids)) == 1
    assert len(there.ids) == 3


def test_no_redirect_is_followed(town: Town, told, there: Receiver) -> None:
    there.answers = [(302, {"Location": there.url + "/elsewhere"})]
    says(town, "Hello")
    assert send(town) == 0
    assert len(there.got) == 1
    assert Signal.objects.get().last_code == "http_302"


def test_eight_tries_then_it_is_given_up(town: Town, told, there: Receiver) -> None:
    there.answers = [(500, {})]
    says(town, "Hello")
    now = timezone.now()
    for hours in range(0, 70, 7):
        with time_machine.travel(now + timedelta(hours=hours)):
            send(town)
    signal = Signal.objects.get()
    assert (signal.tries, signal.given_up_at is not None, len(there.got)) == (8, True, 8)


@pytest.mark.parametrize("status", [410, 500])
def test_one_that_fails_for_long_is_disabled_and_the_office_hears(
    status: int, town: Town, told, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "FAILURES", 3)
    there.answers = [(status, {})]
    says(town, "Hello")
    now = timezone.now()
    for hours in (0, 24, 49):
        with time_machine.travel(now + timedelta(hours=hours)):
            send(town)
    [subscription] = Subscription.objects.all()
    assert subscription.disabled_at is not None
    assert len(there.got) == (1 if status == 410 else 3)
    assert Entry.objects.filter(verb="api.webhook_disabled").count() == 1
    says(town, "Again")
    assert Signal.objects.count() == 1


def test_what_another_worker_has_in_hand_is_left_to_it_until_its_lease_is_over(
    town: Town, told, there: Receiver
) -> None:
    says(town, "Hello")
    Signal.objects.update(lease_until=timezone.now() + timedelta(minutes=1))
    assert send(town) == 0
    Signal.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert send(town) == 1


def test_a_call_that_was_lost_is_made_up_for(town: Town, told, there: Receiver) -> None:
    says(town, "Hello")
    now = timezone.now()
    keep_telling(town.school, now)
    keep_telling(town.school, now)
    [task] = OxTask.objects.all()
    assert task.task_path == "porchlight.api.tasks.tell_subscriber"
    tell_subscriber.call(*task.args)  # as the worker does
    assert len(there.got) == 1


def test_old_signals_are_forgotten(town: Town, told) -> None:
    says(town, "Hello")
    forget(town.school, timezone.now() + timedelta(days=29))
    assert Signal.objects.count() == 1
    forget(town.school, timezone.now() + timedelta(days=31))
    assert Signal.objects.count() == 0


def test_the_secret_stands_sealed_in_the_database(town: Town, told) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM api_subscription")
        [(stored,)] = cursor.fetchall()
    assert told[1] not in stored
    assert Subscription.objects.get().secret == told[1]


@pytest.fixture
def browser(office: StaffMember) -> Client:
    return browser_of(office)


def test_the_office_subscribes_tests_replays_and_ends(town: Town, browser: Client, there: Receiver) -> None:
    here = "/maple-street/settings/systems/webhooks/"
    made = browser.post(f"{here}new/", {"url": there.url, "kinds": ["message.received"]})
    subscription = Subscription.objects.get()
    secret = subscription.secret
    assert secret.replace("+", "&#x2B;") in made.text or secret in made.text
    its = f"{here}{subscription.key}/"
    assert secret not in browser.get(its).text
    browser.post(f"{its}test/")
    assert send(town) == 1
    assert "Taken" in browser.get(its).text
    browser.post(f"{its}again/", {"signals": [Signal.objects.get().key]})
    assert send(town) == 1
    assert [body["type"] for body in there.read(secret)] == ["test", "test"]
    assert len(set(there.ids)) == 1
    Subscription.objects.update(disabled_at=timezone.now())
    assert "It failed for so long that we stopped." in browser.get(its).text
    browser.post(f"{its}revival/")
    browser.post(f"{its}ending/")
    assert browser.post(f"{its}test/").status_code == 404
    assert Subscription.objects.get().ended_at is not None


def test_an_address_inside_is_refused_in_words(town: Town, browser: Client) -> None:
    here = "/maple-street/settings/systems/webhooks/new/"
    page = browser.post(here, {"url": "https://10.0.0.7/hook", "kinds": ["message.received"]})
    assert page.status_code == 422
    assert "inside a network of its own" in page.text
    assert "https://10.0.0.7/hook" in page.text
