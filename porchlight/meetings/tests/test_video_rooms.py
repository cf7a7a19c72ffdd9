"""A worker makes each video meeting's room ahead of time, takes it along when the meeting moves, and ends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
import time_machine

import practice
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.meetings.arranging import call_off, move
from porchlight.meetings.models import Meeting, Mode, VideoAccount, VideoRoom
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.meetings.tests.video_kit import asked, by_video, connected
from porchlight.meetings.video.accounts import change_account, close_account, open_account, try_it, use
from porchlight.meetings.video.registry import COMPANIES
from porchlight.meetings.video.rooms import want_rooms, work
from practice.threads import ThreadedTown as Running

LOOK = THURSDAY - timedelta(minutes=19)


@pytest.fixture
def running() -> Iterator[Running]:
    with practice.town_in_thread(smtp_port=None) as town:
        yield town


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def seen_to(town: Town) -> VideoRoom | None:
    """What a round of the workers does."""
    from porchlight.toolbox import school_time

    if want_rooms(town.school, school_time.now()):
        work(town.school.pk)
    return VideoRoom.objects.select_related("account").first()


@on_both_databases
@pytest.mark.parametrize("name", COMPANIES)
def test_a_room_stands_before_the_meeting_begins(
    name: str, town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    connected(town, name, running.url)
    by_video(town)
    seen_to(town)
    clock.move_to(LOOK)
    room = seen_to(town)
    assert room is not None
    assert room.is_ready
    assert room.trouble == ""
    clock.move_to(THURSDAY + timedelta(minutes=80))
    room = seen_to(town)
    assert room is not None
    assert not room.is_ready
    assert room.place == {}


@pytest.mark.django_db
def test_only_video_meetings_within_the_next_weeks_get_one(
    town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    connected(town, "zoom", running.url)
    meet(town)
    by_video(town, THURSDAY + timedelta(days=30))
    assert seen_to(town) is None
    assert asked(running) == []


@pytest.mark.django_db
def test_without_an_account_nothing_is_wanted(town: Town, clock: time_machine.Traveller) -> None:
    by_video(town)
    assert seen_to(town) is None


@pytest.mark.django_db
def test_a_moved_meeting_takes_its_room_along(
    town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    connected(town, "zoom", running.url)
    meeting = by_video(town)
    before = seen_to(town)
    assert before is not None
    number = before.place["id"]
    later = THURSDAY + timedelta(hours=2)
    move(meeting, starts_at=later, ends_at=later + timedelta(minutes=15), by=town.amal.actor(), now=NOW)
    room = seen_to(town)
    assert room is not None
    assert room.place["id"] == number
    assert room.revision == 1
    (change,) = [one for one in asked(running) if one["method"] == "PATCH"]
    assert '"start_time": "2026-10-15T18:00:00Z"' in change["body"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["zoom", "google_meet"])
def test_a_meeting_called_off_ends_its_room(
    name: str, town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    connected(town, name, running.url)
    meeting = by_video(town)
    seen_to(town)
    call_off(meeting, why="school", by=town.amal.actor(), now=NOW)
    room = seen_to(town)
    assert room is not None
    assert room.ended_at == NOW
    assert room.place == {}
    last = asked(running)[-1]
    assert (last["method"] == "DELETE") or last["path"].endswith(":endActiveConference")


@pytest.mark.django_db
def test_a_meeting_that_is_held_by_telephone_instead_needs_no_room_any_more(
    town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    connected(town, "zoom", running.url)
    meeting = by_video(town)
    seen_to(town)
    move(meeting, starts_at=THURSDAY, ends_at=THURSDAY + timedelta(minutes=10), by=town.amal.actor(), now=NOW,
         mode=Mode.PHONE)  # fmt: skip
    room = seen_to(town)
    assert room is not None
    assert not room.is_ready


@pytest.mark.django_db
def test_a_room_that_was_lost_is_made_anew_before_the_meeting(
    town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    connected(town, "big_blue_button", running.url)
    by_video(town)
    clock.move_to(THURSDAY - timedelta(minutes=29))
    assert seen_to(town) is not None
    requests.post(f"{running.url}/control/video/forget/", timeout=9)
    clock.move_to(LOOK)
    seen_to(town)
    paths = [one["path"].rpartition("/")[2] for one in asked(running)]
    assert paths == ["create", "getMeetingInfo", "create"]


@pytest.mark.django_db
def test_a_busy_company_is_asked_again_by_itself(
    town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    connected(town, "zoom", running.url)
    by_video(town)
    running.set_weather("video", rude="500", times=1)
    room = seen_to(town)
    assert room is not None
    assert not room.is_ready
    assert room.trouble == "The company for video meetings is busy or away. Porchlight asks again by itself."
    clock.shift(timedelta(minutes=1))
    room = seen_to(town)
    assert room is not None
    assert room.is_ready
    assert room.trouble == ""


@pytest.mark.django_db
def test_a_wrong_key_holds_the_account_until_staff_write_the_right_one(
    town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    account = connected(town, "zoom", running.url)
    change_account(
        account,
        settings=account.settings,
        secrets={"client_secret": "wrong"},
        by=town.okafor.actor(),
        now=NOW,
    )
    by_video(town)
    seen_to(town)
    account.refresh_from_db()
    assert account.held_code == "invalid_client"
    assert account.held_reason.startswith("The company for video meetings does not take our key.")
    count = len(asked(running))
    clock.shift(timedelta(minutes=5))
    seen_to(town)
    assert len(asked(running)) == count  # nothing goes there
    right = {"client_secret": "practice-zoom-secret"}
    change_account(account, settings=account.settings, secrets=right, by=town.okafor.actor(), now=NOW)
    room = seen_to(town)
    assert room is not None
    assert room.is_ready


@pytest.mark.django_db
def test_a_test_says_in_plain_words_what_came_back(
    town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    account = connected(town, "big_blue_button", running.url)
    try_it(account, by=town.okafor.actor(), now=NOW)
    work(town.school.pk)
    account.refresh_from_db()
    assert (account.test_wanted_at, account.tested_at, account.test_said) == (None, NOW, "")
    change_account(
        account, settings=account.settings, secrets={"secret": "x"}, by=town.okafor.actor(), now=NOW
    )
    try_it(account, by=town.okafor.actor(), now=NOW)
    work(town.school.pk)
    account.refresh_from_db()
    assert account.test_said.startswith("The company for video meetings does not take our key.")


@pytest.mark.django_db
def test_another_account_is_used_for_new_rooms_and_a_closed_ones_meetings_move_there(
    town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    first = connected(town, "zoom", running.url)
    by_video(town)
    seen_to(town)
    second = open_account(
        school=town.school, company="jitsi", settings={"base_url": running.url}, secrets={},
        by=town.okafor.actor(), now=NOW,
    )  # fmt: skip
    assert second.used_since is None
    use(second, by=town.okafor.actor(), now=NOW)
    assert list(VideoAccount.objects.exclude(used_since=None)) == [second]
    room = seen_to(town)
    assert room is not None
    assert room.account == first
    close_account(first, by=town.okafor.actor(), now=NOW)
    assert first.secrets == {}
    room = seen_to(town)
    assert room is not None
    assert room.account == second
    assert room.is_ready


@pytest.mark.django_db
def test_what_stands_in_the_table_opens_no_room(
    town: Town, running: Running, clock: time_machine.Traveller
) -> None:
    connected(town, "zoom", running.url)
    by_video(town)
    room = seen_to(town)
    assert room is not None
    assert "/j/" in room.place["join"]
    assert "/j/" not in room.sealed_place
    assert "/s/" not in room.sealed_place
    assert "host" not in room.place  # the host's own address is fetched minutes before
    assert Meeting.objects.get().video_room == room
