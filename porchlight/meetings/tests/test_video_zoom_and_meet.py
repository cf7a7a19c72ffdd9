"""Zoom and Google Meet: whose meetings they are, who waits, and what each refusal means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jwt
import pytest

import practice
from porchlight.meetings.tests.video_kit import PLAN, Told, access_to
from porchlight.meetings.video import tokens
from porchlight.meetings.video.contract import Access, Advice, Comer, NoRoom
from porchlight.meetings.video.registry import COMPANIES
from porchlight.meetings.video.wire import carried
from practice.threads import ThreadedTown as Running

FATHER, TEACHER = Comer("Mr Yousaf", "p4", is_host=False), Comer("Ms Amal", "h1", is_host=True)


@pytest.fixture
def running() -> Iterator[Running]:
    with practice.town_in_thread(smtp_port=None) as town:
        yield town


TOKEN = (200, {"access_token": "tok", "token_type": "bearer", "expires_in": 3599})
MADE_BY_ZOOM = {
    "id": 92674392836,
    "host_email": "amal@example.org",
    "start_url": "https://us02web.zoom.us/s/92674392836?zak=hosts-own",
    "join_url": "https://us02web.zoom.us/j/92674392836?pwd=for-all",
    "status": "waiting",
}


def zoom(**settings: str) -> Access:
    plain = {"account_id": "acc", "client_id": f"client{len(tokens._kept)}", "user": "", **settings}
    return Access(plain, {"client_secret": "sec"})


def test_zoom_makes_a_meeting_of_the_hosts_own_with_a_waiting_room() -> None:
    told = Told(TOKEN, (201, MADE_BY_ZOOM))
    access = zoom()
    place = COMPANIES["zoom"].make(PLAN, access, told)
    sign_in, make = told.calls
    assert (sign_in.method, sign_in.url) == ("POST", "https://zoom.us/oauth/token")
    assert sign_in.form == {"grant_type": "account_credentials", "account_id": "acc"}
    assert sign_in.headers["Authorization"].startswith("Basic ")
    assert (make.method, make.url) == ("POST", "https://api.zoom.us/v2/users/amal%40example.org/meetings")
    assert make.headers == {"Authorization": "Bearer tok"}
    assert isinstance(make.json, dict)
    assert (make.json["topic"], make.json["type"]) == ("Maple Street School", 2)
    assert (make.json["start_time"], make.json["duration"]) == ("2026-10-15T16:00:00Z", 10)
    assert make.json["settings"]["waiting_room"] is True
    assert place == {"id": "92674392836", "join": MADE_BY_ZOOM["join_url"]}


def test_the_hosts_own_zoom_address_is_fetched_late_and_never_a_familys() -> None:
    access, company = zoom(), COMPANIES["zoom"]
    place = company.renew(
        PLAN, {"id": "92674392836", "join": "old"}, access, Told(TOKEN, (200, MADE_BY_ZOOM))
    )
    assert company.address(PLAN, place, access, TEACHER) == MADE_BY_ZOOM["start_url"]
    assert company.address(PLAN, place, access, FATHER) == MADE_BY_ZOOM["join_url"]
    moved = company.change(PLAN, place, access, Told((204, "")))
    assert "host" not in moved


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://zoom.us/j/1",
        "https://zoom.us.evil.example/j/1",
        "https://notzoom.us/j/1",
    ],
)
def test_nobody_is_sent_elsewhere_whatever_an_answer_says(address: str) -> None:
    with pytest.raises(NoRoom):
        COMPANIES["zoom"].make(PLAN, zoom(), Told(TOKEN, (201, MADE_BY_ZOOM | {"join_url": address})))


@pytest.mark.parametrize(
    ("status", "body", "advice"),
    [
        (401, {"code": 124, "message": "Invalid access token."}, Advice.AGAIN),
        (404, {"code": 1001, "message": "User does not exist."}, Advice.NOT_THIS),
        (
            400,
            {"code": 4711, "message": "Invalid access token, does not contain scopes."},
            Advice.STAFF_MUST_ACT,
        ),
        (429, {"code": 429, "message": "You have exceeded the daily rate limit."}, Advice.LATER),
        (400, {"code": 300, "message": "Validation Failed."}, Advice.OUR_FAULT),
        (503, "", Advice.AGAIN),
    ],
)
def test_a_refusal_of_zooms_says_what_to_do(status: int, body: Any, advice: Advice) -> None:
    with pytest.raises(NoRoom) as refused:
        COMPANIES["zoom"].make(PLAN, zoom(), Told(TOKEN, (status, body)))
    assert refused.value.meaning.advice is advice


def test_google_meet_signs_in_for_the_host_and_people_from_outside_knock(running: Running) -> None:
    company, access = COMPANIES["google_meet"], access_to("google_meet", running.url)
    access = Access({**access.settings, "base_url": running.url}, access.secrets)
    made = {
        "name": "spaces/jQCFfuBOdN5z",
        "meetingUri": f"{running.url}/abc-mnop-xyz",
        "meetingCode": "abc-mnop-xyz",
    }
    told = Told((200, {"access_token": "ya29.x", "expires_in": 3599, "token_type": "Bearer"}), (200, made))
    plan = replace(PLAN, host_mail=f"host{len(tokens._kept)}@example.org")
    place = company.make(plan, access, told)
    sign_in, make = told.calls
    assert sign_in.form is not None
    claims = jwt.decode(sign_in.form["assertion"], options={"verify_signature": False})
    assert (claims["sub"], claims["scope"]) == (
        plan.host_mail,
        "https://www.googleapis.com/auth/meetings.space.created",
    )
    assert make.json == {"config": {"accessType": "TRUSTED", "entryPointAccess": "ALL"}}
    assert place["join"] == made["meetingUri"]


def test_a_host_whom_the_schools_google_does_not_know_is_said_so(running: Running) -> None:
    access = access_to("google_meet", running.url)
    with pytest.raises(NoRoom) as refused:
        COMPANIES["google_meet"].make(replace(PLAN, host_mail="amal@elsewhere.example"), access, carried)
    assert refused.value.meaning.advice is Advice.NOT_THIS
