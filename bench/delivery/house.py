"""One slice of Porchlight: web server, one worker and the practice gateway over a copy of a staged outbox."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.delivery.gauge import Gauge, children_of, peak_of
from bench.delivery.places import BEATS, DELIVERED, LAST_ONE, LIFT, NOT_UNDERSTOOD, TRIES, Copy, Place

STARTS_WITHIN, ENDS_WITHIN = 180.0, 300.0  # seconds: a busy machine starts slowly
LOOK = 0.1
URL = "http://127.0.0.1:{}"


class WentWrongError(RuntimeError):
    """A slice did not do what it should: its figures would mean nothing."""


@dataclass(frozen=True)
class Yard:
    """What all slices of a run share: a folder, and the ports that staged accounts name."""

    folder: Path
    gateway_port: int
    web_port: int

    @property
    def gateway(self) -> str:
        return URL.format(self.gateway_port)

    def environment(self, urls: Mapping[str, str]) -> dict[str, str]:
        """Porchlight's settings: nothing but what an operator would set."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PORCHLIGHT_", "DATABASE_"))}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "porchlight.config.settings",
            "PORCHLIGHT_VAR": str(self.folder / "var"),
            "PORCHLIGHT_BASE_URL": URL.format(self.web_port),
            **urls,
        }


def yard(folder: Path) -> Yard:
    """Two ports nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        return Yard(folder, one.getsockname()[1], two.getsockname()[1])


def stage(yard: Yard, place: Place, homes: int) -> dict[str, str]:
    """Migrate and fill the place's outbox. Returns what the gateway must know of the account."""
    env = yard.environment(place.urls)
    said = ""
    for words in (
        ["-m", "porchlight", "migrate", "--verbosity", "0"],
        ["-m", "bench.delivery.stage", str(homes), yard.gateway, str(yard.folder)],
    ):
        said = subprocess.run(
            [sys.executable, *words], env=env, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        env.pop("DATABASE_OWNER_URL", None)
    place.staged()
    found: dict[str, str] = json.loads(said.splitlines()[-1])
    return found


@contextmanager
def gateway(yard: Yard, callback: str = "") -> Iterator[None]:
    """The practice gateway as a process of its own. Without a callback it reports no statuses."""
    account = {
        "gateway": "whatsapp", "name": "maple", "callback": callback, "phone_number_id": "106540352242922",
        "access_token": "practice-token", "app_secret": "a" * 32, "verify_token": "v" * 20,
    }  # fmt: skip
    config = yard.folder / "town.json"
    config.write_text(json.dumps({"accounts": [account]}))
    words = ["-m", "practice", "--bench", "--smtp-port", "0", "--port", str(yard.gateway_port)]
    with running(yard, "gateway", [*words, "--config", str(config)], dict(os.environ)):
        until_it_answers(f"{yard.gateway}/control/counts/")
        yield


@contextmanager
def running(yard: Yard, name: str, words: list[str], env: Mapping[str, str]) -> Iterator[int]:
    """A program for as long as the block lasts, told to stop as an operator would. Gives its process id."""
    log = yard.folder / f"{name}.log"
    with log.open("wb") as said:
        program = subprocess.Popen([sys.executable, *words], env=env, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield program.pid
        finally:
            program.send_signal(signal.SIGTERM)
            try:
                code = program.wait(60)
            except subprocess.TimeoutExpired:
                program.kill()
                code = program.wait()
    if code != 0:
        raise WentWrongError(f"{name} ended with {code}: {log.read_text(errors='replace')[-2000:]}")


def slice_of(
    yard: Yard, copy: Copy, account: Mapping[str, str], homes: int, *, workers: int = 1
) -> dict[str, float]:
    """Run until every status is recorded; the figures of web server, workers and database."""
    env = yard.environment({"DATABASE_URL": copy.url})
    web = URL.format(yard.web_port)
    with ExitStack() as stack:
        stack.enter_context(gateway(yard, web + account["path"]))
        serves = stack.enter_context(
            running(yard, "web", ["-m", "porchlight", "serve", "--port", str(yard.web_port)], env)
        )
        works = stack.enter_context(
            running(
                yard, "worker", ["-m", "porchlight", "work", "--processes", f"{workers}", "--no-tasks"], env
            )
        )
        until_it_answers(f"{web}/health/pages/")
        until(lambda: copy.ask(BEATS) > 0, STARTS_WITHIN, "The worker did not start.")
        figures = measured(copy, {"web": {serves}, "worker": {works, *children_of(works)}}, homes)
        must_be_right(copy, counts(yard), homes)
        return figures


def measured(copy: Copy, ours: Mapping[str, set[int]], homes: int) -> dict[str, float]:
    """Lift the switch, wait for the last status, and read off what that took."""
    gauge = Gauge(lambda: {**ours, **copy.processes()})
    gauge.begin()
    began = time.perf_counter()
    copy.change(LIFT)
    until_all_are_delivered(copy, homes)
    seconds = time.perf_counter() - began
    used = gauge.end()
    memory = {group: sum(map(peak_of, pids)) for group, pids in ours.items()}
    return {
        "deliveries": homes,
        "seconds": seconds,
        "cpu": sum(spent for group, spent in used.items() if group != "web"),
        "cpu with web": sum(used.values()),
        **{f"cpu of {group}": spent for group, spent in used.items()},
        "memory": sum(memory.values()) + gauge.private("database"),
        **{f"memory of {group}": held for group, held in memory.items()},
        "memory of database": gauge.private("database"),
    }


def until_all_are_delivered(copy: Copy, homes: int) -> None:
    """All are counted only when the last one, which leaves last, arrived. Raises WentWrongError when it does not."""

    def arrived() -> bool:
        return copy.ask(LAST_ONE) == 3 and copy.ask(DELIVERED) == homes

    try:
        until(arrived, ENDS_WITHIN, "")
    except WentWrongError:
        raise WentWrongError(
            f"{copy.ask(DELIVERED)} of {homes} were delivered within {ENDS_WITHIN:g} seconds."
        ) from None


def must_be_right(copy: Copy, taken: Mapping[str, int], homes: int) -> None:
    """Each words once on the wire, each status understood, each try written down."""
    wanted = {"on the wire": homes, "twice": 0, "not understood": 0, "tries": homes}
    found = {**taken, "not understood": copy.ask(NOT_UNDERSTOOD), "tries": copy.ask(TRIES)}
    if found != wanted:
        raise WentWrongError(f"Expected {wanted}, found {found}.")


def counts(yard: Yard) -> dict[str, int]:
    """What the gateway saw."""
    with urllib.request.urlopen(f"{yard.gateway}/control/counts/", timeout=10) as answer:
        tally = json.load(answer)
    return {"on the wire": tally["taken"].get("whatsapp", 0), "twice": tally["repeated_references"]}


def until_it_answers(url: str) -> None:
    """Wait for a server to come up."""

    def answers() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    until(answers, STARTS_WITHIN, f"Nobody answers at {url}.")


def until(true: Callable[[], object], within: float, otherwise: str) -> None:
    """Wait for what must come. Raises WentWrongError."""
    end = time.monotonic() + within
    while not true():
        if time.monotonic() > end:
            raise WentWrongError(otherwise)
        time.sleep(LOOK)
