"""Meetings by video, from where they are held to the door; and meetings that a student begins."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

from porchlight.files.enclosing import keep_enclosed
from porchlight.files.filming import FilmRule
from porchlight.meetings.arranging import arrange
from porchlight.meetings.led import parts
from porchlight.meetings.led.class_device import make_code
from porchlight.meetings.models import Meeting, Mode, Sort, StudentPart, VideoAccount
from porchlight.meetings.video.accounts import open_account, use
from porchlight.meetings.video.rooms import want_rooms, work
from porchlight.toolbox import school_time
from practice.video_zoom import ACCOUNT, CLIENT, SECRET
from tests.screenshots import said
from tests.screenshots.of_hours import as_student
from tests.screenshots.shots import Shot, Where, at, fills, presses
from tests.screenshots.story import LAST, Fortnight

NOW_BY_VIDEO = LAST.replace(minute=24, second=0)  # its door opened a minute ago
TOMORROW = LAST.replace(hour=8, minute=15, second=0) + timedelta(days=1)
BEGINS = LAST.replace(hour=8, minute=20, second=0) + timedelta(days=3)
NO_FILMS = FilmRule(seconds=0)


def met(story: Fortnight, by: str, starts: datetime, mode: Mode) -> Meeting:
    """Ten minutes with Mr Yousaf about Hamza."""
    host, hamza = story.maple.staff(by), story.maple.student("Hamza Yousaf")
    rows = Meeting.objects.in_school(story.maple.school).filter(starts_at=starts, student=hamza)
    return rows.first() or arrange(
        sort=Sort.CONFERENCE, mode=mode, student=hamza, guests=[story.maple.guardian("Mr Yousaf")],
        hosts=[host], starts_at=starts, ends_at=starts + timedelta(minutes=10), by=host.actor(),
        now=school_time.now(), place="" if mode == Mode.VIDEO else "Room 4",
    )  # fmt: skip


def by_video(story: Fortnight) -> Meeting:
    """On the school's own server; the room is ready, and its door open."""
    school, now = story.maple.school, school_time.now()
    if not VideoAccount.objects.in_school(school).exists():
        plain = {"base_url": "https://meet.example.org"}
        by = story.maple.actor("Mrs Okafor")
        open_account(school=school, company="jitsi", settings=plain, secrets={}, by=by, now=now)
    meeting = met(story, "Mr Bell", NOW_BY_VIDEO, Mode.VIDEO)
    if want_rooms(school, now):
        work(school.pk)
    return meeting


def no_room_tomorrow(story: Fortnight) -> str:
    """The school tries a company as well, which is away while it is asked for the room of tomorrow's meeting."""
    by_video(story)
    school, now, by = story.maple.school, school_time.now(), story.maple.actor("Mrs Okafor")
    if not VideoAccount.objects.in_school(school).filter(company="zoom").exists():
        plain = {"account_id": ACCOUNT, "client_id": CLIENT, "user": "", "base_url": story.maple.town.url}
        row = open_account(
            school=school, company="zoom", settings=plain, secrets={"client_secret": SECRET}, by=by, now=now
        )
        use(row, by=by, now=now)
        met(story, "Mr Bell", TOMORROW, Mode.VIDEO)
        story.maple.town.set_weather("video", rude="500", times=1)
        if want_rooms(school, now):
            work(school.pk)
    return at("meetings:video")


def account(company: str) -> Where:
    def where(story: Fortnight) -> str:
        no_room_tomorrow(story)
        row = VideoAccount.objects.in_school(story.maple.school).get(company=company)
        return at("meetings:video_account", key=row.key)

    return where


def too_early(story: Fortnight) -> str:
    by_video(story)
    return at("meetings:joining", key=met(story, "Mr Bell", TOMORROW, Mode.VIDEO).key)


def begins(story: Fortnight) -> Meeting:
    """Hamza is to begin on Friday, and wrote what he shows and asks."""
    meeting, now = met(story, "Ms Amal", BEGINS, Mode.IN_PERSON), school_time.now()
    if StudentPart.objects.filter(meeting=meeting).exists():
        return meeting
    part = parts.let_lead(meeting, by=story.maple.actor("Ms Amal"), now=now)
    by = as_student(story, "Hamza Yousaf")
    river = BytesIO()
    Image.linear_gradient("L").resize((640, 420)).save(river, "JPEG")
    size = river.tell()
    river.seek(0)
    photo = keep_enclosed(school=story.maple.school, content=river, size=size, films=NO_FILMS)
    parts.show(part, by=by, now=now, words=said.RIVER_BOOK)
    parts.show(part, by=by, now=now, words=said.RIVER_PHOTO, photo=photo)
    parts.show(part, by=by, now=now, link="https://example.org/rivers")
    parts.ask(part, by=by, now=now, text=said.MAY_I_ASK)
    return meeting


def of_led(page: str) -> Where:
    return lambda story: at(page, key=begins(story).key)


def opens_with_a_code(page: Page, story: Fortnight) -> None:
    """Ms Amal wrote eight digits on the board."""
    part = StudentPart.objects.get(meeting=begins(story))
    code = make_code(part, by=story.maple.actor("Ms Amal"), now=school_time.now())
    fills(code=code)(page, story)
    presses("main form button")(page, story)


VIDEO = (
    Shot("video", "meetings:video", at("meetings:video"), "okafor"),
    Shot("video-new", "meetings:new_video_account", at("meetings:new_video_account", company="zoom"), "okafor"),
    Shot("video-joining", "meetings:joining", lambda story: at("meetings:joining", key=by_video(story).key), "yousaf"),
    Shot("video-joining-as-host", "meetings:host_joining",
         lambda story: at("meetings:host_joining", key=by_video(story).key), "bell"),
    Shot("video-no-room", "meetings:video", no_room_tomorrow, "okafor"),
    Shot("video-account", "meetings:video_account", account("zoom"), "okafor"),
    Shot("video-joining-early", "meetings:joining", too_early, "yousaf"),
    Shot("my-part", "meetings:my_part", of_led("meetings:my_part"), "hamza"),
    Shot("student-begins", "meetings:student_begins", of_led("meetings:student_begins"), "yousaf"),
    Shot("student-leads", "meetings:student_leads", of_led("meetings:student_leads"), "amal"),
    Shot("student-code", "meetings:student_code", of_led("meetings:student_leads"), "amal",
         steps=presses("form[action$='/student/code/'] button")),
    Shot("student-slip", "meetings:student_slip", of_led("meetings:student_slip"), "amal"),
    Shot("student-slip-typed", "meetings:student_slip_typed", of_led("meetings:student_slip_typed"), "amal"),
    Shot("class-device", "meetings:class_device", at("meetings:class_device")),
    Shot("class-device-opened", "meetings:class_device", at("meetings:class_device"), steps=opens_with_a_code),
)  # fmt: skip
