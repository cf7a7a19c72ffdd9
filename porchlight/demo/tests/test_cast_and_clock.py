"""The practice school starts on a Tuesday afternoon, on ports that are free, and stops together."""

from __future__ import annotations

import json
import socket
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from porchlight.conversations.models import Message, Thread
from porchlight.conversations.tests.conftest import staff
from porchlight.delivery.tests import cast
from porchlight.demo.clock import FIRST, set_clock, start
from porchlight.demo.names import families
from porchlight.demo.processes import PortTakenError, StoppedEarlyError, Together, must_be_free
from porchlight.schools.actors import Role


def test_the_first_day_is_a_tuesday_at_ten_past_three(
    db: None, settings: LazySettings, tmp_path: Path
) -> None:
    settings.CLOCK_FILE = str(tmp_path / "clock.json")
    school = cast.maple_street()
    moment = set_clock(school)
    local = school.local(moment)
    assert (local.strftime("%A %H:%M"), moment) == ("Tuesday 15:10", FIRST)
    assert isinstance(json.loads((tmp_path / "clock.json").read_text())["offset_seconds"], int)


def test_a_second_start_is_the_tuesday_after_everything_that_was_said(db: None) -> None:
    school = cast.maple_street()
    home = cast.home(school)
    thread = Thread.objects.create(school=school, guardian=home.guardian, student=home.student)
    said = FIRST + timedelta(days=22)  # the clocks have gone back meanwhile
    Message.objects.create(
        school=school, thread=thread, author="guardian", text="x", language="en", said_at=said
    )
    moment = start(school)
    assert moment > said
    assert school.local(moment).strftime("%A %d %B %H:%M") == "Tuesday 03 November 15:10"


def test_a_taken_port_is_said_in_a_sentence_with_a_way_on() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            PortTakenError, match=rf"Port {port} .* PORCHLIGHT_DEMO_PORT={port + 1} make demo"
        ):
            must_be_free(port, "Porchlight", "PORCHLIGHT_DEMO_PORT")
    must_be_free(port, "Porchlight", "PORCHLIGHT_DEMO_PORT")


def test_when_one_process_ends_the_others_are_ended_too() -> None:
    waits = [sys.executable, "-c", "import time; time.sleep(60)"]
    ends = [sys.executable, "-c", "pass"]
    together = Together([waits, ends])
    with pytest.raises(StoppedEarlyError, match="stopped by itself"):
        together.run(lambda: None, ())
    assert all(process.poll() is not None for process in together.running)


def test_t20_sign_in_links_are_not_there_outside_the_demo(db: None) -> None:
    assert Client().get("/demo/as/amal/").status_code == 404
    assert Client().get("/demo/").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": "::ffff:203.0.113.9"},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"X-Real-Ip": "127.0.0.1"}},
        {"headers": {"Via": "1.1 a-proxy"}},
    ],
)
def test_t20_in_the_demo_sign_in_links_are_this_machines_alone(db: None, settings, asked: dict) -> None:
    """Also behind a proxy on this machine, whose own address every request then seems to have."""
    settings.DEMO, settings.ROOT_URLCONF = True, "tests.demo_urls"
    assert Client().get("/demo/").status_code == 200
    assert Client().get("/demo/", **asked).status_code == 404
    assert Client().get("/demo/as/amal/", **asked).status_code == 404


def test_whom_a_clock_moved_far_on_left_at_rest_comes_in_by_their_link(db: None, settings) -> None:
    settings.DEMO, settings.ROOT_URLCONF = True, "tests.demo_urls"
    amal = staff(cast.maple_street(), "Ms Amal", Role.TEACHER)
    amal.rests_since = FIRST
    amal.save()
    browser = Client()
    browser.get("/demo/as/amal/")
    assert browser.get("/maple-street/desk/").status_code == 200


def test_the_town_speaks_eight_languages_and_no_number_can_ring() -> None:
    town = families()
    assert len({family.speaks for family in town}) == 8
    assert sum(len(family.children) for family in town) >= 70
    assert sum(len(family.adults) for family in town) >= 100
    assert any(adult.reach == "none" for family in town for adult in family.adults)
    assert sum(bool(adult.restriction) for family in town for adult in family.adults) == 1
    sheet = (Path(__file__).parents[1] / "data" / "families.csv").read_text(encoding="utf-8")
    numbers = {
        word.strip() for line in sheet.splitlines() for word in line.split(",") if word.startswith("07")
    }
    assert numbers
    assert all(number.startswith("07700 900") and len(number) == 12 for number in numbers)
