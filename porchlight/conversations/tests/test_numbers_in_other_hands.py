"""T30: whatever says that a number may be somebody else's, nothing of a child goes there until a person has asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from porchlight.conversations.mending import confirm
from porchlight.conversations.models import Trouble
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.troubles import to_mend
from porchlight.delivery.addressing import demote
from porchlight.delivery.asking_again import said_not_theirs
from porchlight.delivery.content import Urgency
from porchlight.delivery.gateways.contract import (
    AddressFailed,
    Advice,
    Heard,
    IdentityChanged,
    Sender,
    Status,
)
from porchlight.delivery.inbox import changes, senders, wishes
from porchlight.delivery.ladder.looking import climb_due
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.outbox.claiming import claim
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.delivery.silence import doubt_the_silent, gives_sign_of_life, silent_since
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY, account
from porchlight.families.models import Address, Channel
from porchlight.languages.understood import Kind, understand
from porchlight.languages.word_lists import languages, word_lists
from porchlight.schools.models import Closure, Term

NUMBER = "+447700900001"
APPROVED = {"templates": "porchlight_notice en\nporchlight_general en"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


def first_words(language: str) -> list[str]:
    """Every way to say “wrong number” that a language's list begins with: the words themselves, no sentence."""
    known = word_lists().meanings.items()
    return [
        text
        for text, readings in known
        if any(one.kind is Kind.NOT_ME and one.language == language and not one.sentence for one in readings)
    ]


def another_identity(town: Town) -> None:
    Address.objects.update(user_id="GB.1")
    assert senders.address_of(town.phone, Sender(number=NUMBER, user_id="GB.2")) is None


def news_of_a_change(town: Town) -> None:
    changes.identity_changed(
        town.phone, IdentityChanged("1", old=Sender(number=NUMBER), new=Sender(number="+447700900888"))
    )


def hard_bounce(town: Town) -> None:
    failure = AddressFailed("1", Sender(number=NUMBER), advice=Advice.BAD_ADDRESS, code="unknown_number")
    changes.address_failed(town.phone, failure, TUESDAY)


def silence(town: Town) -> None:
    Address.objects.update(
        confirmed_at=TUESDAY - timedelta(days=400), created_at=TUESDAY - timedelta(days=900)
    )
    doubt_the_silent(town.school, TUESDAY)


def says(town: Town, text: str, language: str) -> None:
    heard = Heard("1", Sender(number=NUMBER), text=text)
    wish = wishes.wish_in(heard, [language])
    assert wish is not None, text
    town.yousaf.address.refresh_from_db()
    wishes.grant(
        wish, account=town.phone, address=town.yousaf.address, heard=heard, reads=[language], now=TUESDAY
    )


SIGNALS: dict[str, Callable[[Town], None]] = {
    "another identity": another_identity,
    "news of a change": news_of_a_change,
    "hard bounce": hard_bounce,
    "silence": silence,
    **{
        f"wrong number ({language})": lambda town, language=language: says(
            town, first_words(language)[0], language
        )
        for language in languages()
    },
}


@pytest.mark.parametrize("signal", SIGNALS)
def test_t30_what_goes_next_names_nobody_until_somebody_has_asked(town: Town, signal: str) -> None:
    town.yousaf.address.refresh_from_db()
    cast.put_in_outbox(town.school, town.yousaf)  # planned before: stopped at the wire
    SIGNALS[signal](town)
    cast.put_in_outbox(town.school, town.yousaf)
    [turn] = waiting_lanes(TUESDAY) or [None]
    leaving = claim(turn, 64, TUESDAY).leaving if turn else []
    sent = Delivery.objects.filter(pk__in=[row.id for row in leaving])
    assert not any(row.is_personal or "Hamza" in row.body["text"] for row in sent)
    town.yousaf.address.refresh_from_db()
    confirm(town.yousaf.address, by=town.okafor.actor(), now=TUESDAY)
    cast.put_in_outbox(town.school, town.yousaf)
    again = Delivery.objects.latest("pk")
    assert "Hamza" in again.body["text"]
    assert again.stopped == ""


