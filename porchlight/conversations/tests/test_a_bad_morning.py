"""Ten to six, one person, a phone: the school is closed, every home hears it, and a mistake is stopped and owned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.audience import Audience, AudienceKind, resolve
from porchlight.conversations.closing import WHYS, classes_closed, draft_of
from porchlight.conversations.models import Message, Notice
from porchlight.conversations.notices import HOMES_ONE_PERSON_MAY_REACH, release, write
from porchlight.conversations.owning import Spread, spread_of, stop_and_own
from porchlight.conversations.taking_back import undo
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery, Parcel, Stopped
from porchlight.languages import phrases
from porchlight.schools.calendar import is_school_day
from porchlight.schools.models import Closure, SchoolClass

EARLY = datetime(2026, 10, 13, 4, 50, tzinfo=UTC)  # ten to six in London, in the middle of quiet hours
THE_DAY = date(2026, 10, 13)
NAMES = {1: "Mr Yousaf"}


def closed(town: Town, audience: Audience | None = None) -> Notice:
    """Mrs Okafor, alone, tells everybody."""
    draft = draft_of(
        school=town.school,
        audience=audience or Audience(AudienceKind.SCHOOL),
        why="power",
        day=THE_DAY,
        is_today=True,
    )
    with time_machine.travel(EARLY, tick=False):
        notice = write(draft, school=town.school, by=town.okafor.actor(), now=EARLY)
        return release(notice, by=town.okafor.actor(), now=EARLY)


def left(*numbers: int, status: Status = Status.DELIVERED) -> None:
    """It has left to these homes."""
    for delivery in Delivery.objects.all():
        if str(delivery.parcel.guardian) in {NAMES.get(number, f"Guardian {number}") for number in numbers}:
            delivery.status, delivery.sent_at = status, EARLY
            delivery.save()


def test_it_leaves_in_quiet_hours_without_a_second_person_and_the_reason_is_kept(town: Town) -> None:
    for number in range(2, HOMES_ONE_PERSON_MAY_REACH + 3):
        town.home(number)
    notice = closed(town)
    assert (notice.needs_approval, notice.urgent_reason) == (False, "School closed: No power or heating")
    due = set(Delivery.objects.values_list("due_at", flat=True))
    assert due == {EARLY + timedelta(seconds=15)}
    assert Delivery.objects.count() == HOMES_ONE_PERSON_MAY_REACH + 2


def test_each_home_reads_it_in_its_own_language_with_the_day_and_the_reason(town: Town) -> None:
    town.home(2)
    town.home(3, speaks="ur", reads="ur", script="Latn")
    closed(town)
    texts = {str(parcel.guardian): parcel.text for parcel in Parcel.objects.all()}
    assert "Maple Street School is closed today, 13.10.2026." in texts["Guardian 2"]
    assert "no power or heating" in texts["Guardian 2"]
    assert "بند ہے" in texts["Mr Yousaf"]
    assert "بجلی" in texts["Mr Yousaf"]
    assert "aaj, 13.10.2026 ko, band hai" in texts["Guardian 3"]
    assert not Parcel.objects.filter(is_original=True).exists()


@pytest.mark.parametrize("why", WHYS)
@pytest.mark.parametrize(
    "tag", [tag for tag, book in phrases.books().items() if "closed_today" in book.phrases]
)
def test_every_reason_has_words_in_every_language_that_has_the_sentence(
    town: Town, why: str, tag: str
) -> None:
    draft = draft_of(
        school=town.school, audience=Audience(AudienceKind.SCHOOL), why=why, day=THE_DAY, is_today=False
    )
    said = {draft.language: draft.text} | {key: version.text for key, version in draft.versions.items()}
    assert "13.10.2026" in said[tag]
    reason = "" if why == "other" else phrases.books()[tag].phrases[f"closed_for_{why}"]
    assert reason in said[tag]
    assert not set(said[tag]) & set("{[]}")


def test_the_day_is_closed_in_the_calendar_and_a_school_day_again_when_it_is_taken_back(town: Town) -> None:
    notice = closed(town)
    assert not is_school_day(town.school, THE_DAY)
    undo(notice, by=town.okafor.actor(), now=EARLY + timedelta(seconds=10))
    assert is_school_day(town.school, THE_DAY)
    assert not Delivery.objects.waiting().exists()


@pytest.mark.parametrize("kind", [AudienceKind.CLASSES, AudienceKind.YEAR])
def test_one_class_alone_closes_its_register_and_no_calendar(town: Town, kind: AudienceKind) -> None:
    SchoolClass.objects.create(school=town.school, name="5B", year="5")
    name = town.class_4a.key if kind is AudienceKind.CLASSES else "4"
    notice = closed(town, Audience(kind, (name,)))
    assert not Closure.objects.exists()
    assert is_school_day(town.school, THE_DAY)
    assert classes_closed(town.school, THE_DAY) == {town.class_4a.pk}
    client = browser_of(town.okafor)
    with time_machine.travel(EARLY, tick=False):
        calendar = client.get("/maple-street/settings/calendar/").content.decode()
    assert "Days on which some classes stay at home" in calendar
    assert f"<bdi>{town.class_4a.name}</bdi>" in calendar
    assert f'href="/maple-street/notices/{Notice.objects.get().key}/"' in calendar
    assert classes_closed(town.school, THE_DAY + timedelta(days=1)) == set()
    undo(notice, by=town.okafor.actor(), now=EARLY + timedelta(seconds=10))
    assert classes_closed(town.school, THE_DAY) == set()


def test_a_class_closed_by_mistake_and_owned_has_school_again(town: Town) -> None:
    town.home(2)
    notice = closed(town, Audience(AudienceKind.CLASSES, (town.class_4a.key,)))
    left(1)
    soon = EARLY + timedelta(minutes=2)
    with time_machine.travel(soon, tick=False):
        stop_and_own(
            notice, text=phrases.say("sorry_sent_by_mistake", "en"), by=town.okafor.actor(), now=soon
        )
    assert classes_closed(town.school, THE_DAY) == set()


def test_past_undo_what_has_not_left_stays_and_those_it_reached_are_told_sorry_in_their_language(
    town: Town,
) -> None:
    for number in (2, 3, 4):
        town.home(number)
    notice = closed(town)
    left(1, 2)
    soon = EARLY + timedelta(minutes=2)
    assert spread_of(notice) == Spread(left=2, here=2)
    with time_machine.travel(soon, tick=False):
        sorry = stop_and_own(
            notice, text=phrases.say("sorry_sent_by_mistake", "en"), by=town.okafor.actor(), now=soon
        )
    assert sorry is not None
    assert sorry.sorry_for == notice
    assert {str(one.parcel.guardian) for one in Delivery.objects.filter(stopped=Stopped.WITHDRAWN)} == {
        "Guardian 3",
        "Guardian 4",
    }
    told = Parcel.objects.filter(messages__message__notice=sorry)
    assert {str(parcel.guardian): parcel.language for parcel in told} == {
        "Mr Yousaf": "ur",
        "Guardian 2": "en",
    }
    assert "غلطی" in told.get(guardian=town.yousaf.guardian).text
    assert {parcel.urgency for parcel in told} == {"urgent"}
    # Whom it never reached sees nothing of it; whom it reached sees both, in order.
    standing = Message.objects.standing()
    assert standing.filter(thread__guardian__name="Guardian 3").count() == 0
    assert standing.filter(thread__guardian__name="Guardian 2").count() == 2
    assert is_school_day(town.school, THE_DAY)
    assert Entry.objects.filter(verb="notice.stopped").count() == 1


@pytest.mark.parametrize(
    "state",
    [{"lease_until": EARLY, "status": Status.QUEUED}, {"copies": 1, "status": Status.QUEUED}],
    ids=["leaving as we speak", "nobody knows whether it left"],
)
def test_what_may_have_arrived_is_owned_too(town: Town, state: dict[str, object]) -> None:
    notice = closed(town)
    Delivery.objects.update(**state)
    assert spread_of(notice) == Spread(left=1, here=0)
    assert stop_and_own(notice, text="Sorry.", by=town.okafor.actor(), now=EARLY) is not None


def test_what_failed_reached_nobody(town: Town) -> None:
    notice = closed(town)
    left(1, status=Status.FAILED)
    assert stop_and_own(notice, text="Sorry.", by=town.okafor.actor(), now=EARLY) is None
    assert Notice.objects.count() == 1


def test_pressed_twice_nobody_is_told_sorry_twice(town: Town) -> None:
    notice = closed(town)
    left(1)
    first, second = (stop_and_own(notice, text="Sorry.", by=town.okafor.actor(), now=EARLY) for _ in "ab")
    assert first == second
    assert Parcel.objects.filter(messages__message__notice=first).count() == 1


def test_a_restriction_set_meanwhile_is_obeyed_by_the_apology_as_well(town: Town) -> None:
    notice = closed(town)
    left(1)
    town.yousaf.restrict()
    assert stop_and_own(notice, text="Sorry.", by=town.okafor.actor(), now=EARLY) is None
    audience = Audience(AudienceKind.REACHED, (notice.key,))
    assert resolve(audience, actor=town.okafor.actor(), school=town.school, on=THE_DAY).is_empty


def test_words_of_ones_own_go_out_as_they_are_written(town: Town) -> None:
    notice = closed(town)
    left(1)
    sorry = stop_and_own(
        notice, text="Sorry: that was for the other school.", by=town.okafor.actor(), now=EARLY
    )
    parcel = Parcel.objects.get(messages__message__notice=sorry)
    assert (parcel.text, parcel.language) == ("Sorry: that was for the other school.", "en")


class TestPages:
    """As Mrs Okafor meets them."""

    @pytest.fixture
    def client(self, town: Town) -> Client:
        return browser_of(town.okafor)

    def test_only_the_office_and_leaders_close_a_school(self, town: Town, client: Client) -> None:
        address = f"/{town.school.slug}/notices/closed/"
        assert client.get(address).status_code == 200
        client.force_login(town.amal.user)
        assert client.get(address).status_code in {403, 404}

    def test_without_a_reason_the_form_says_what_is_missing(self, town: Town, client: Client) -> None:
        found = client.post(f"/{town.school.slug}/notices/closed/", {"day": "today", "audience": ["school:"]})
        assert found.status_code == 422
        assert "Choose why" in found.text

    def test_a_teacher_may_not_stop_another_ones(self, town: Town, client: Client) -> None:
        notice = closed(town)
        client.force_login(town.amal.user)
        found = client.post(f"/{town.school.slug}/notices/{notice.key}/mistake/", {"text": "x"})
        assert found.status_code in {403, 404}
        assert Notice.objects.get(pk=notice.pk).stopped_at is None

    def test_an_empty_apology_stops_nothing_yet(self, town: Town, client: Client) -> None:
        notice = closed(town)
        left(1)
        with time_machine.travel(EARLY + timedelta(minutes=1), tick=False):
            found = client.post(f"/{town.school.slug}/notices/{notice.key}/mistake/", {"text": " "})
        assert found.status_code == 422
        assert Notice.objects.get(pk=notice.pk).stopped_at is None
