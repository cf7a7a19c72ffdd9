"""A student chooses what to show and ask at their own meeting; its adults and hosts see it, and nobody else does."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.families.models import Guardianship, Student
from porchlight.files.models import StoredFile
from porchlight.meetings.arranging import call_off, move
from porchlight.meetings.led import parts
from porchlight.meetings.led.words import NotALink, link_from
from porchlight.meetings.models import Asked, Meeting, Shown, StudentPart
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.meetings.tests.video_kit import BASE
from porchlight.schools.actors import Role

pytestmark = pytest.mark.django_db
LATER = THURSDAY + timedelta(hours=1)


@pytest.fixture
def part(town: Town) -> StudentPart:
    return parts.let_lead(meet(town), by=town.amal.actor(), now=NOW)


def hamza(town: Town) -> Client:
    """Hamza's browser: the school gave him a sign-in."""
    student: Student = town.yousaf.student
    student.user = User.objects.create_user(name="Hamza")
    student.save()
    return browser_of(student)


def on(browser: Client, path: str, data: dict[str, Any] | None = None, at: datetime = NOW) -> Any:
    with time_machine.travel(at, tick=False):
        url = f"{BASE}{path}"
        return browser.get(url) if data is None else browser.post(url, data)


def photo() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "JPEG")
    return SimpleUploadedFile("work.jpg", drawn.getvalue(), "image/jpeg")


def test_the_student_shows_and_asks_and_the_adults_read_it(town: Town, part: StudentPart) -> None:
    mine, key = hamza(town), part.meeting.key
    shown = {"what": "show", "show-words": "My map of the river", "show-link": "example.org/map"}
    assert on(mine, f"/my-meetings/{key}/", shown).status_code == 302
    on(mine, f"/my-meetings/{key}/", {"what": "ask", "ask-text": "May I sit near the window?"})
    on(mine, f"/my-meetings/{key}/", {"what": "ready"})
    part.refresh_from_db()
    assert part.ready_at == NOW
    for browser, path in (
        (mine, f"/my-meetings/{key}/"),
        (browser_of(town.yousaf.guardian), f"/meetings/{key}/student/"),
        (browser_of(town.amal), f"/at-meetings/{key}/student/"),
        (browser_of(town.okafor), f"/at-meetings/{key}/student/"),
    ):
        page = on(browser, path).content.decode()
        assert "My map of the river" in page
        assert "May I sit near the window?" in page
        assert 'href="https://example.org/map" rel="noreferrer noopener nofollow"' in page
    assert (
        "Hamza begins" in on(browser_of(town.yousaf.guardian), f"/meetings/{key}/student/").content.decode()
    )


def test_who_is_not_at_the_meeting_finds_nothing(town: Town, part: StudentPart) -> None:
    key = part.meeting.key
    mother = town.home(2).guardian
    Guardianship.objects.create(school=town.school, guardian=mother, student=town.yousaf.student)
    other = staff(town.school, "Mr Hill", Role.TEACHER)
    assert on(browser_of(mother), f"/meetings/{key}/student/").status_code == 404
    assert on(browser_of(town.home(3).guardian), f"/meetings/{key}/student/").status_code == 404
    assert on(browser_of(other), f"/at-meetings/{key}/student/").status_code == 404
    assert on(browser_of(town.reyes), f"/at-meetings/{key}/student/").status_code == 404
    town.yousaf.student = town.home(4).student
    assert on(hamza(town), f"/my-meetings/{key}/").status_code == 404


def test_the_office_sees_it_and_changes_nothing_of_it(town: Town, part: StudentPart) -> None:
    office, key = browser_of(town.okafor), part.meeting.key
    for path in ("part", "code", "slip/words"):
        assert on(office, f"/at-meetings/{key}/student/{path}/", {}).status_code == 404


def test_a_student_who_does_not_sit_in_it_has_no_part(town: Town) -> None:
    meeting = meet(town)
    assert on(hamza(town), f"/my-meetings/{meeting.key}/").status_code == 404
    on(browser_of(town.amal), f"/at-meetings/{meeting.key}/student/part/", {})
    assert Meeting.objects.get().with_student is True


@pytest.mark.parametrize(
    "hostile",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "http://example.org/",
        "https://bank.example@evil.example/",
        "https://exa\u202emple.org",
        "https://exa mple.org",
        "https://x\\@evil.example",
        "https://localhost/",
        "https://[::1",
        "//evil.example",
        "https://",
        "",
    ],
)
def test_a_hostile_link_is_kindly_refused(hostile: str, town: Town, part: StudentPart) -> None:
    with pytest.raises(NotALink):
        link_from(hostile)
    if hostile:
        page = on(
            hamza(town),
            f"/my-meetings/{part.meeting.key}/",
            {"what": "show", "show-words": "x", "show-link": hostile},
        )
        assert page.status_code == 422
        assert "beginning with https://" in page.content.decode()
    assert Shown.objects.count() == 0


