"""A school may have a company's voice read: for the languages it named, never more than it allowed, and ours otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import time_machine

import practice
from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Message
from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_file_access import family
from porchlight.conversations.tests.test_read_out import URDU, players, reads, said
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.files.tests.kept import told
from porchlight.languages.models import VoiceAccount
from porchlight.schools.tiers import Tier
from practice.voices import KEY

BASE = "/maple-street/settings/languages/voices"
PASHTO = "سبا ښوونځی بند دی"


@pytest.fixture(autouse=True)
def _tuesday(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def away() -> Iterator[practice.ThreadedTown]:
    with practice.town_in_thread(smtp_port=None) as town:
        yield town


def opened(town: Town, url: str, **more: str) -> VoiceAccount:
    form = {"key": KEY, "base_url": url, "voices": "ps ps-AF-LatifaNeural\nur ur-PK-UzmaNeural", **more}
    answer = browser_of(town.okafor).post(f"{BASE}/new/azure/", form)
    assert answer.status_code == 302
    return VoiceAccount.objects.get()


def asked(away) -> list[dict[str, str]]:
    return requests.get(f"{away.url}/control/voices/", timeout=5).json()


def test_it_reads_what_ours_cannot_and_is_paid_once(town: Town, away) -> None:
    father = family(town, reads(town, "ps"))
    said(town, PASHTO, "ps")
    assert players(father, town) == []
    account = opened(town, away.url)
    assert KEY not in account.sealed_secrets
    [where] = players(father, town)
    assert told(father.get(where)) == told(father.get(where))
    assert asked(away) == [{"company": "azure", "text": PASHTO, "voice": "ps-AF-LatifaNeural"}]


@pytest.mark.voice
def test_personal_words_go_there_only_where_the_school_said_so(town: Town, away) -> None:
    account, father = opened(town, away.url), family(town, reads(town, "ur"))
    message = said(town, tier=Tier.L2)
    where = f"/maple-street/messages/about/read-out/{message.key}/"
    assert told(father.get(where))[:1] == b"\xff"  # by our own voice
    assert asked(away) == []
    office = browser_of(town.okafor)
    office.post(f"{BASE}/{account.key}/personal/", {"allow": ""})
    assert told(father.get(where))[:1] == b"\xff"
    assert [one["text"] for one in asked(away)] == [URDU]
    Message.objects.update(tier=Tier.L3)
    assert father.get(where).status_code == 404


@pytest.mark.voice
def test_a_refusal_holds_it_and_our_own_voice_reads(town: Town, away) -> None:
    account, father = opened(town, away.url, key="wrong"), family(town, reads(town, "ur"))
    said(town)
    [where] = players(father, town)
    assert told(father.get(where))[:1] == b"\xff"
    account.refresh_from_db()
    assert account.held_at is not None
    office, page = browser_of(town.okafor), f"{BASE}/{account.key}/"
    assert "does not take our key" in office.get(page).content.decode()
    voices = {"base_url": away.url, "voices": "ur ur-PK-UzmaNeural"}
    assert "kept for the old one" not in office.post(page, {**voices, "key": KEY}).content.decode()
    account.refresh_from_db()
    assert (account.held_at, account.voices) == (None, {"ur": "ur-PK-UzmaNeural"})
    office.post(f"{page}closing/")
    account.refresh_from_db()
    assert (account.closed_at is not None, account.sealed_secrets) == (True, "")


def test_only_the_office_and_leaders_open_one_and_a_line_has_to_be_a_voice(town: Town) -> None:
    assert browser_of(town.amal).get(f"{BASE}/new/google/").status_code == 404
    form = {"api_key": "k", "voices": "ur </voice>"}
    answer = browser_of(town.okafor).post(f"{BASE}/new/google/", form)
    assert (answer.status_code, "is no language with a voice" in answer.content.decode()) == (422, True)
    assert not VoiceAccount.objects.exists()
