"""Each company is asked as it publishes, and its answers and refusals are understood."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
import requests

import practice
from porchlight.meetings.tests.video_kit import PLAN, Told, access_to, asked
from porchlight.meetings.video.contract import (
    ROOMS,
    STAYS_OPEN,
    Access,
    Advice,
    Answer,
    Call,
    Comer,
    NoRoom,
    RoomGone,
)
from porchlight.meetings.video.registry import COMPANIES
from porchlight.meetings.video.wire import carried
from practice.threads import ThreadedTown as Running

FATHER, TEACHER = Comer("Mr Yousaf", "p4", is_host=False), Comer("Ms Amal", "h1", is_host=True)
ANSWERING = [name for name in COMPANIES if name != "jitsi"]


@pytest.fixture
def running() -> Iterator[Running]:
    with practice.town_in_thread(smtp_port=None) as town:
        yield town


@pytest.mark.parametrize("name", COMPANIES)
def test_a_room_is_made_moved_looked_at_and_ended(name: str, running: Running) -> None:
    company, access = COMPANIES[name], access_to(name, running.url)
    company.check(access, carried)
    place = company.make(PLAN, access, carried)
    place = company.change(PLAN, place, access, carried)
    place = company.renew(PLAN, place, access, carried)
    theirs, ours = (company.address(PLAN, place, access, who) for who in (FATHER, TEACHER))
    assert theirs.startswith(running.url)
    assert ours.startswith(running.url)
    company.end(PLAN, place, access, carried)
    company.end(PLAN, place, access, carried)  # what is gone is well
    assert "Hamza" not in str(asked(running))
    assert "Yousaf" not in str(asked(running))


def test_a_link_to_join_opens_the_room_as_who_it_was_signed_for(running: Running) -> None:
    company, access = COMPANIES["big_blue_button"], access_to("big_blue_button", running.url)
    place = company.make(PLAN, access, carried)
    theirs, ours = (company.address(PLAN, place, access, who) for who in (FATHER, TEACHER))
    assert requests.get(theirs, timeout=9).text == "Mr Yousaf is in Maple Street School as VIEWER"
    assert requests.get(ours, timeout=9).text == "Ms Amal is in Maple Street School as MODERATOR"
    raised = requests.get(theirs.replace("VIEWER", "MODERATOR"), timeout=9).text
    assert "checksumError" in raised


@pytest.mark.parametrize("name", ANSWERING)
def test_a_room_that_is_gone_is_told_apart_from_trouble(name: str, running: Running) -> None:
    company, access = COMPANIES[name], access_to(name, running.url)
    place = company.make(PLAN, access, carried)
    requests.post(f"{running.url}/control/video/forget/", timeout=9)
    company.end(PLAN, place, access, carried)
    if company.looks_again:
        with pytest.raises(RoomGone):
            company.renew(PLAN, place, access, carried)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("big_blue_button", {"secret": "another"}),
        ("zoom", {"client_secret": "another"}),
        ("google_meet", {"key_file": "{}"}),
        ("google_meet", {"key_file": "no key"}),
        ("google_meet", {}),
        ("zoom", {}),
        ("big_blue_button", {}),
    ],
)
def test_a_wrong_key_is_for_staff_to_mend(name: str, change: Mapping[str, str], running: Running) -> None:
    whole = access_to(name, running.url)
    access = Access(whole.settings, {**whole.secrets, **change} if change else {ROOMS: "x"})
    with pytest.raises(NoRoom) as refused:
        COMPANIES[name].check(access, carried)
    assert refused.value.meaning.advice is Advice.STAFF_MUST_ACT


@pytest.mark.parametrize("name", COMPANIES)
@pytest.mark.parametrize(
    ("weather", "advice"),
    [
        ({"rude": "500"}, Advice.AGAIN),
        ({"rude": "429", "retry_after": 7}, Advice.AGAIN),
        ({"rude": "reset"}, Advice.AGAIN),
        ({"rude": "moved"}, Advice.STAFF_MUST_ACT),
    ],
)
def test_bad_weather_is_waited_out_and_no_redirect_is_followed(
    name: str, weather: dict[str, Any], advice: Advice, running: Running
) -> None:
    running.set_weather("video", **weather)
    company, access = COMPANIES[name], access_to(name, running.url)
    with pytest.raises(NoRoom) as refused:
        company.check(access, carried) if name == "jitsi" else company.make(PLAN, access, carried)
    assert refused.value.meaning.advice is advice
    if weather.get("retry_after"):
        assert refused.value.retry_after == 7
    assert not any("elsewhere" in one["path"] for one in asked(running))


def test_a_slow_company_is_not_waited_for(running: Running) -> None:
    running.set_weather("video", rude="stall", stall=3)
    with pytest.raises(NoRoom) as refused:
        COMPANIES["zoom"].check(
            access_to("zoom", running.url), lambda call: carried(call, patience=(0.3, 0.3))
        )
    assert (refused.value.meaning.advice, refused.value.code) == (Advice.AGAIN, "ReadTimeout")


@pytest.mark.parametrize(
    "url", ["http://meet.example.org", "ftp://x.example", "https://a:b@x.example", "//x", ""]
)
def test_keys_go_to_no_address_without_https(url: str) -> None:
    with pytest.raises(NoRoom) as refused:
        carried(Call("GET", url, {}))
    assert refused.value.meaning.advice is Advice.STAFF_MUST_ACT


def test_jitsi_gives_each_person_a_token_and_only_the_host_moderates() -> None:
    company, access = COMPANIES["jitsi"], access_to("jitsi", "https://meet.example.org")
    place = company.make(PLAN, access, Told())
    claims = []
    for who in (FATHER, TEACHER):
        address = urlsplit(company.address(PLAN, place, access, who))
        assert (address.netloc, address.path) == ("meet.example.org", f"/{place['room']}")
        token = dict(parse_qsl(address.query))["jwt"]
        assert jwt.get_unverified_header(token)["alg"] == "HS256"
        claims.append(
            jwt.decode(
                token,
                "s" * 32,
                algorithms=["HS256"],
                audience="jitsi",
                options={"verify_exp": False, "verify_nbf": False},
            )
        )
    theirs, ours = claims
    assert (ours["iss"], ours["sub"], ours["room"]) == ("porch", "meet.example.org", place["room"])
    assert ours["exp"] == int((PLAN.ends_at + STAYS_OPEN).timestamp())
    assert theirs["context"]["user"] == {"id": "p4", "name": "Mr Yousaf", "affiliation": "member"}
    assert ours["context"]["user"]["moderator"] is True
    assert ours["context"]["user"]["lobby_bypass"] is True


def test_a_room_of_jitsi_is_not_guessed_from_another_and_not_from_the_meetings_key() -> None:
    company, access = COMPANIES["jitsi"], access_to("jitsi", "https://meet.example.org")
    room = company.make(PLAN, access, Told())["room"]
    assert room == company.make(PLAN, access, Told())["room"]
    assert PLAN.key not in room
    assert len(room) > 26
    other = Access(access.settings, {**access.secrets, ROOMS: "another word"})
    rooms = {room, company.make(PLAN, other, Told())["room"]}
    assert len(rooms | {company.make(replace(PLAN, key="another"), access, Told())["room"]}) == 3


def test_without_tokens_jitsi_is_told_the_name_behind_the_hash_which_no_server_logs() -> None:
    access = Access({"base_url": "https://meet.example.org/"}, {ROOMS: "x"})
    address = COMPANIES["jitsi"].address(PLAN, {"room": "porchabc"}, access, FATHER)
    before, _, after = address.partition("#")
    assert before == "https://meet.example.org/porchabc"
    assert after.endswith("userInfo.displayName=%22Mr%20Yousaf%22")


CREATED = """<response><returncode>SUCCESS</returncode><meetingID>m</meetingID>
<internalMeetingID>9f1c-1792083600000</internalMeetingID><createTime>1792083600000</createTime></response>"""


def test_big_blue_button_signs_call_query_and_secret() -> None:
    access = Access(
        {"base_url": "https://bbb.example.org/bigbluebutton/"}, {"secret": "639259d4", ROOMS: "w"}
    )
    told = Told((200, CREATED))
    place = COMPANIES["big_blue_button"].make(PLAN, access, told)
    (call,) = told.calls
    address = urlsplit(call.url)
    query, _, checksum = address.query.rpartition("&checksum=")
    assert (call.method, address.path) == ("GET", "/bigbluebutton/api/create")
    assert checksum == hashlib.sha256(f"create{query}639259d4".encode()).hexdigest()
    said = dict(parse_qsl(query))
    assert (said["record"], said["guestPolicy"]) == ("false", "ASK_MODERATOR")
    assert said["meetingExpireIfNoUserJoinedInMinutes"] == "100"
    assert place["made"] == "1792083600000"


@pytest.mark.parametrize(
    "body",
    ["", "{}", "<html/>", "<response><returncode>SUCCESS</returncode></response>",
     '<!DOCTYPE r [<!ENTITY a "aa">]><response><returncode>SUCCESS</returncode><createTime>1</createTime></response>'],
)  # fmt: skip
def test_what_is_no_answer_of_big_blue_button_makes_no_room(body: str) -> None:
    access = Access({"base_url": "https://bbb.example.org/bigbluebutton"}, {"secret": "x", ROOMS: "w"})
    with pytest.raises(NoRoom):
        COMPANIES["big_blue_button"].make(PLAN, access, Told((200, body)))


def test_an_answer_in_another_encoding_hides_no_entity() -> None:
    said = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE response [<!ENTITY a "1">]>'
    said += "<response><returncode>SUCCESS</returncode><createTime>&a;</createTime></response>"
    with pytest.raises(NoRoom):
        COMPANIES["big_blue_button"].make(
            PLAN,
            access_to("big_blue_button", "https://bbb.example.org"),
            lambda _call: Answer(200, said.encode("utf-16"), None),
        )