def test_words_that_look_like_markup_are_shown_as_words(town: Town, part: StudentPart) -> None:
    parts.show(part, words="<script>alert(1)</script>", by=town.amal.actor(), now=NOW)
    page = on(browser_of(town.amal), f"/at-meetings/{part.meeting.key}/student/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_photo_is_made_clean_and_seen_by_who_is_there_alone(town: Town, part: StudentPart) -> None:
    mine, key = hamza(town), part.meeting.key
    on(mine, f"/my-meetings/{key}/", {"what": "show", "show-photo": photo()})
    row = Shown.objects.get()
    assert row.kind == "photo"
    assert StoredFile.objects.get().cleaned_at is not None
    end = f"photos/{row.key}/"
    for browser, path in (
        (mine, f"/my-meetings/{key}/"),
        (browser_of(town.yousaf.guardian), f"/meetings/{key}/student/"),
        (browser_of(town.amal), f"/at-meetings/{key}/student/"),
    ):
        seen = on(browser, f"{path}{end}")
        assert seen["Content-Type"] == "image/jpeg"
        assert b"".join(seen.streaming_content).startswith(b"\xff\xd8")
    assert on(browser_of(town.home(2).guardian), f"/meetings/{key}/student/{end}").status_code == 404
    on(mine, f"/my-meetings/{key}/", {"what": "away_shown", "key": row.key})
    assert (Shown.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_what_is_no_photo_is_not_kept(town: Town, part: StudentPart) -> None:
    fake = SimpleUploadedFile("x.jpg", b"MZ\x90\x00 not a photo", "image/jpeg")
    page = on(hamza(town), f"/my-meetings/{part.meeting.key}/", {"what": "show", "show-photo": fake})
    assert page.status_code == 422
    assert StoredFile.objects.count() == 0


def test_six_things_and_three_questions_are_enough(town: Town, part: StudentPart) -> None:
    mine, path = hamza(town), f"/my-meetings/{part.meeting.key}/"
    for number in range(6):
        on(mine, path, {"what": "show", "show-words": f"thing {number}"})
    for number in range(3):
        on(mine, path, {"what": "ask", "ask-text": f"question {number}"})
    assert on(mine, path, {"what": "show", "show-words": "one more"}).status_code == 422
    assert on(mine, path, {"what": "ask", "ask-text": "one more"}).status_code == 422
    assert (Shown.objects.count(), Asked.objects.count()) == (6, 3)


def test_a_moved_meeting_keeps_what_was_chosen_and_one_that_is_off_takes_no_more(
    town: Town, part: StudentPart
) -> None:
    mine, path = hamza(town), f"/my-meetings/{part.meeting.key}/"
    on(mine, path, {"what": "show", "show-words": "My map"})
    move(part.meeting, starts_at=LATER, ends_at=LATER + timedelta(minutes=10), by=town.amal.actor(), now=NOW)
    assert "My map" in on(mine, path).content.decode()
    call_off(part.meeting, why="school", by=town.amal.actor(), now=NOW)
    assert on(mine, path, {"what": "show", "show-words": "Another"}).status_code == 302
    assert Shown.objects.count() == 1
    assert "This meeting is off." in on(mine, path).content.decode()


def test_a_portfolio_offers_its_pieces_through_the_seam(
    town: Town, part: StudentPart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_portfolios", [])
    parts.register_portfolio(lambda _meeting: [("My poem", "https://maple.example.org/poem")])
    page = on(hamza(town), f"/my-meetings/{part.meeting.key}/").content.decode()
    assert "My poem" in page
    assert 'value="https://maple.example.org/poem"' in page


def test_a_slip_is_printed_and_typed_in(town: Town, part: StudentPart) -> None:
    amal, path = browser_of(town.amal), f"/at-meetings/{part.meeting.key}/student/slip/"
    assert on(amal, path).content.decode().count("____________") >= 6
    assert on(amal, f"{path}words/", {}).status_code == 422
    on(amal, f"{path}words/", {"show1": "My plant", "show2": "", "ask1": "Why do we have homework?"})
    assert [row.words for row in Shown.objects.all()] == ["My plant"]
    assert [row.text for row in Asked.objects.all()] == ["Why do we have homework?"]
    part.refresh_from_db()
    assert (part.typed_by, part.ready_at) == (town.amal, NOW)


@pytest.mark.parametrize("written", ["HTTPS://example.org/Map", "Https://Example.org/Map"])
def test_a_telephone_that_begins_with_a_capital_letter_is_understood(
    town: Town, part: StudentPart, written: str
) -> None:
    shown = {"what": "show", "show-words": "", "show-link": written}
    assert on(hamza(town), f"/my-meetings/{part.meeting.key}/", shown).status_code == 302
    assert Shown.objects.get().link == f"https{written[5:]}"
