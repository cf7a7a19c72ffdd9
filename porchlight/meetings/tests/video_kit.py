"""What the tests of video meetings share: how each company is connected in the practice town, and a plan."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import requests

from porchlight.conversations.tests.conftest import Town
from porchlight.meetings.models import Meeting, Mode, VideoAccount
from porchlight.meetings.tests.conftest import NOW, THURSDAY, meet
from porchlight.meetings.video.accounts import open_account
from porchlight.meetings.video.contract import ROOMS, Access, Answer, Call, Plan
from practice.threads import ThreadedTown as Running
from practice.video_bbb import SECRET as BBB
from practice.video_zoom import ACCOUNT, CLIENT
from practice.video_zoom import SECRET as ZOOM

BASE = "/maple-street"
PLAN = Plan(
    "k7f3m2q9x4hw", "Maple Street School", THURSDAY, THURSDAY + timedelta(minutes=10), "amal@example.org"
)


def opens(company: str, url: str) -> tuple[dict[str, str], dict[str, str]]:
    """Settings and secrets that open it in the practice town at `url`."""
    if company == "jitsi":
        return {"base_url": url, "app_id": "porch", "audience": "jitsi"}, {"app_secret": "s" * 32}
    if company == "big_blue_button":
        return {"base_url": f"{url}/bigbluebutton/"}, {"secret": BBB}
    if company == "zoom":
        plain = {"account_id": ACCOUNT, "client_id": CLIENT, "user": "", "base_url": url}
        return plain, {"client_secret": ZOOM}
    key = requests.get(f"{url}/control/translation/key-file/", timeout=9).text
    return {"user": "", "base_url": url}, {"key_file": key}


def access_to(company: str, url: str) -> Access:
    settings, secrets = opens(company, url)
    return Access(settings, {**secrets, ROOMS: "a word of our own"})


def connected(town: Town, company: str, url: str, now: datetime = NOW) -> VideoAccount:
    """The school holds its video meetings there."""
    settings, secrets = opens(company, url)
    return open_account(
        school=town.school,
        company=company,
        settings=settings,
        secrets=secrets,
        by=town.okafor.actor(),
        now=now,
    )


def by_video(town: Town, at: datetime = THURSDAY, **others: object) -> Meeting:
    """Ms Amal and Mr Yousaf, by video."""
    return meet(town, at, mode=Mode.VIDEO, place="", **others)


def asked(running: Running) -> list[dict[str, str]]:
    """What the companies of the practice town were asked."""
    found: list[dict[str, str]] = requests.get(f"{running.url}/control/video/", timeout=9).json()
    return found


class Told:
    """Carries nothing: notes what was asked, and answers what it is told to."""

    def __init__(self, *answers: tuple[int, Any]) -> None:
        self.calls: list[Call] = []
        self.answers = list(answers)

    def __call__(self, call: Call) -> Answer:
        self.calls.append(call)
        status, said = self.answers.pop(0)
        if isinstance(said, str):
            return Answer(status, said.encode(), None)
        return Answer(status, json.dumps(said).encode(), said)
