"""Mail's own ways: an address of its own to answer each mail, and one click that stops them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.http import urlencode

from porchlight.delivery.gateways.contract import Heard, Sender
from porchlight.delivery.inbox.senders import address_of_mail
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.outbox.carriers import carrier_of
from porchlight.delivery.outbox.checking import check
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import put_in_outbox
from porchlight.delivery.tests.kit import on_both_databases
from porchlight.families.models import Consent

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def account(school):
    mailboxes = {"host": "mail.example.org", "reply_mailbox": "reply@in.example.org", "provider": "postmark"}
    return cast.account(
        school, "email", label="Mail", sender="office@maple-street.example.org", settings=mailboxes
    )


@pytest.fixture
def sent(school, account) -> Delivery:
    [parcel] = put_in_outbox(school, cast.home(school, channel="email"))
    return parcel.deliveries.get()


def test_each_mail_has_its_own_address_for_the_answer_and_its_own_to_stop(school, account, sent):
    [(row, _)] = check(school.pk, [sent.pk], cast.TUESDAY)
    mail = carrier_of(account.pk, {}).outgoing(row)
    assert mail.reply_to == f"reply+{sent.reference}@in.example.org"
    assert mail.unsubscribe_url.endswith(f"/hooks/stop/maple-street/{sent.reference}/")
    assert mail.subject == "A message from Maple Street School"
    assert "You can answer this mail." in mail.text
    assert not mail.automatic


def test_a_mail_no_person_wrote_says_so_and_offers_no_stop(school, account, sent):
    Parcel.objects.update(service_kind="sign_in_code")
    [(row, _)] = check(school.pk, [sent.pk], cast.TUESDAY)
    mail = carrier_of(account.pk, {}).outgoing(row)
    assert (mail.automatic, mail.unsubscribe_url) == (True, "")


def heard(sender: str, **more) -> Heard:
    return Heard("key", Sender(mailbox=sender), "Thank you", **more)


def test_an_answer_is_known_by_its_token_not_by_who_it_says_it_is_from(account, sent):
    Delivery.objects.update(provider_id="<m1@example.org>")
    found = address_of_mail(account, heard("another@example.org", reply_token=sent.reference))
    assert found == (sent.address, "<m1@example.org>")


@pytest.mark.parametrize(("verified", "known"), [(True, True), (None, True), (False, False)])
def test_without_a_token_the_sender_counts_unless_their_domain_disowns_the_mail(
    account, sent, verified, known
):
    address, _ = address_of_mail(account, heard("Family1@Example.org", verified=verified))
    assert (address == sent.address) is known


def test_a_made_up_token_opens_nothing(account, sent):
    assert address_of_mail(account, heard("stranger@example.org", reply_token="x" * 26)) == (None, "")


def test_opening_the_stop_page_stops_nothing_and_one_post_does(sent):
    client, url = Client(enforce_csrf_checks=True), f"/hooks/stop/maple-street/{sent.reference}/"
    for _ in range(2):
        page = client.get(url)
        assert page.status_code == 200
        assert "Shall the school stop sending" in page.text
        assert "family1@example.org" not in page.text
    assert client.head(url).status_code == 200
    sent.address.refresh_from_db()
    assert sent.address.opted_out_at is None
    page = client.post(url, urlencode(ONE_CLICK), content_type="application/x-www-form-urlencoded")
    assert (page.status_code, "no more mails" in page.text) == (200, True)
    sent.address.refresh_from_db()
    assert sent.address.opted_out_at == cast.TUESDAY
    assert client.post(url, ONE_CLICK).status_code == 200  # as multipart, and again
    assert Consent.objects.get().source == "unsubscribe in a mail"


def test_a_stop_address_nobody_was_sent_says_the_same_whatever_was_wrong_with_it(sent):
    unknown, guessed = f"/hooks/stop/maple-street/{'x' * 26}/", f"/hooks/stop/maple-street/{sent.pk}/"
    for page in (Client().get(unknown), Client().post(guessed), Client().post(unknown)):
        assert (page.status_code, "This link is not open any more." in page.text) == (404, True)
    assert Client().get("/hooks/stop/no-such-school/x/").status_code == 404
    assert not Consent.objects.exists()