def test_t30_not_me_is_asked_about_on_another_way_of_theirs_once(town: Town) -> None:
    """Where somebody else reads, nothing goes any more; the family is asked elsewhere, in words that name nobody."""
    other, _point = cast.reach(town.school, town.yousaf.guardian, "+447700900777", rank=2)
    heard = Heard("m1", Sender(number=NUMBER), text="wrong number")
    for _ in range(2):
        wish = understand("wrong number", ["en"])
        assert wish is not None
        town.yousaf.address.refresh_from_db()
        given = {"account": town.phone, "address": town.yousaf.address, "heard": heard, "reads": ["ur"]}
        wishes.grant(wish, **given, now=TUESDAY)
    asked = Delivery.objects.filter(parcel__service_kind="way_in_doubt")
    assert [row.address for row in asked] == [other]
    assert "Hamza" not in asked[0].body["text"]
    assert town.yousaf.address.state == "bad"


@pytest.mark.parametrize("language", languages())
def test_t30_wrong_number_is_understood_in_every_language_and_script(language: str) -> None:
    found = first_words(language)
    assert found, f"{language} has no way to say wrong number"
    for text in found:
        understood = understand(text, [language])
        assert understood is not None, text
        assert understood.kind is Kind.NOT_ME, text


@pytest.mark.parametrize(("school_days", "silent"), [(180, False), (181, True)])
def test_t30_silence_is_counted_in_school_days(town: Town, school_days: int, silent: bool) -> None:
    """Ten weeks of summer are nobody's silence."""
    Closure.objects.create(
        school=town.school, name="Summer", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 8)
    )
    day, left = TUESDAY.date(), school_days
    while left:  # counted by hand, backwards, without the product's calendar
        day -= timedelta(days=1)
        left -= day.weekday() < 5 and not date(2026, 7, 1) <= day <= date(2026, 9, 8)
    Address.objects.update(
        confirmed_at=datetime.combine(day, datetime.min.time(), tzinfo=UTC).replace(hour=12)
    )
    Address.objects.update(created_at=TUESDAY - timedelta(days=900))
    assert doubt_the_silent(town.school, TUESDAY) == silent


def test_t30_the_office_is_asked_once_and_what_the_family_did_itself_is_no_silence(town: Town) -> None:
    silence(town)
    assert doubt_the_silent(town.school, TUESDAY) == 0
    assert Trouble.objects.get().kind == "address_demoted"
    other = town.home(2).address
    Address.objects.filter(pk=other.pk).update(created_at=TUESDAY - timedelta(days=900))
    other.refresh_from_db()
    gives_sign_of_life(other, silent_since(town.school, TUESDAY))
    assert doubt_the_silent(town.school, TUESDAY) == 0


def test_t30_a_mailbox_is_not_doubted_for_its_silence(town: Town) -> None:
    cast.reach(town.school, town.yousaf.guardian, "y@example.org", channel=Channel.EMAIL, rank=2)
    Address.objects.update(created_at=TUESDAY - timedelta(days=900))
    assert doubt_the_silent(town.school, TUESDAY) == 1


def test_t30_a_school_without_terms_counts_its_week(town: Town) -> None:
    assert not Term.objects.exists()
    assert (TUESDAY - silent_since(town.school, TUESDAY)).days == 252  # 180 weekdays back, from midnight


def on_every_channel(town: Town) -> list[Address]:
    """Mr Yousaf's number, texted until now, is his on WhatsApp and for calls too."""
    account(town.school, "whatsapp_cloud", sender="+441632960001", settings=APPROVED)
    others = [
        cast.reach(town.school, town.yousaf.guardian, NUMBER, channel=channel, rank=rank)[0]
        for channel, rank in (("whatsapp", 0), ("call", 3))
    ]
    return [town.yousaf.address, *others]


def said_to_a_colleague(town: Town) -> None:
    said_not_theirs(town.yousaf.address, school=town.school, by=town.amal.actor(), now=TUESDAY)


def another_number(town: Town) -> None:
    """Who we know by an identity writes from another number: the one we had is free for somebody else."""
    Address.objects.filter(pk=town.yousaf.address.pk).update(user_id="GB.1")
    senders.address_of(town.phone, Sender(number="+447700900888", user_id="GB.1"))


