"""`make demo` as a newcomer meets it: it opens, its links let in, words go both ways, Ctrl-C ends it, it opens again."""

from __future__ import annotations

import json
import re
import signal
import socket
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest

from porchlight.delivery.tests.kit import until
from porchlight.demo.cast import CAST
from porchlight.operations.tests.running import Answer, Program, ask, free_port, surroundings

OPEN = "Maple Street School is open."


class Demo:
    """The demo on ports and in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.web, self.town, self.mail = free_port(), free_port(), free_port()
        self.env = surroundings(
            folder,
            PORCHLIGHT_DEMO_FOLDER=str(folder),
            PORCHLIGHT_DEMO_PORT=str(self.web),
            PORCHLIGHT_TOWN_PORT=str(self.town),
            PORCHLIGHT_TOWN_MAIL_PORT=str(self.mail),
        )
        self.program: Program | None = None

    def opens(self) -> None:
        self.program = Program("demo", env=self.env)
        self.program.until(OPEN, patience=200)  # it migrates and loads a whole school first
        self.program.until("Ctrl-C stops.")

    def stops(self) -> int:
        program, self.program = self.program, None
        return program.end(signal.SIGINT) if program is not None else 0

    def comes_in(self, who: str) -> str:
        """The cookies of one of the cast, by their link."""
        answer = ask(self.web, f"/demo/as/{who}/")
        assert (answer.status, answer.headers["Location"]) == (302, "/maple-street/")
        jar = SimpleCookie()
        for line in answer.headers.get_all("Set-Cookie", []):
            jar.load(line)
        return "; ".join(f"{name}={one.value}" for name, one in jar.items())

    def page(self, who: str, path: str = "/maple-street/") -> Answer:
        cookies = self.comes_in(who)
        answer = ask(self.web, path, Cookie=cookies)
        while answer.status == 302:
            answer = ask(self.web, answer.headers["Location"], Cookie=cookies)
        return answer

    def control(self, path: str, method: str = "GET", **values: object) -> Any:
        """What the practice town's control API says."""
        body = json.dumps(values).encode() if values else None
        answer = ask(self.town, f"/control/{path}", method, body, Content_Type="application/json")
        assert answer.status < 300, answer.text
        return json.loads(answer.body)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    made = Demo(tmp_path)
    try:
        yield made
    finally:
        made.stops()


@pytest.mark.timeout(700)
def test_it_opens_lets_everybody_in_stops_and_goes_on_where_it_was(demo: Demo) -> None:
    demo.opens()
    said = "".join(demo.program.said)
    assert [f"http://127.0.0.1:{demo.web}/demo/as/{person.who}/" in said for person in CAST] == [True] * len(
        CAST
    )
    assert f"http://127.0.0.1:{demo.town}/" in said
    pages = {person.who: demo.page(person.who) for person in CAST}
    assert {who: page.status for who, page in pages.items()} == dict.fromkeys(pages, 200)
    assert "Ms Amal" in pages["amal"].text
    assert 'dir="rtl"' in pages["yousaf"].text
    assert "Mr Yousaf" in ask(demo.town, "/").text
    answers_on_his_phone(demo)
    assert demo.stops() == 0
    demo.opens()  # migrated, loaded and told before: nothing of it happens twice
    assert demo.page("amal").text.count("Hamza found his book today") >= 1
    assert demo.stops() == 0


def answers_on_his_phone(demo: Demo) -> None:
    """Mr Yousaf writes first, and Ms Amal has it on her desk."""
    phones = demo.control("phones/")
    [yousaf] = [phone for phone in phones if phone["owner"] == "Mr Yousaf"]
    demo.control(
        f"phones/{yousaf['id']}/answers/", "POST", channel="whatsapp", account="maple-street",
        text="Hamza found his book today",
    )  # fmt: skip
    until(lambda: "Hamza found his book today" in demo.page("amal").text, within=40)


def test_a_taken_port_is_said_with_a_way_on(demo: Demo) -> None:
    with socket.create_server(("127.0.0.1", demo.town)):
        program = Program("demo", env=demo.env)
        said = program.until("is taken")
        code = program.close()
    assert code == 1
    assert re.search(rf"Port {demo.town} on this machine is taken, and the practice town needs it", said)
    assert f"PORCHLIGHT_TOWN_PORT={demo.town + 1} make demo" in said
