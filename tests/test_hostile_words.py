"""T14. Whatever a family or a colleague writes, or sends as a file, is words and files: nothing of it acts in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from io import BytesIO
from itertools import cycle

import pytest
from django.db.models import Model
from playwright.sync_api import Browser, Error, Page

from porchlight.conversations.models import Message, Template, Thread, TriageItem
from porchlight.delivery.cleaning import make_clean
from porchlight.delivery.models import Account, Attachment
from porchlight.families.models import Guardian, Household, Student
from porchlight.files.enclosing import keep_enclosed
from porchlight.files.handing_out import HANDED_OUT_AS, SOUNDS
from porchlight.files.keeping import keep
from porchlight.schools.models import School, SchoolClass, StaffMember
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from tests.doors.pages import PAGES
from tests.hostile_words import ACT, FILES, TAKEN, WORDS
from tests.maple import Maple
from tests.visitor import DESK, visiting

pytestmark = pytest.mark.browser
NAMED: list[tuple[type[Model], tuple[str, ...]]] = [
    (School, ("name",)),
    (StaffMember, ("name",)),
    (SchoolClass, ("name",)),
    (Student, ("name", "called")),
    (Guardian, ("name", "addressed_as")),
    (Household, ("label",)),
    (Template, ("name",)),
]


def test_there_are_enough_of_them() -> None:
    assert len({*WORDS}) + len(FILES) >= 60


def rename(words: Iterator[str]) -> None:
    """Everybody and everything is called something that would act."""
    for model, fields in NAMED:
        known = {field.name: field for field in model._meta.get_fields()}
        for row in model._default_manager.all():
            for name in fields:
                if name in known:
                    setattr(row, name, next(words)[: known[name].max_length])
            row.save()


def say(maple: Maple, thread: Thread) -> Message:
    """Each of them, said by a father and by a teacher; the last one brings the files."""
    amal, now = StaffMember.objects.get(user__email__startswith="amal"), school_time.now()
    said = [{"author": "guardian"}, {"author": "staff", "staff": amal}]
    Message.objects.bulk_create(
        Message(
            school=maple.school,
            thread=thread,
            text=words,
            full_text=f"{words} >",
            language="en",
            said_at=now,
            **who,
        )
        for words in WORDS
        for who in said
    )
    TriageItem.objects.bulk_create(
        TriageItem(school=maple.school, reason="unknown_sender", channel="sms", sender=words[:60], text=words)
        for words in WORDS
    )
    rows = [sent(maple, name, content) for name, content in FILES.items()]
    return Message.objects.create(
        school=maple.school, thread=thread, author="guardian", text="", language="en", said_at=now,
        media=[{"kind": row.kind, "key": row.key} for row in rows],
    )  # fmt: skip


def sent(maple: Maple, name: str, content: bytes) -> Attachment:
    """As if it had just been fetched."""
    waiting = keep(
        school=maple.school, source=name, content=BytesIO(content), name=name, claimed_type="text/html"
    )
    row = Attachment.objects.create(
        school=maple.school,
        account=Account.objects.first(),
        source=name,
        kind="document",
        name=name,
        waiting=waiting,
    )
    make_clean(row, school_time.now())
    row.refresh_from_db()
    return row


def listen(page: Page) -> list[str]:
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    return heard


def is_plain(page: Page) -> None:
    """No element of the page holds what stands in the words."""
    made = page.evaluate(
        "act => [...document.querySelectorAll('*')].filter(e => [...e.attributes].some("
        "a => /^(on|hx-on|href|src|srcdoc|action|formaction|data)/.test(a.name) && a.value.includes(act)"
        " && !/^(https?:)?\\/\\/?[^<>]*$/.test(a.value))).map(e => e.outerHTML.slice(0, 200))",
        ACT,
    )
    assert made == [], page.url


def test_t14_nothing_acts_on_any_page_or_in_any_file(chromium: Browser, maple: Maple) -> None:
    home = maple.guardian("Mr Yousaf")
    child = maple.student("Hamza Yousaf")
    about = f"/maple-street/students/{child.key}/"
    plain = [
        page.route.replace("<slug:school>", "maple-street")
        for page in PAGES
        if page.opens_for and page.keys == ("school",)
    ]
    paths = {
        "amal": [about, f"{about}with/{home.key}/", *plain],
        "okafor": plain,
        "yousaf": ["/maple-street/messages/", f"/maple-street/messages/about/{child.key}/"],
    }
    with ExitStack() as at_work:
        people = {who: at_work.enter_context(visiting(chromium, maple, as_=who, **DESK)) for who in paths}
        with school_context(maple.school):
            thread, _new = Thread.objects.get_or_create(school=maple.school, guardian=home, student=child)
            brought = say(maple, thread)
            rename(cycle(WORDS))
        for who, visitor in people.items():
            heard = listen(visitor.page)
            seen = [path for path in paths[who] if opens(visitor.page, path)]
            assert len(seen) >= min(8, len(paths[who])), (who, seen)
            if who == "amal":
                files_are_harmless(visitor.page, brought)
                a_photo_of_ours_is_seen(visitor.page, maple, thread)
            assert heard == []


def opens(page: Page, path: str) -> bool:
    found = page.request.get(path)
    if found.status != 200 or not found.headers.get("content-type", "").startswith("text/html"):
        return False
    page.goto(path, wait_until="load")
    is_plain(page)
    return True


def files_are_harmless(page: Page, message: Message) -> None:
    rows = {row.name: row for row in Attachment.objects.filter(key__in=[one["key"] for one in message.media])}
    assert {name for name, row in rows.items() if row.file is not None} == TAKEN
    for name in FILES:
        path = f"/maple-street/messages/{message.key}/files/{rows[name].key}/"
        answer = page.request.get(path)
        assert answer.status == (200 if name in TAKEN else 404)
        if name in TAKEN:
            assert answer.headers["content-type"] in HANDED_OUT_AS
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert (
                answer.headers["content-security-policy"]
                == "sandbox; default-src 'none'; frame-ancestors 'none'"
            )
            assert answer.headers["content-disposition"].startswith("attachment;")
            assert "<" not in answer.headers["content-disposition"]
        with suppress(Error):  # "Download is starting": it is saved, and no page opens
            page.goto(path)
        played = page.request.get(f"{path}sound/")
        assert played.status == 404 or played.headers["content-type"] in SOUNDS.values()


def a_photo_of_ours_is_seen(page: Page, maple: Maple, thread: Thread) -> None:
    """By itself, in a browser that lets it do nothing."""
    content = BytesIO(FILES["comment.jpg"])
    file = keep_enclosed(school=maple.school, content=content, size=len(content.getvalue()))
    message = Message.objects.create(
        school=maple.school, thread=thread, author="school", text="Look.", language="en", enclosed=file
    )
    answer = page.goto(f"/maple-street/messages/{message.key}/enclosed/")
    assert answer is not None
    assert answer.headers["content-type"] == "image/jpeg"
    assert page.evaluate("document.images[0].naturalWidth") == file.width
