"""What a way back must come to, on either database: a page with words on it, and a doctor who finds nothing wrong."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.delivery.house import URL, WentWrongError, Yard, running, until_it_answers

RPO, RTO = 60.0, 15 * 60.0  # seconds
DOCTOR_WITHIN = 120.0  # seconds


@dataclass
class Figures:
    """Seconds of each part, and what came back."""

    what: str
    parts: dict[str, float] = field(default_factory=dict)
    messages: int = 0
    size: int = 0  # bytes of the lost database
    back: float = float("inf")  # until the first page came and the doctor had nothing against it
    lost: float = float("inf")
    equal: bool = False

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.parts[name] = time.monotonic() - began

    def lines(self) -> list[str]:
        parts = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in self.parts.items())
        same = "the same to the last letter" if self.equal else "NOT THE SAME"
        return [
            f"restore {self.what}: {self.messages:,} messages, {self.size / 1e6:,.0f} MB; {parts}",
            f"restore {self.what}: back after {self.back:.0f} s (at most {RTO:.0f}); the last {self.lost:.1f} s were"
            f" lost (at most {RPO:.0f}); what was promised is {same}",
        ]

    @property
    def is_well(self) -> bool:
        return self.back <= RTO and self.lost <= RPO and self.equal


def settings(here: Yard, url: str) -> dict[str, str]:
    """An operator's, with keys of this run; they are kept apart from every copy."""
    keys = {f"PORCHLIGHT_{name}_KEY": secrets.token_hex(32) for name in ("SECRET", "SEAL")}
    return {**here.environment({"DATABASE_URL": url}), **keys}


def come_back(
    found: Figures,
    here: Yard,
    env: Mapping[str, str],
    bring_back: Callable[[], None],
    told: Mapping[str, Any],
) -> None:
    """From the loss until a thread with its messages is on a page, and the doctor finds nothing wrong."""
    began = time.monotonic()
    with found.part("database back in"):
        bring_back()
    serve = ["-m", "porchlight", "serve", "--port", str(here.web_port)]
    work = ["-m", "porchlight", "work", "--processes", "1"]
    with running(here, "web", serve, env), running(here, "work", work, env):
        with found.part("first page in"):
            until_it_answers(f"{URL.format(here.web_port)}/health/pages/")
            visit = {**env, "DJANGO_SETTINGS_MODULE": "bench.pages.settings"}
            python(["-m", "bench.pages.visit", json.dumps(told)], visit, "thread 1\n")
        with found.part("doctor content in"):
            _must_be_content(env)
        found.back = time.monotonic() - began


def _must_be_content(env: Mapping[str, str]) -> None:
    """Raises WentWrongError with what the doctor goes on finding wrong."""
    words, end = [sys.executable, "-m", "porchlight", "doctor"], time.monotonic() + DOCTOR_WITHIN
    while (done := subprocess.run(words, env=env, capture_output=True, text=True, check=False)).returncode:
        if time.monotonic() > end:
            raise WentWrongError(f"The doctor finds something wrong:\n{done.stdout}{done.stderr[-1000:]}")


def python(words: list[str], env: Mapping[str, str], told: str = "") -> str:
    """The last line that it said. Raises WentWrongError."""
    done = subprocess.run(
        [sys.executable, *words], env=env, input=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise WentWrongError(f"{' '.join(words[:3])} failed: {done.stderr[-2000:]}")
    return done.stdout.strip().rpartition("\n")[2]
