"""What came along is named with its length, says whether it is here, and is handed out to who may read the words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import translation

from porchlight.accounts.models import User
from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.models import Entry
from porchlight.conversations.attached import found_for, tags_of
from porchlight.conversations.models import Message, TriageItem
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.models import Attachment
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.files.tests import samples
from porchlight.files.tests.kept import as_clean
from porchlight.schools.actors import Role
from porchlight.schools.models import SchoolClass, Teaching

BASE = "/maple-street"


def attachment(town: Town, content: bytes = b"", *, kind: str = "audio", **fields: object) -> Attachment:
    file = as_clean(town.school, content, source=f"s{len(content)}") if content else None
    return Attachment.objects.create(
        school=town.school,
        account=town.phone,
        source=f"a{Attachment.objects.count()}",
        kind=kind,
        file=file,
        **fields,
    )


def message(town: Town, *rows: Attachment) -> Message:
    return Message.objects.create(
        school=town.school,
        thread=town.thread,
        author="guardian",
        text="",
        language="ur",
        said_at=TUESDAY,
        media=[{"kind": row.kind, "key": row.key} for row in rows],
    )


def thread_page(town: Town, client: Client) -> str:
    where = f"{BASE}/students/{town.yousaf.student.key}/with/{town.yousaf.guardian.key}/"
    return client.get(where).content.decode()


def saved(client: Client, where: str) -> tuple[int, bytes, Mapping[str, str]]:
    """What a browser gets: status, bytes, headers."""
    answer = client.get(where)
    content = b"".join(answer.streaming_content) if answer.streaming else b""
    answer.close()
    return answer.status_code, content, answer.headers


def address(said: Message, row: Attachment) -> str:
    return f"{BASE}/messages/{said.key}/files/{row.key}/"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Voice note: on its way"),
        ({"code": "no_connection"}, "Voice note: not here yet. The gateway could not be reached."),
        (
            {"code": "media_gone", "given_up_at": TUESDAY},
            "Voice note: not here. The gateway no longer has this file.",
        ),
    ],
)
def test_what_is_not_here_says_so_and_what_to_do(town: Town, fields: dict, words: str) -> None:
    row = attachment(town, **fields)
    said = message(town, row)
    assert words in thread_page(town, browser_of(town.amal))
    assert browser_of(town.amal).get(address(said, row)).status_code == 404


def test_a_voice_note_is_named_with_its_length_and_size(town: Town) -> None:
    row = attachment(town, samples.ogg_opus(8))
    said = message(town, row)
    page = thread_page(town, browser_of(town.amal))
    assert "Voice note, 8 s" in page
    assert f"Save: Voice note, 8 s ({round(row.file.size / 1000)} KB)" in page
    assert address(said, row) in page


def test_in_urdu_too(town: Town) -> None:
    row = attachment(town, samples.ogg_opus(8))
    with translation.override("ur"):
        [tag] = tags_of([{"kind": "audio", "key": row.key}], found_for(town.school, [[{"key": row.key}]]))
        assert "8" in str(tag.words)
        assert "Voice" not in str(tag.words)


@pytest.mark.django_db(transaction=True)  # an answer that is closed closes its connection
def test_only_who_may_read_the_words_may_have_what_came_with_them(town: Town) -> None:
    row, other = attachment(town, samples.JPEG, kind="image"), attachment(town, samples.PNG, kind="image")
    said, elsewhere = message(town, row), message(town, other)
    stranger = staff(town.school, "Mr Tran", Role.TEACHER)
    class_5b = SchoolClass.objects.create(school=town.school, name="5B", year="5")
    Teaching.objects.create(school=town.school, school_class=class_5b, staff=stranger)
    assert browser_of(stranger).get(address(said, row)).status_code == 404
    assert Client().get(address(said, row)).status_code in {302, 404}
    amal = browser_of(town.amal)
    assert amal.get(address(said, other)).status_code == 404  # not what came with this message
    assert saved(amal, address(elsewhere, other))[:2] == (200, samples.PNG)
    status, content, headers = saved(amal, address(said, row))
    assert (status, content) == (200, samples.JPEG)
    assert (headers["Content-Security-Policy"], headers["X-Content-Type-Options"]) == (
        "sandbox; default-src 'none'; frame-ancestors 'none'",
        "nosniff",
    )
    assert Entry.objects.filter(verb="file.saved").count() == 2


@pytest.mark.django_db(transaction=True)  # an answer that is closed closes its connection
def test_the_office_saves_what_came_with_words_that_have_no_place_yet(town: Town) -> None:
    row = attachment(town, samples.PDF, kind="document")
    item = TriageItem.objects.create(
        school=town.school,
        reason="unknown_sender",
        channel="sms",
        sender="+447700900777",
        media=[{"kind": "document", "key": row.key}],
    )
    office = browser_of(town.okafor)
    where = f"{BASE}/triage/{item.key}/files/{row.key}/"
    assert where in office.get(f"{BASE}/triage/").content.decode()
    assert saved(office, where)[:2] == (200, samples.PDF)
    assert browser_of(town.amal).get(where).status_code == 404


def test_a_file_the_store_has_lost_is_not_there(town: Town) -> None:
    row = attachment(town, samples.JPEG, kind="image")
    said = message(town, row)
    default_storage.delete(row.file.path)
    assert browser_of(town.amal).get(address(said, row)).status_code == 404


def test_the_family_sees_that_it_came_and_nothing_is_handed_out_there(town: Town) -> None:
    row = attachment(town, samples.ogg_opus(8))
    message(town, row)
    father = town.yousaf.guardian
    father.user = User.objects.create_user()
    father.save()
    client = browser_of(father)
    page = client.get(f"{BASE}/messages/about/{town.yousaf.student.key}/")
    assert page.status_code == 200
    assert "/files/" not in page.content.decode()
