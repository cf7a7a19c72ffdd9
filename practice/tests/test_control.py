"""The control API, the helpers and the command line."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import socket
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

import practice
from practice.__main__ import arguments
from practice.clock import Clock
from practice.errors import Mistake
from practice.server import config_from
from practice.tests.asking import ask


@pytest.fixture
def town(tmp_path):
    with practice.town_in_thread(clock_file=tmp_path / "clock.json") as town:
        yield town


def test_accounts_and_phones_are_registered_and_listed(town):
    status, account, _ = ask(
        "POST", f"{town.url}/control/accounts/", {"gateway": "whatsapp", "name": "maple"}
    )
    assert (status, account["access_token"]) == (200, "practice-token-maple")
    phones = [{"id": "a", "number": "+44 7700 900123"}, {"id": "b", "mailbox": "b@example.org"}]
    ask("POST", f"{town.url}/control/phones/", phones)
    _, listed, _ = ask("GET", f"{town.url}/control/phones/")
    assert [(p["id"], p["number"], p["channels"]) for p in listed] == [
        ("a", "+447700900123", ["whatsapp", "sms"]),
        ("b", "", ["email"]),
    ]
    _, overview, _ = ask("GET", f"{town.url}/control/")
    assert overview["phones"] == 2
    assert overview["accounts"][0]["phone_number_id"] == account["phone_number_id"]


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("accounts/", {"gateway": "pigeon"}, "gateway is one of"),
        ("accounts/", {"gateway": "whatsapp", "colour": "red"}, "has no colour"),
        ("phones/", {"id": ""}, "needs an id"),
        ("phones/", {"id": "x", "wings": 2}, "has no wings"),
        ("phones/", {"id": "x", "channels": ["smoke"]}, "not smoke"),
        ("phones/nobody/answers/", {"text": "x"}, "No phone called 'nobody'"),
        ("clock/", {"to": "teatime"}, "The clock takes"),
        ("clock/", {"offset_seconds": 1e12}, "ten years"),
    ],
)
def test_a_mistake_is_answered_in_words(town, path, body, words):
    status, answer, _ = ask("POST", f"{town.url}/control/{path}", body)
    assert status == 400
    assert words in answer["error"]


def test_a_number_belongs_to_one_phone(town):
    ask("POST", f"{town.url}/control/phones/", {"id": "a", "number": "+447700900123"})
    status, answer, _ = ask("POST", f"{town.url}/control/phones/", {"id": "b", "number": "07700900123"})
    assert status == 200  # written nationally it is another number: the town does not guess countries
    status, answer, _ = ask("POST", f"{town.url}/control/phones/", {"id": "c", "number": "+44 7700 900123"})
    assert (status, answer) == (400, {"error": "+447700900123 already belongs to another phone."})
    assert ask("GET", f"{town.url}/control/phones/c/")[0] == 400


def test_reset_forgets_what_was_said_and_keeps_the_phones(town):
    town.register_account(gateway="whatsapp", name="maple")
    town.register_phone(id="a", number="+447700900123")
    town.answer("a", channel="whatsapp", text="Salaam")
    town.set_weather("whatsapp", rude="500")
    ask("POST", f"{town.url}/control/reset/")
    _, phone, _ = ask("GET", f"{town.url}/control/phones/a/")
    assert (phone["lines"], phone["windows"]) == ([], {})
    assert ask("GET", f"{town.url}/control/weather/")[1]["whatsapp"]["rude"] == ""
    ask("POST", f"{town.url}/control/reset/", {"everything": True})
    assert ask("GET", f"{town.url}/control/phones/")[1] == []


def test_moving_the_clock_writes_its_file_whole(town, tmp_path):
    ask("POST", f"{town.url}/control/clock/", {"by_seconds": 3600})
    assert json.loads((tmp_path / "clock.json").read_text()) == {"offset_seconds": 3600}
    ask("POST", f"{town.url}/control/clock/", {"to": "2030-05-07T15:10"})
    now = datetime.fromisoformat(ask("GET", f"{town.url}/control/clock/")[1]["now"])
    assert now.strftime("%Y-%m-%d %H:%M %z") == "2030-05-07 15:10 +0100"
    assert list(tmp_path.iterdir()) == [tmp_path / "clock.json"]


def test_a_clock_somebody_else_moved_is_noticed(tmp_path):
    file = tmp_path / "clock.json"
    clock = Clock(file)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    file.write_text('{"offset_seconds": 86400}')
    clock._looked = -1.0
    assert clock.offset() == timedelta(days=1)
    file.write_text("half a fi")
    clock._looked = -1.0
    assert clock.offset() == timedelta()


def test_this_evening_and_tomorrow_morning_are_the_schools(tmp_path):
    clock = Clock(tmp_path / "clock.json")
    clock.move_to(datetime(2030, 7, 2, 15, 10))
    assert clock.this_evening().isoformat() == "2030-07-02T21:30:00+01:00"
    assert clock.tomorrow_morning().isoformat() == "2030-07-03T08:00:00+01:00"
    clock.move_to(datetime(2030, 7, 2, 22, 0))
    assert clock.this_evening().isoformat() == "2030-07-03T21:30:00+01:00"


def test_another_sites_page_may_not_press_buttons(town):
    status, _, _ = ask("POST", f"{town.url}/control/reset/", {}, Origin="http://example.com")
    assert status == 403
    own = town.url
    assert ask("POST", f"{town.url}/control/reset/", {}, Origin=own)[0] == 200


def test_a_town_runs_in_the_tests_own_loop():
    async def visit():
        async with practice.running(smtp_port=0) as town:
            town.town.phones.register({"id": "a", "number": "+447700900123"})
            status = await asyncio.to_thread(ask, "GET", f"{town.url}/control/phones/a/")
            return status[0], town.smtp_port

    status, smtp_port = asyncio.run(visit())
    assert status == 200
    assert smtp_port


def test_a_taken_port_is_said_plainly():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with (
            pytest.raises(practice.PortTaken, match=f"Port {port} on 127.0.0.1 is taken"),
            practice.town_in_thread(port=port),
        ):
            pass
        with pytest.raises(practice.PortTaken, match="--smtp-port"), practice.town_in_thread(smtp_port=port):
            pass


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_command_starts_furnished_and_stops_cleanly(tmp_path, ending):
    config = tmp_path / "town.json"
    config.write_text(json.dumps({"phones": [{"id": "a", "number": "+447700900123"}]}))
    command = [sys.executable, "-m", "practice", "--port", "0", "--smtp-port", "0", "--config", str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as town:
        url = town.stdout.readline().split()[-1].rstrip("/")
        assert ask("GET", f"{url}/control/phones/a/")[1]["number"] == "+447700900123"
        ask("POST", f"{url}/control/weather/twilio/", {"rude": "stall", "stall": 60})
        with closing(
            http.client.HTTPConnection("127.0.0.1", int(url.rpartition(":")[2]), timeout=10)
        ) as waiting:
            waiting.request("POST", "/2010-04-01/Accounts/ACx/Messages.json", headers={"Content-Length": "0"})
            town.send_signal(ending)  # a client that still waits for its answer does not keep the town up
            _, complaint = town.communicate(timeout=10)
    assert (town.returncode, complaint) == (0, "")


def test_the_command_says_what_is_wrong(tmp_path):
    config = tmp_path / "town.json"
    config.write_text(json.dumps({"accounts": [{"gateway": "pigeon"}]}))
    command = [sys.executable, "-m", "practice", "--port", "0", "--smtp-port", "0", "--config", str(config)]
    town = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert town.returncode == 1
    assert town.stderr.startswith("gateway is one of mail, office_phone, twilio, twilio_voice, whatsapp")
    assert "Traceback" not in town.stderr


def test_a_phone_registered_again_keeps_its_conversation(town):
    town.register_account(gateway="whatsapp", name="maple")
    town.register_phone(id="a", number="+447700900123")
    town.answer("a", channel="whatsapp", text="Salaam")
    town.register_phone(id="a", number="+447700900124", owner="Mr Yousaf")
    _, phone, _ = ask("GET", f"{town.url}/control/phones/a/")
    assert (phone["owner"], phone["number"]) == ("Mr Yousaf", "+447700900124")
    assert [line["text"] for line in phone["lines"]] == ["Salaam"]
    assert list(phone["windows"]) == ["maple"]


def test_the_rest_of_the_control_api(town):
    town.register_account(gateway="whatsapp", name="maple", callback="http://127.0.0.1:9/")
    town.register_phone(id="a", number="+447700900123")
    control = f"{town.url}/control/"
    ask("POST", control + "phones/a/answers/", {"channel": "whatsapp", "text": "Salaam"})
    assert ask("GET", control + "counts/")[1]["phones"] == 1
    assert ask("POST", control + "webhooks/settled/", {"within": 0})[1]["waiting"] == 1
    assert ask("GET", control + "webhooks/")[1] == []
    assert [a["name"] for a in ask("GET", control + "accounts/")[1]] == ["maple"]
    assert [
        line["text"] for line in ask("GET", control + "phones/a/messages/?channel=whatsapp&after=0")[1]
    ] == ["Salaam"]
    assert ask("GET", control + "phones/a/messages/?after=1")[1] == []
    assert ask("POST", control + "phones/a/read/")[1] == {"read": 0}
    assert ask("GET", control + "clock/")[1]["offset_seconds"] == 0
    templates = control + "accounts/maple/templates/"
    assert ask("POST", templates, {"status": "PAUSED"})[0] == 400
    assert ask("POST", control + "accounts/nobody/verification/")[0] == 400
    assert ask("POST", control + "accounts/maple/verification/")[1] == {"verified": False}
    assert ask("DELETE", control + "phones/a/")[0] == 200
    assert ask("GET", control + "phones/a/")[0] == 400


def test_a_body_that_is_no_json_is_a_mistake(town):
    status, answer, _ = ask("POST", f"{town.url}/control/reset/", form={"a": "b"})
    assert (status, answer) == (400, {"error": "The body has to be JSON."})


def test_a_number_can_only_move_to_a_free_one(town):
    town.register_account(gateway="whatsapp", name="maple")
    town.register_phone(id="a", number="+447700900123")
    town.register_phone(id="b", number="+447700900124")
    town.register_phone(id="c", user_id="PK.7", channels=["whatsapp"])
    url = f"{town.url}/control/phones/%s/number/"
    told = ask("POST", url % "a", {"number": "+447700900124", "account": "maple"})
    assert told[1] == {"error": "+447700900124 cannot be this phone's number."}
    assert ask("POST", url % "c", {"number": "+447700900125", "account": "maple"})[0] == 400


@pytest.mark.parametrize(("text", "words"), [("{", "is no JSON"), ("[]", "holds no JSON object")])
def test_a_configuration_that_cannot_be_read_is_said_plainly(tmp_path, text, words):
    file = tmp_path / "town.json"
    file.write_text(text)
    with pytest.raises(Mistake, match=words):
        config_from(file)


def test_the_commands_words_become_the_towns_settings():
    given = arguments(["--port", "1", "--bench", "--zone", "Asia/Karachi"])
    assert (given.port, given.smtp_port, given.bench, given.zone) == (1, 8026, True, "Asia/Karachi")


def test_a_configuration_furnishes_weather_too():
    config = {"weather": {"twilio": {"repeat": 2}}, "accounts": [{"gateway": "twilio"}]}
    with practice.town_in_thread(config=config) as town:
        assert town.call(lambda t: (t.weather["twilio"].repeat, list(t.accounts))) == (2, ["twilio"])


def test_waiting_for_something_that_never_comes_ends(town):
    with pytest.raises(TimeoutError, match=r"did not come to that within 0\.05 seconds"):
        town.wait_until(lambda t: False, within=0.05)
