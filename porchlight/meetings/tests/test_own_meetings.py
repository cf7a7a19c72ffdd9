"""Pages of one's own meetings: a family's, a colleague's, a student's, each with what is theirs alone."""

from __future__ import annotations

from datetime import timedelta

from porchlight.conversations.tests.conftest import Town
from porchlight.meetings import joining
from porchlight.meetings.around import steps
from porchlight.meetings.arranging import call_off
from porchlight.meetings.models import Doer, Meeting, Mode, Step
from porchlight.meetings.tests.around import BEFORE_FIVE, hers, html, mother_apart, opens, posts
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet


def test_a_family_sees_its_own_meetings_and_not_the_other_parents(town: Town) -> None:
    mother = mother_apart(town)
    own, other = meet(town), hers(town, mother)
    shown = html(opens(town.yousaf.guardian, "/meetings/"))
    assert own.key in shown
    assert "Room 4" in shown
    assert other.key not in shown
    assert opens(town.yousaf.guardian, f"/meetings/{other.key}/").status_code == 404
    assert posts(town.yousaf.guardian, f"/meetings/{other.key}/word/", word="yes").status_code == 404
    assert opens(town.yousaf.guardian, f"/meetings/{other.key}/waiting/").status_code == 404


def test_a_family_says_yes_another_time_or_cannot_on_its_page(town: Town) -> None:
    meeting = meet(town)
    path = f"/meetings/{meeting.key}/word/"
    for word in ("yes", "another", "cannot"):
        assert posts(town.yousaf.guardian, path, word=word).status_code == 302
        assert meeting.guests.get().word == word
    assert posts(town.yousaf.guardian, path, word="perhaps").status_code == 404
    assert posts(town.yousaf.guardian, path, THURSDAY + timedelta(hours=1), word="yes").status_code == 404
    assert meeting.guests.get().word == "cannot"


def test_on_the_day_the_page_asks_coming_late_cannot(town: Town) -> None:
    meeting = meet(town)
    assert 'value="late"' not in html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/"))
    assert 'value="late"' in html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/", BEFORE_FIVE))
    posts(town.yousaf.guardian, f"/meetings/{meeting.key}/word/", BEFORE_FIVE, word="late", near="1")
    assert "A little late" in html(opens(town.amal, f"/at-meetings/{meeting.key}/", BEFORE_FIVE))


def test_what_is_off_says_so_and_takes_no_word(town: Town) -> None:
    meeting = call_off(meet(town), why="school", by=town.amal.actor(), now=NOW)
    town.yousaf.guardian.reads = "en"
    town.yousaf.guardian.save()
    shown = html(opens(town.yousaf.guardian, f"/meetings/{meeting.key}/"))
    assert "This meeting does not take place. There is nothing you need to do." in shown
    assert posts(town.yousaf.guardian, f"/meetings/{meeting.key}/word/", word="yes").status_code == 404


def test_a_plan_that_is_not_told_is_not_there_at_home(town: Town) -> None:
    meeting = meet(town, is_told=False)
    assert opens(town.yousaf.guardian, f"/meetings/{meeting.key}/").status_code == 404
    assert meeting.key not in html(opens(town.yousaf.guardian, "/meetings/"))


def test_a_link_of_a_video_meeting_stands_where_the_meeting_does(town: Town, monkeypatch) -> None:
    monkeypatch.setattr(joining, "_finders", [])
    meeting = meet(town, mode=Mode.VIDEO)
    pages = [(town.yousaf.guardian, f"/meetings/{meeting.key}/"), (town.amal, f"/at-meetings/{meeting.key}/")]
    assert ["video.example" in html(opens(*page)) for page in pages] == [False, False]
    joining.register_link(lambda one, for_host: f"https://video.example/{one.key}/{for_host}")
    assert f"https://video.example/{meeting.key}/False" in html(opens(*pages[0]))
    assert f"https://video.example/{meeting.key}/True" in html(opens(*pages[1]))


def test_a_colleague_sees_own_meetings_by_day_and_what_is_not_noted(town: Town) -> None:
    meet(town)
    meet(town, THURSDAY + timedelta(days=1), hosts=[town.reyes])
    shown = html(opens(town.amal, "/meetings/mine/"))
    assert shown.count("Room 4") == 1
    assert "No word yet" in shown
    day_after = html(opens(town.amal, "/meetings/mine/", THURSDAY + timedelta(days=1)))
    assert "What came of these?" in day_after
    assert opens(town.reyes, f"/at-meetings/{Meeting.objects.earliest('starts_at').key}/").status_code == 404


def test_a_student_sees_meetings_they_sit_in_and_their_own_steps(town: Town) -> None:
    meet(town, place="Room 4")
    own = meet(town, THURSDAY + timedelta(hours=1), with_student=True, place="Library")
    for doer, text in ((Doer.STUDENT, "Show my folder."), (Doer.FAMILY, "Read on Sundays.")):
        steps.agree(own, doer=doer, text=text, due_on=THURSDAY.date(), by=town.amal.actor(), now=NOW)
    shown = html(opens(town.yousaf.student, "/my-meetings/"))
    assert "Library" in shown
    assert "Room 4" not in shown
    assert "Show my folder." in shown
    assert "Read on Sundays." not in shown
    mine, theirs = Step.objects.order_by("pk")
    assert posts(town.yousaf.student, f"/my-meetings/steps/{theirs.key}/").status_code == 404
    posts(town.yousaf.student, f"/my-meetings/steps/{mine.key}/")
    mine.refresh_from_db()
    assert (mine.is_done, mine.done_by_staff, mine.done_by_guardian) == (True, None, None)


def test_a_families_page_needs_no_script_and_is_light(town: Town) -> None:
    import gzip

    meeting = meet(town)
    shown = opens(town.yousaf.guardian, f"/meetings/{meeting.key}/", BEFORE_FIVE)
    assert "<script" not in html(shown).split("<main")[1]
    assert len(gzip.compress(shown.content)) < 7000
