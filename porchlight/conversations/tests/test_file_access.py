"""T17. A file is there for whoever may read the words it came with, for as long as they may, at its one address."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.models import Message
from porchlight.conversations.speaking import speak
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.test_attached import address, attachment, message
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Guardian, Guardianship, Restriction
from porchlight.files.tests import samples
from porchlight.files.tests.kept import told
from porchlight.schools.actors import Role
from porchlight.schools.models import Teaching
from practice.enclosures import voice_note

BASE = "/maple-street"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def family(town: Town, guardian: Guardian) -> Client:
    guardian.user = User.objects.create_user()
    guardian.save()
    return browser_of(guardian)


def headed(client: Client, path: str) -> int:
    answer = client.head(path)
    answer.close()
    return answer.status_code


def spoken(town: Town) -> Message:
    note = BytesIO(voice_note(3))
    return speak(
        thread=town.thread, content=note, size=len(note.getvalue()), by=town.amal.actor(), now=TUESDAY
    )


def test_t17_who_is_not_in_the_thread_finds_nothing(town: Town) -> None:
    row = attachment(town, samples.JPEG, kind="image")
    said, answer = message(town, row), spoken(town)
    other = family(town, town.home(2, speaks="ur").guardian)
    stranger = browser_of(staff(town.school, "Mr Tran", Role.TEACHER))
    for path in (
        address(said, row),
        f"{BASE}/messages/{said.key}/files/{row.key}/sound/",
        f"{BASE}/messages/{answer.key}/sound/",
    ):
        for client in (other, stranger):
            assert client.get(path).status_code == client.head(path).status_code == 404
        assert Client().get(path).status_code in {302, 404}
        assert stranger.get(path.replace("/messages/", "%2fmessages%2f")).status_code == 404  # the same door
    assert other.get(f"{BASE}/messages/{answer.key}/spoken/").status_code == 404


@pytest.mark.django_db(transaction=True)  # an answer that is closed closes its connection
def test_t17_it_is_gone_at_once_after_a_restriction_and_after_the_last_lesson(town: Town) -> None:
    row = attachment(town, samples.JPEG, kind="image")
    said, answer = message(town, row), spoken(town)
    father, amal = family(town, town.yousaf.guardian), browser_of(town.amal)
    page = father.get(f"{BASE}/messages/about/{town.yousaf.student.key}/").content.decode()
    [sound] = {part.split('"')[0] for part in page.split('src="')[1:] if answer.key in part}
    assert told(father.get(sound))
    assert headed(amal, address(said, row)) == 200
    Restriction.objects.create(
        school=town.school,
        guardianship=Guardianship.objects.get(guardian=town.yousaf.guardian),
        scope="contact",
        evidence="seen",
    )
    Teaching.objects.filter(staff=town.amal).delete()
    assert (father.get(sound).status_code, amal.get(address(said, row)).status_code) == (404, 404)


@pytest.mark.django_db(transaction=True)  # an answer that is closed closes its connection
def test_t17_it_has_one_address_and_no_list(town: Town) -> None:
    row = attachment(town, samples.ogg_opus(8))
    said, amal = message(town, row), browser_of(town.amal)
    right = address(said, row)
    played = f"{right}sound/"
    assert headed(amal, right) == 200
    assert Entry.objects.filter(verb="file.saved").count() == 0  # a HEAD takes nothing away
    part = amal.get(played, headers={"Range": "bytes=2-5"})
    assert (part.status_code, told(part), part["Content-Range"]) == (
        206,
        b"gS\0\0",
        f"bytes 2-5/{row.file.size}",
    )
    stored = row.file.path
    others = [
        right.upper(), right.replace(row.key, row.key.upper()), right.replace("/files/", "/Files/"),
        right.replace("/files/", "/files//"), f"{right}../{row.key}/", right.replace("/files/", "/files/../files/"),
        right.replace("/files/", "/files/%2e%2e/files/"), right.replace("/files/", "/files/%252e%252e/files/"),
        right.replace("/files/", "%252ffiles%252f"),
        f"{BASE}/messages/{said.key}/files/", f"{BASE}/files/", "/files/", "/media/", f"/{stored}", f"/files/{stored}",
        f"/media/{stored}", f"{BASE}/{stored}", f"/static/../{stored}", f"/static/{quote('../', safe='')}{stored}",
        f"{BASE}/messages/{said.key}/files/{quote(f'../../{row.key}', safe='')}/",
        right.replace(row.key, row.file.key), f"{right.rstrip('/')}.ogg/",
    ]  # fmt: skip
    assert {path: amal.get(path).status_code for path in others if path != right} == dict.fromkeys(
        others, 404
    )
