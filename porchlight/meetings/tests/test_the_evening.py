"""The evening: its order, a soft timer that cuts nobody off, and a family that was not there is asked what would suit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.hearing_kit import say, told
from porchlight.errands.models import Errand
from porchlight.meetings.around import evening
from porchlight.meetings.around.evening import Waiting, waiting_for
from porchlight.meetings.models import Held, Meeting, Missed, NobodyCame
from porchlight.meetings.tests.around import html, opens, posts
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet

MINUTE = timedelta(minutes=1)


def three(town: Town) -> list[Meeting]:
    """Three families before one door, Mr Yousaf last."""
    found = []
    for number in (2, 3):
        home = town.home(number)
        at = THURSDAY + (number - 4) * 10 * MINUTE
        found.append(meet(town, at, student=home.student, guests=[home.guardian]))
    return [*found, meet(town)]


def test_a_family_that_waits_learns_the_order_and_nobodys_name(town: Town) -> None:
    first, second, own = three(town)
    page = f"/meetings/{own.key}/waiting/"
    early = first.starts_at - MINUTE
    assert waiting_for(own, early) == Waiting(2, in_room=False, minutes_left=0)

    evening.begin(first, by=town.amal.actor(), now=first.starts_at)
    now = first.starts_at + MINUTE
    assert waiting_for(own, now) == Waiting(1, in_room=True, minutes_left=9)
    town.yousaf.guardian.reads = "en"
    town.yousaf.guardian.save()
    shown = opens(town.yousaf.guardian, page, now)
    assert "You are next but one." in html(shown)
    assert "is with another family now" in html(shown)
    assert "Ms Amal" in html(shown)
    for stranger in (first.student, second.student):
        assert stranger.short_name not in html(shown)
    assert shown["Refresh"] == "60"
    assert "Refresh" not in opens(town.yousaf.guardian, f"{page}?still=1", now)
    assert "<script" not in html(shown).split("<main")[1]


def test_it_is_their_turn_when_the_others_are_done_or_did_not_come(town: Town) -> None:
    first, second, own = three(town)
    evening.begin(first, by=town.amal.actor(), now=first.starts_at)
    evening.end(first, by=town.amal.actor(), now=second.starts_at)
    evening.nobody_came(second, by=town.amal.actor(), now=second.starts_at + 5 * MINUTE)
    assert waiting_for(own, THURSDAY) == Waiting(0, in_room=False, minutes_left=0)
    evening.begin(own, by=town.amal.actor(), now=THURSDAY)
    assert waiting_for(own, THURSDAY + 12 * MINUTE) == Waiting(0, False, 0, has_begun=True)


def test_one_tap_begins_one_ends_and_going_over_cuts_nobody_off(town: Town) -> None:
    meeting = meet(town)
    path = f"/at-meetings/{meeting.key}"
    assert posts(town.amal, f"{path}/beginning/", THURSDAY).status_code == 302
    shown = html(opens(town.amal, "/meetings/mine/", THURSDAY + 4 * MINUTE))
    assert "6 minutes of the planned time are left. Nobody is cut off." in shown
    shown = html(opens(town.amal, f"{path}/", THURSDAY + 30 * MINUTE))
    assert "The planned time is over. Finish in peace what you are talking about." in shown
    assert Held.objects.get().ended_at is None
    posts(town.amal, f"{path}/ending/", THURSDAY + 31 * MINUTE)
    held = Held.objects.get()
    assert (held.began_at, held.ended_at) == (THURSDAY, THURSDAY + 31 * MINUTE)
    posts(town.amal, f"{path}/ending/", THURSDAY + 40 * MINUTE)
    held.refresh_from_db()
    assert held.ended_at == THURSDAY + 31 * MINUTE


def test_who_does_not_hold_it_notes_nothing_but_the_office_may(town: Town) -> None:
    meeting = meet(town)
    path = f"/at-meetings/{meeting.key}/beginning/"
    assert posts(town.reyes, path, THURSDAY).status_code == 404
    assert posts(town.yousaf.guardian, path, THURSDAY).status_code == 404
    assert not Held.objects.exists()
    posts(town.okafor, path, THURSDAY)
    assert Held.objects.get().noted_by == town.okafor


def test_nothing_is_noted_days_ahead(town: Town) -> None:
    meeting = meet(town)
    with pytest.raises(evening.NotYet):
        evening.begin(meeting, by=town.amal.actor(), now=NOW)
    with pytest.raises(evening.NotYet):
        evening.nobody_came(meeting, by=town.amal.actor(), now=THURSDAY - MINUTE)
    said = posts(town.amal, f"/at-meetings/{meeting.key}/nobody/", NOW)
    assert said.status_code == 302
    assert not NobodyCame.objects.exists()


def test_a_family_that_was_not_there_is_asked_what_would_suit_and_then_why(town: Town) -> None:
    meeting = meet(town)
    later = THURSDAY + 10 * MINUTE
    posts(town.amal, f"/at-meetings/{meeting.key}/nobody/", later)
    posts(town.amal, f"/at-meetings/{meeting.key}/nobody/", later + MINUTE)
    (text,) = told(town.yousaf.guardian)
    assert "ہم مل نہ سکے، ایسا ہو جاتا ہے۔" in text
    say(town, "2", later + 2 * MINUTE)
    missed = Missed.objects.get()
    assert missed.instead == "phone"
    errand = Errand.objects.get()
    assert (errand.kind, errand.assigned_to, errand.reason) == ("do", town.amal, "meeting_phone")
    assert "کیا رکاوٹ آئی" in told(town.yousaf.guardian)[-1]
    say(town, "5", later + 3 * MINUTE)
    missed.refresh_from_db()
    assert (missed.instead, missed.reason) == ("phone", "no_interpreter")
    assert Errand.objects.count() == 1
    shown = html(opens(town.amal, "/meetings/mine/", later + 5 * MINUTE))
    assert "What families asked for after we had not met" in shown
    assert posts(town.reyes, f"/meetings/mine/wishes/{errand.key}/", later).status_code == 404
    posts(town.amal, f"/meetings/mine/wishes/{errand.key}/", later + 6 * MINUTE)
    errand.refresh_from_db()
    assert errand.done_at == later + 6 * MINUTE


def test_not_now_is_an_answer_and_makes_nobody_an_errand(town: Town) -> None:
    meeting = meet(town)
    evening.nobody_came(meeting, by=town.amal.actor(), now=THURSDAY + 10 * MINUTE)
    say(town, "3", THURSDAY + 12 * MINUTE)
    assert Missed.objects.get().instead == "not_now"
    assert not Errand.objects.exists()


def test_who_had_said_that_they_cannot_is_asked_nothing(town: Town) -> None:
    meeting = meet(town)
    meeting.guests.update(word="cannot", said_at=NOW)
    evening.nobody_came(meeting, by=town.amal.actor(), now=THURSDAY + 10 * MINUTE)
    assert told(town.yousaf.guardian) == []


def test_who_comes_late_after_all_was_there(town: Town) -> None:
    meeting = meet(town)
    evening.nobody_came(meeting, by=town.amal.actor(), now=THURSDAY + 5 * MINUTE)
    evening.begin(meeting, by=town.amal.actor(), now=THURSDAY + 8 * MINUTE)
    assert not NobodyCame.objects.exists()
    assert Held.objects.get().began_at == THURSDAY + 8 * MINUTE


def test_a_colleague_writes_down_what_a_family_rang_about(town: Town) -> None:
    meeting = meet(town)
    seat = meeting.guests.get()
    path = f"/at-meetings/{meeting.key}/guests/{seat.key}/"
    assert posts(town.reyes, path, THURSDAY, word="late").status_code == 404
    posts(town.okafor, path, THURSDAY - 10 * MINUTE, word="late")
    said = seat.day_words.get()
    assert (said.word, said.said_by) == ("late", town.okafor)
