"""The board of a round in a real browser: by mouse and by keys, refused with the reason, and live at a colleague's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from porchlight.meetings.models import Meeting, PartyTime, Round, Wish
from porchlight.meetings.planned import moving
from porchlight.meetings.rounds.making import Facts, make_round
from porchlight.meetings.rounds.parties import form_parties
from porchlight.operations.tests.running import Answering, in_a_thread
from porchlight.schools.live import listening
from porchlight.schools.models import SchoolClass
from porchlight.toolbox import school_time
from tests.keyboard import Hands
from tests.maple import Maple
from tests.visitor import DESK, Visitor, visiting

pytestmark = pytest.mark.browser

FIRST, SECOND = "Hamza Yousaf", "Zainab Khan"
NO = "That does not go, and nothing was changed."


@pytest.fixture
def server(maple: Maple, monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    """Porchlight as `porchlight serve` answers: with streams."""
    monkeypatch.setattr(listening, "POLL", 0.1)
    monkeypatch.setattr(listening, "AT_LEAST_APART", (0.0, 0.0))
    with in_a_thread(threads=4) as answering:
        yield answering


@dataclass
class ABoard:
    """A round of 4A with two of its families on Thursday at four, and at twenty past."""

    maple: Maple
    round: Round
    path: str

    def wish(self, child: str) -> Wish:
        return Wish.objects.select_related("meeting", "party").filter(
            round=self.round, student__name=child
        ).order_by("pk")[0]  # fmt: skip

    def at(self, child: str) -> str:
        """`16:20`, on the school's clock."""
        meeting = self.wish(child).meeting
        assert meeting is not None
        return f"{self.maple.school.local(meeting.starts_at):%H:%M}"

    def moves(self, child: str, slot: int) -> None:
        """A colleague's hand, somewhere else."""
        moving.move(
            self.wish(child), day_id=self.round.days.get().pk, slot=slot,
            by=self.maple.actor("Mrs Okafor"), now=school_time.now(),
        )  # fmt: skip


@pytest.fixture
def board(maple: Maple) -> ABoard:
    school, now = maple.school, school_time.now()
    Round.objects.in_school(school).delete()
    day = school.local(now).date() + timedelta(days=9)
    classes = list(SchoolClass.objects.in_school(school).filter(name="4A"))
    facts = Facts("Board", now + timedelta(days=5), [(day, time(16), time(17))], classes)
    round_ = make_round(school, facts, by=maple.actor("Mrs Okafor"), now=now)
    form_parties(round_, now=now)
    made = ABoard(maple, round_, f"/maple-street/rounds/{round_.key}/board/")
    for child, slot in ((FIRST, 0), (SECOND, 4)):
        made.moves(child, slot)
    return made


def at_work(chromium: Browser, maple: Maple, server: Answering, who: str = "okafor"):
    here = Maple(maple.school, maple.town, f"http://127.0.0.1:{server.port}")
    return visiting(chromium, here, as_=who, **DESK)


def card(page: Page, child: str) -> Locator:
    return page.locator("#board a.slot", has_text=child)


def free(page: Page, hour: str) -> Locator:
    """The free place of that time in the first column that has one."""
    row = page.locator("#board tr", has=page.locator("th[scope=row]", has_text=hour))
    return row.locator("td", has=page.locator(".slot.free")).first


def test_a_family_is_dragged_to_a_free_place_and_pinned_there(
    chromium: Browser, board: ABoard, server: Answering
) -> None:
    with at_work(chromium, board.maple, server) as office:
        office.goes(board.path)
        with office.page.expect_navigation():
            card(office.page, FIRST).drag_to(free(office.page, "4.40 pm"))
        office.looks()
        office.reads("Moved, and pinned: no new plan takes it away from there.")
        assert (board.at(FIRST), board.at(SECOND)) == ("16:40", "16:20")
        with office.page.expect_navigation():
            card(office.page, FIRST).drag_to(card(office.page, SECOND))
        office.reads("They have changed places.")
        assert (board.at(FIRST), board.at(SECOND)) == ("16:20", "16:40")


def test_a_refused_drag_goes_back_and_the_reason_is_read(
    chromium: Browser, board: ABoard, server: Answering
) -> None:
    party = board.wish(FIRST).party
    PartyTime.objects.create(
        school=party.school, party=party, day=board.round.days.get(), starts=time(16), ends=time(16, 30)
    )
    with at_work(chromium, board.maple, server) as office:
        office.goes(board.path)
        with office.page.expect_navigation():
            card(office.page, FIRST).drag_to(free(office.page, "4.40 pm"))
        office.looks()
        expect(office.page).to_have_url(re.compile(r"/board/\?day="))
        office.reads(NO)
        expect(office.page.get_by_text(NO)).to_contain_text("The family cannot come then, but on Thursday")
        row = office.page.locator("#board tr", has=office.page.locator("th", has_text="4 pm"))
        expect(row.first).to_contain_text(FIRST)
        assert board.at(FIRST) == "16:00"
        with office.page.expect_navigation():
            card(office.page, SECOND).drag_to(card(office.page, FIRST))
        assert (board.at(FIRST), board.at(SECOND)) == ("16:20", "16:00")


