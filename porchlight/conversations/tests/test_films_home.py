"""A teacher puts a short film beside their words: on WhatsApp it goes along, elsewhere a page plays it, and all say what
it costs to fetch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import time_machine

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import FilmLimit, Message
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.test_file_access import family
from porchlight.conversations.tests.test_photos_home import chosen
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardianship, Restriction
from porchlight.files.tests import real
from porchlight.files.tests.kept import told
from porchlight.schools.actors import Role

BASE = "/maple-street"


@pytest.fixture(autouse=True)
def _tuesday(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(TUESDAY, tick=False):
        yield


def sends(town: Town, content: bytes):
    path = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    return browser_of(town.amal).post(
        path, {"text": "We built a bridge.", "photo": chosen(content, "VID_1.mp4")}
    )


def test_it_is_played_by_the_home_and_by_nobody_else(town: Town) -> None:
    assert sends(town, real.telephone_film()).status_code == 302
    message = Message.objects.get()
    assert message.enclosed is not None
    assert message.enclosed.seen_type == "video/mp4"
    father = family(town, town.yousaf.guardian)
    page = father.get(f"{BASE}/messages/about/{town.yousaf.student.key}/").content.decode()
    [player] = re.findall(r"<video [^>]+>", page)
    assert "controls" in player
    assert 'preload="none"' in player
    assert "on a slow phone network" in page
    where = f"{BASE}/messages/about/enclosed/{message.key}/"
    assert where in player
    whole, part = father.get(where), father.get(where, headers={"Range": "bytes=4-7"})
    assert (whole["Content-Type"], part.status_code, told(part)) == ("video/mp4", 206, b"ftyp")
    assert ("sandbox" in whole["Content-Security-Policy"], len(told(whole))) == (True, message.enclosed.size)
    others = [
        (browser_of(staff(town.school, "Mr Tran", Role.TEACHER)), f"{BASE}/messages/{message.key}/enclosed/"),
        (family(town, town.home(2).guardian), where),
    ]
    assert [client.get(path).status_code for client, path in others] == [404, 404]
    body = Delivery.objects.get().body  # by text goes the page that plays it
    assert "enclosed" not in body
    assert f"{BASE}/n/" in body["text"]
    tie = Guardianship.objects.get(guardian=town.yousaf.guardian)
    Restriction.objects.create(school=town.school, guardianship=tie, scope="contact", evidence="seen")
    assert father.get(where).status_code == 404


def test_the_office_says_how_long_it_may_be(town: Town) -> None:
    office = browser_of(town.okafor)
    page = f"{BASE}/settings/films/"
    assert "3000 KB, about 7 minutes on a slow phone network" in office.get(page).content.decode()
    assert office.post(page, {"seconds": "15", "kilobytes": "1000"}).status_code == 302
    assert browser_of(town.amal).get(page).status_code == 404
    long = sends(town, real.telephone_film(seconds=17, size=(64, 64)))
    assert (long.status_code, "longer than 15 seconds" in long.content.decode()) == (422, True)
    FilmLimit.objects.update(seconds=0)
    none = sends(town, real.telephone_film())
    assert (none.status_code, "sends no films" in none.content.decode()) == (422, True)
    assert not Message.objects.exists()
