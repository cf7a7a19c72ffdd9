"""RFC 8058. One POST by a mail provider, without a cookie, stops what STOP stops, to the row, and quickly."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porchlight.delivery import addressing
from porchlight.delivery.content import Urgency
from porchlight.delivery.gateways.email.compose import compose
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.not_reached import NotReached
from porchlight.delivery.outbox.carriers import carrier_of
from porchlight.delivery.outbox.checking import check
from porchlight.delivery.planning import plan
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY, put_in_outbox
from porchlight.families.models import Address, Consent, ContactPoint
from porchlight.schools.models import School

pytestmark = pytest.mark.usefixtures("clock")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def account(school: School, settings: Any) -> Account:
    settings.BASE_URL = "https://school.example.org"
    mailboxes = {"host": "mail.example.org", "reply_mailbox": "reply@in.example.org", "provider": "postmark"}
    return cast.account(
        school, "email", label="Mail", sender="office@maple-street.example.org", settings=mailboxes
    )


def mail_of(account: Account, delivery: Delivery) -> str:
    carrier = carrier_of(account.pk, {})
    outgoing = carrier.outgoing(check(delivery.school_id, [delivery.pk], TUESDAY)[0][0])
    assert outgoing is not None
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", compose(carrier.credentials, outgoing, now=TUESDAY))
    return unfolded.decode()


def where_to_post(mail: str) -> str:
    """As a provider reads it: one https address, and the header that allows the click."""
    assert re.findall(r"^List-Unsubscribe-Post: (.*?)\r?$", mail, re.M) == ["List-Unsubscribe=One-Click"]
    [found] = re.findall(r"^List-Unsubscribe: <(https://school\.example\.org[^,<>]+)>\r?$", mail, re.M)
    return found.removeprefix("https://school.example.org")


def state_of(home: cast.Home) -> tuple[object, ...]:
    """All that a wish to stop may touch."""
    address = Address.objects.values_list("state", "opted_out_at", "value").get(pk=home.address.pk)
    points = ContactPoint.objects.filter(guardian=home.guardian).order_by("pk")
    ledger = Consent.objects.filter(contact_point__guardian=home.guardian).order_by("pk")
    return (
        address[:2],
        list(points.values_list("address__channel", "consented", "ended_at")),
        list(ledger.values_list("given", "contact_point__address__channel")),
    )


def home_with_two_ways(school: School, number: int) -> cast.Home:
    home = cast.home(school, number, channel="email")
    cast.reach(school, home.guardian, f"+4477009{number:05d}", rank=2)
    return home


@pytest.mark.parametrize("how", ["form", "multipart"])
def test_a_providers_post_stops_exactly_what_stop_stops(school: School, account: Account, how: str) -> None:
    by_click, by_word = home_with_two_ways(school, 1), home_with_two_ways(school, 2)
    first, _second = put_in_outbox(school, by_click, by_word)
    waiting = put_in_outbox(school, by_click, by_word, content=cast.words("And bring water."))
    url = where_to_post(mail_of(account, first.deliveries.get()))
    provider = Client(enforce_csrf_checks=True)
    said = {"List-Unsubscribe": "One-Click"}
    answer = (
        provider.post(url, said)
        if how == "multipart"
        else provider.post(url, "List-Unsubscribe=One-Click", content_type=FORM)
    )
    assert (answer.status_code, "Location" in answer) == (200, False)  # no redirect, as section 3.2 has it
    addressing.opt_out(by_word.address, source="reply STOP", words="STOP", now=TUESDAY)
    assert state_of(by_click) == state_of(by_word)
    obstacles = {
        row.obstacle for row, _ in check(school.pk, [one.deliveries.get().pk for one in waiting], TUESDAY)
    }
    assert obstacles == {"opted_out"}
    by_mail = plan(
        school=school, recipients=[by_click.recipient, by_word.recipient], content_for=lambda _: cast.words(),
        urgency=Urgency.URGENT, now=TUESDAY,
    )  # fmt: skip
    assert {one.not_reached for one in by_mail} == {NotReached.OPTED_OUT}


def test_it_answers_quickly_however_much_waits_and_the_same_the_second_time(
    school: School, account: Account
) -> None:
    home = cast.home(school, 1, channel="email")
    [parcel] = put_in_outbox(school, home)
    url, provider = f"/hooks/stop/maple-street/{parcel.deliveries.get().reference}/", Client()
    counts = []
    for more in range(2):
        for _ in range(30 * more):
            put_in_outbox(school, home)
        Address.objects.update(opted_out_at=None)
        ContactPoint.objects.update(consented=True)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert provider.post(url, "List-Unsubscribe=One-Click", content_type=FORM).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15
    assert provider.post(url, "List-Unsubscribe=One-Click", content_type=FORM).status_code == 200
    assert Consent.objects.count() == 2  # the third time nothing was left to stop


def test_looking_and_asking_otherwise_changes_nothing(school: School, account: Account) -> None:
    """What opens links before people do: scanners, previews, programs that try every method."""
    [parcel] = put_in_outbox(school, cast.home(school, 1, channel="email"))
    url, scanner = f"/hooks/stop/maple-street/{parcel.deliveries.get().reference}/", Client()
    looked = [scanner.get(url).status_code, scanner.head(url).status_code]
    others = [getattr(scanner, method)(url).status_code for method in ("options", "put", "patch", "delete")]
    assert (looked, others) == ([200, 200], [405] * 4)
    assert Address.objects.get().opted_out_at is None
    assert not Consent.objects.exists()