def test_families_who_know_their_times_are_moved_after_a_second_yes(
    chromium: Browser, board: ABoard, server: Answering
) -> None:
    Round.objects.update(told_at=school_time.now(), asked_at=school_time.now())
    Meeting.objects.filter(wish__round=board.round).update(told_at=school_time.now())
    with at_work(chromium, board.maple, server) as office:
        office.goes(board.path)
        with office.page.expect_navigation():
            card(office.page, FIRST).drag_to(free(office.page, "4.40 pm"))
        office.looks()
        assert board.at(FIRST) == "16:00"
        office.presses("Move, and tell them")
        assert board.at(FIRST) == "16:40"


def test_by_keys_alone_the_same_is_done_and_refused_in_words(
    chromium: Browser, board: ABoard, server: Answering
) -> None:
    party = board.wish(FIRST).party
    PartyTime.objects.create(
        school=party.school, party=party, day=board.round.days.get(), starts=time(16), ends=time(16, 15)
    )
    with at_work(chromium, board.maple, server) as office:
        page, hands = office.page, Hands(office.page)
        office.goes(board.path)
        hands.skips_to_the_page()
        hands.opens(card(page, FIRST))
        hands.opens(page.get_by_role("button", name="Change places"))
        office.reads(NO)
        office.reads("The family cannot come then")
        assert board.at(FIRST) == "16:00"
        office.goes(board.path)
        hands.skips_to_the_page()
        hands.opens(card(page, SECOND))
        hands.tab_to(page.get_by_label("Another time", exact=True))
        page.keyboard.press("End")
        hands.opens(page.get_by_role("button", name="Move it there"))
        office.reads("Moved, and pinned: no new plan takes it away from there.")
        assert board.at(SECOND) == "16:50"


def test_what_a_colleague_changes_stands_on_an_open_board_without_a_reload(
    chromium: Browser, board: ABoard, server: Answering
) -> None:
    with (
        at_work(chromium, board.maple, server) as office,
        at_work(chromium, board.maple, server, "bell") as bell,
    ):
        listens(bell, board.path)
        office.goes(board.path)
        with office.page.expect_navigation():
            card(office.page, FIRST).drag_to(free(office.page, "4.40 pm"))
        row = bell.page.locator("#board tr", has=bell.page.locator("th", has_text="4.40 pm"))
        expect(row).to_contain_text(FIRST, timeout=10_000)
        expect(bell.page.get_by_role("heading", name="At odds with a rule")).to_have_count(0)
        teacher_is_there_until(board, time(16, 30))
        odds = bell.page.get_by_role("region", name="At odds with a rule")
        expect(odds).to_contain_text(FIRST, timeout=10_000)
        assert bell.page.evaluate("window.here === true")


def listens(visitor: Visitor, path: str) -> None:
    """A board whose stream is open."""
    with visitor.page.expect_response(
        lambda answer: "/changes/rounds/" in answer.url and answer.status == 200
    ):
        visitor.page.goto(path)
    visitor.page.evaluate("window.here = true")


def teacher_is_there_until(board: ABoard, ends: time) -> None:
    """Ms Amal says so herself."""
    from porchlight.meetings.rounds.hosts import DayHours, set_hours

    day = board.round.days.get()
    host = board.round.hosts.get(staff__name="Ms Amal")
    set_hours(
        host, [DayHours(day, day.starts, ends)], place="Room 4", zone=0, by=host.staff.actor(),
        now=school_time.now(),
    )  # fmt: skip


def test_nothing_is_exchanged_under_a_hand_that_drags(chromium: Browser, board: ABoard) -> None:
    with visiting(chromium, board.maple, as_="okafor", **DESK) as office:
        page, asked = office.page, list[str]()
        page.goto(board.path)
        # The stream that tells of changes may begin or begin again whenever it likes; it exchanges nothing.
        page.on("request", lambda one: asked.append(one.url) if "/changes/" not in one.url else None)
        card(page, FIRST).hover()
        page.mouse.down()
        free(page, "4.40 pm").hover()
        board.moves(SECOND, 10)
        page.evaluate("window.htmx.trigger('#board', 'look')")
        free(page, "4.30 pm").hover()
        assert asked == []
        page.locator("h1").hover()
        page.mouse.up()
        row = page.locator("#board tr", has=page.locator("th", has_text="4.50 pm"))
        expect(row).to_contain_text(SECOND)
        assert board.at(FIRST) == "16:00"


def test_without_a_stream_the_board_looks_by_itself(chromium: Browser, board: ABoard) -> None:
    """On a server without streams: after a quarter of a minute, on the browser's clock."""
    with visiting(chromium, board.maple, as_="bell", **DESK) as bell:
        bell.page.clock.install()
        bell.page.goto(board.path)
        bell.page.evaluate("window.here = true")
        board.moves(FIRST, 8)
        bell.page.clock.run_for(16_000)
        row = bell.page.locator("#board tr", has=bell.page.locator("th", has_text="4.40 pm"))
        expect(row).to_contain_text(FIRST)
        assert bell.page.evaluate("window.here === true")
