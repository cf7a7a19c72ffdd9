"""A family's text, through the real server and a real worker, is told to another system: signed, and again after its 503."""

from __future__ import annotations

from datetime import timedelta

from django.conf import LazySettings

from porchlight.api.models import Signal, SignalKind
from porchlight.api.tests.receiving import INSIDE, receiver
from porchlight.api.webhooks.subscribing import subscribe
from porchlight.conversations.models import Message
from porchlight.delivery.tests import cast
from porchlight.schools.actors import Role
from tests.at_work import AtWork, until

WORDS = "Hamza has a fever"
ASKED = timedelta(minutes=5)  # to be left alone, by the other system's Retry-After


def test_a_text_is_told_signed_without_its_words_and_once_more_when_the_receiver_asked_for(
    at_work: AtWork, settings: LazySettings
) -> None:
    settings.WEBHOOKS_INSIDE = INSIDE
    at_work.env["PORCHLIGHT_WEBHOOKS_INSIDE"] = ",".join(INSIDE)
    with receiver() as there:
        there.answers = [(503, {"Retry-After": str(int(ASKED.total_seconds()))}), (204, {})]
        with at_work.inside():
            office = at_work.colleague("Mrs Okafor", Role.OFFICE)
            at_work.texts()
            at_work.home(1)
            kinds = [SignalKind.MESSAGE_RECEIVED.value]
            _row, secret = subscribe(school=at_work.school, by=office, url=there.url, kinds=kinds)
        at_work.starts_serving()
        at_work.starts_working(tasks=True)
        at_work.town.answer("home 1", channel="sms", account="texts", text=WORDS)
        until(lambda: tries(at_work) == 1)
        with at_work.inside():
            signal, message = Signal.objects.get(), Message.objects.get(text=WORDS)
        assert (signal.last_code, len(there.got)) == ("http_503", 1)
        assert ASKED <= signal.due_at - signal.at < 2 * ASKED
        at_work.it_is(cast.TUESDAY + 3 * ASKED)
        until(lambda: tries(at_work) == 2)
        first, second = there.read(secret)
        assert first == second
        assert (first["type"], first["data"]["message"]) == ("message.received", message.key)
        assert len(set(there.ids)) == 1
        assert all(WORDS.encode() not in body for _headers, body in there.got)
    with at_work.inside():
        assert Signal.objects.get().told_at is not None


def tries(at_work: AtWork) -> int:
    """How often the one signal was sent, as the worker wrote it down."""
    with at_work.inside():
        return sum(Signal.objects.values_list("tries", flat=True))