ABOUT_WHOSE: dict[str, tuple[Callable[[Town], None], str]] = {
    "another identity": (
        lambda town: changes.identity_changed(
            town.phone, IdentityChanged("1", old=Sender(number=NUMBER), new=Sender(number="+447700900888"))
        ),
        "notice_only",
    ),
    "another number": (another_number, "notice_only"),
    "silence": (silence, "notice_only"),
    "said to a colleague": (said_to_a_colleague, "notice_only"),
    "wrong number": (lambda town: says(town, "wrong number", "en"), "bad"),
}


@on_both_databases
@pytest.mark.parametrize("signal", ABOUT_WHOSE)
def test_t30_what_says_whose_a_number_is_holds_for_every_channel_of_it(town: Town, signal: str) -> None:
    rows = on_every_channel(town)
    home = town.home(2).address
    doubt, state = ABOUT_WHOSE[signal]
    doubt(town)
    Address.objects.filter(pk=home.pk).update(state="good")  # of another home, silent or not
    assert states(rows) == [state] * 3
    cast.put_in_outbox(town.school, town.yousaf)
    assert not Delivery.objects.filter(is_personal=True).exists()
    told = to_mend(town.school, town.okafor.actor())
    assert told.count == len(told.shown) == 1  # a number is one trouble
    confirm(Address.objects.get(pk=rows[1].pk), by=town.okafor.actor(), now=TUESDAY)
    assert states(rows) == ["good"] * 3
    assert to_mend(town.school, town.okafor.actor()).count == 0


@on_both_databases
def test_t30_what_is_said_of_a_channel_alone_stays_there(town: Town) -> None:
    rows = on_every_channel(town)
    hard_bounce(town)
    assert states(rows) == ["bad", "good", "good"]
    says(town, "wrong number", "en")
    assert states(rows) == ["bad", "bad", "bad"]
    confirm(Address.objects.get(pk=rows[2].pk), by=town.okafor.actor(), now=TUESDAY)
    assert states(rows) == ["bad", "good", "good"]  # theirs, and it still takes no texts


@on_both_databases
def test_t30_who_was_not_asked_about_a_number_is_not_written_to_there(town: Town) -> None:
    """Its new owner has a child here too, and says that it is theirs: so it is no longer Mr Yousaf's."""
    other = town.home(2)
    new_owners, _point = cast.reach(town.school, other.guardian, NUMBER, channel="whatsapp", rank=2)
    demote(new_owners, reason="silent")
    assert states([new_owners, town.yousaf.address]) == ["notice_only", "notice_only"]
    confirm(Address.objects.get(pk=new_owners.pk), by=town.okafor.actor(), now=TUESDAY)
    assert states([new_owners, town.yousaf.address]) == ["good", "notice_only"]


@on_both_databases
def test_t30_a_stranger_who_says_wrong_number_gets_urgent_words_on_no_other_channel_of_it(town: Town) -> None:
    on_every_channel(town)
    cast.reach(town.school, town.yousaf.guardian, "+447700900777", rank=4)
    cast.put_in_outbox(town.school, town.yousaf, urgency=Urgency.URGENT)
    first = Delivery.objects.get()
    assert (first.channel, first.to) == ("whatsapp", NUMBER)
    Delivery.objects.update(status=Status.DELIVERED, sent_at=TUESDAY)
    by_whatsapp = Account.objects.get(channel="whatsapp")
    heard = Heard("1", Sender(number=NUMBER), text="wrong number")
    wish = understand("wrong number", ["en"])
    assert wish is not None
    wishes.grant(wish, account=by_whatsapp, address=first.address, heard=heard, reads=["en"], now=TUESDAY)
    climb_due(town.school, TUESDAY)
    after = Delivery.objects.filter(parcel__service_kind="").order_by("pk")
    assert [row.to for row in after] == [NUMBER, "+447700900777"]


def states(rows: list[Address]) -> list[str]:
    return [Address.objects.get(pk=row.pk).state for row in rows]
