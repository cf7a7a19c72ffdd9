"""What families send beside words is fetched soon, kept whole, tried again while there is hope, and never doubled."""

from __future__ import annotations

import asyncio
import base64
import threading
from datetime import timedelta

import pytest

from porchlight.delivery import fetching
from porchlight.delivery.fetching import LEASE, Fetcher, fetch_due
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.inbox import listeners
from porchlight.delivery.models import Attachment, WebhookRoute
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.hooks import post, process, text_from
from porchlight.delivery.tests.kit import network, on_both_databases
from porchlight.files.keeping import opened
from porchlight.files.models import StoredFile
from practice.enclosures import Enclosure, made

pytestmark = [pytest.mark.usefixtures("clock"), on_both_databases]
YOUSAF = "+447700900001"


@pytest.fixture
def heard(monkeypatch) -> list:
    """What the rooms above are told, in their place."""
    told: list = []
    monkeypatch.setattr(listeners, "_heard", [lambda event: told.append(event) or "heard"])
    return told


@pytest.fixture
def account(school, town, heard):
    cast.home(school, channel="whatsapp")
    return cast.whatsapp(school, town)


def sends(
    town, account, enclosure: Enclosure, *, key: str = "wamid.1", told: Enclosure | None = None
) -> None:
    """What Meta posts when a family sends this; `told` when Meta speaks of other bytes."""
    town.call(lambda there: there.enclosures.keep(account.school.slug, enclosure))
    digest = base64.b64encode((told or enclosure).digest).decode()
    inside = {"mime_type": enclosure.mime_type, "sha256": digest, "id": enclosure.id}
    post(account, text_from(YOUSAF, "", key=key, type=enclosure.kind, **{enclosure.kind: inside}))
    process()


def fetched(now=cast.TUESDAY) -> int:
    with network() as run:
        return fetch_due(run, now)


def as_it_sounds(file: StoredFile) -> bytes:
    """The packets of the recording, without the pages they were packed in."""
    with opened(file) as kept:
        return kept.read().partition(b"OpusTags")[2].partition(b"OggS")[2][27:]


def test_a_voice_note_is_kept_whole_with_its_length_and_told_of_with_the_words(account, town, heard):
    note = made("voice", 8)
    sends(town, account, note)
    row = Attachment.objects.get()
    assert heard[0].attachments == (row,)
    assert (row.file, row.kind, row.digest) == (None, "audio", note.digest.hex())
    assert fetched() == 1
    row.refresh_from_db()
    assert as_it_sounds(row.file).endswith(b"\xf8\xff\xfe")
    assert (row.file.seen_type, row.file.seconds, row.waiting) == ("audio/ogg", 8.0, None)
    assert (row.code, row.given_up_at) == ("", None)
    assert fetched() == 0
    assert WebhookRoute.objects.get().fetch_at is None


def test_the_webhook_is_answered_before_anything_is_fetched(account, town):
    town.set_weather("whatsapp", rude="stall", stall=30)
    sends(town, account, made("voice"))
    assert Attachment.objects.get().tries == 0


def test_told_twice_it_is_one_file(account, town):
    note = made("voice")
    for _ in range(3):
        sends(town, account, note)
        fetched()
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_several_at_once_are_all_kept(account, town):
    for number in range(6):
        sends(town, account, made("voice", number + 1), key=f"wamid.{number}")
    assert fetched() == 4
    assert fetched() == 2
    assert sorted(StoredFile.objects.values_list("seconds", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_what_the_gateway_no_longer_has_is_given_up_and_says_why(account, town):
    note = made("voice")
    sends(town, account, note)
    town.call(lambda there: there.enclosures.forget())
    fetched()
    row = Attachment.objects.get()
    assert (row.file, row.code, row.given_up_at) == (None, "media_gone", cast.TUESDAY)
    assert fetched(cast.TUESDAY + timedelta(days=1)) == 0
    assert "send it again" in row.account.carrier.explain(row.code)


def test_a_wrong_token_is_tried_again_until_staff_have_mended_it(account, town, clock):
    good = dict(account.secrets)
    account.keep_secrets({**good, "access_token": "wrong"})
    account.save()
    note = made("voice")
    sends(town, account, note)
    fetched()
    row = Attachment.objects.get()
    assert (row.code, row.given_up_at, row.tries) == ("190", None, 1)
    assert cast.TUESDAY < row.due_at <= cast.TUESDAY + timedelta(minutes=1)
    assert fetched() == 0
    account.keep_secrets(good)
    account.save()
    assert fetched() == 0  # looked at, and due later
    clock.now = row.due_at
    assert fetched(clock.now) == 1
    row.refresh_from_db()
    assert row.file.seconds == 8.0


def test_after_a_week_there_is_no_hope(account, town, clock):
    account.keep_secrets({**account.secrets, "access_token": "wrong"})
    account.save()
    sends(town, account, made("voice"))
    for _ in range(60):
        WebhookRoute.objects.update(fetch_at=clock.now)
        fetched(clock.now)
        clock.now += timedelta(hours=6)
    row = Attachment.objects.get()
    assert row.given_up_at is not None
    assert row.given_up_at <= cast.TUESDAY + timedelta(days=7)


def test_a_file_beyond_the_measure_is_left_with_the_gateway(account, town, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 100)
    sends(town, account, made("voice"))
    fetched()
    assert (Attachment.objects.get().code, StoredFile.objects.count()) == ("media_too_large", 0)


def test_a_worker_that_died_while_fetching_is_taken_over(account, town, clock):
    sends(town, account, made("voice"))
    Attachment.objects.update(tries=1, due_at=cast.TUESDAY + LEASE)  # claimed by somebody who is gone
    assert fetched() == 0
    clock.now += LEASE
    assert fetched(clock.now) == 1
    assert Attachment.objects.get().file is not None


def test_an_account_nobody_can_open_is_looked_at_again_later(account, town):
    sends(town, account, made("voice"))
    good, account.sealed_secrets = account.sealed_secrets, "1.broken"
    account.save()
    assert fetched() == 0
    assert Attachment.objects.get().given_up_at is None
    account.sealed_secrets = good
    account.save()
    assert fetched(cast.TUESDAY + LEASE) == 1


def test_a_worker_that_is_stopped_lets_go_of_what_stalls_and_the_next_one_fetches_it(account, town):
    sends(town, account, made("voice"))
    with network() as run:
        fetcher = Fetcher(lambda _work: run(_for_ever))
        threading.Timer(0.2, fetcher.stop).start()
        assert fetch_due(fetcher.start, cast.TUESDAY) == 1
    row = Attachment.objects.get()
    assert (row.code, row.given_up_at) == ("no_connection", None)
    assert fetched(row.due_at) == 1
    assert Attachment.objects.get().file is not None


async def _for_ever(_http: Http) -> None:
    await asyncio.Event().wait()


def test_what_has_neither_an_id_nor_an_address_is_said_to_be_gone(account, heard):
    inside = {"mime_type": "audio/ogg"}
    post(account, text_from(YOUSAF, "", type="audio", audio=inside))
    process()
    row = Attachment.objects.get()
    assert (row.code, row.given_up_at) == ("media_gone", cast.TUESDAY)
    assert fetched() == 0
