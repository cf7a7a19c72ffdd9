"""A colleague whose child is here, with every post there is: no door shows them what came from the child's other home."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from porchlight.accounts.models import User
from porchlight.api.tokens import make_token
from porchlight.conversations.models import (
    Answer,
    Listening,
    Message,
    Rendering,
    Ringing,
    TriageItem,
    Trouble,
    Worry,
)
from porchlight.delivery.models import Delivery, Handing, InboundEvent, Parcel
from porchlight.errands.models import Errand, ErrandKind
from porchlight.families.models import Address, ContactPoint, Guardian, Guardianship
from porchlight.schools.actors import Role, Scope
from porchlight.schools.models import StaffMember, StaffRole
from porchlight.schools.tiers import Tier
from porchlight.schools.wall import school_context
from tests.doors.pages import PAGES
from tests.doors.seen import text_of
from tests.full_school.more import complete
from tests.full_school.people import NOW, FullSchool, cookie_of, people
from tests.full_school.rows import row_of

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
WORDS, NUMBER, BAD, NAME = "zq7canary", "+447700900556", "+447700900557", "Zq7 Father"
SHOWN = (WORDS, NUMBER.removeprefix("+44"), BAD.removeprefix("+44"), "7700 900556", "7700 900557")
# Where whoever has no child here reads the words or the number; on the last, whom to reach.
LEAKS = {
    "worries/": WORDS,
    "triage/": WORDS,
    "calls/": NUMBER,
    "settings/undelivered/": WORDS,
    "to-reach/": NAME,
}
# What whoever has no child here may do there, and a key of nobody's after.
DEEDS = (
    "conversations:triage_placement",
    "conversations:triage_settlement",
    "conversations:triage_file",
    "conversations:call_asked",
    "conversations:call_asked_undo",
    "conversations:call_about",
    "conversations:reached",
    "conversations:worry_taking_up",
    "conversations:named_by",
    "delivery:sending_again",
    "delivery:one_given_up",
    "delivery:reading_again",
    "welcome:student_sign_in",
    "welcome:student_sign_in_removal",
)
GIVES_A_FILE = {"conversations:triage_file"}
API = ("students", "guardians", "threads", "messages", "deliveries", "asks", "notices", "rosters")


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def full(db: None) -> Iterator[FullSchool]:
    """A school in which the father says the words, on every way there is, from this number."""
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        made = people("maple-street", "wren7q", 1)
        with school_context(made.school):
            complete(made)
            _canaries(made)
            yield made


def _canaries(full: FullSchool) -> None:
    school, father, child = full.school, full.adults["father"], full.students["child"]
    tie, address = Guardianship.objects.get(guardian=father), row_of(full, Address)
    Guardian.objects.filter(pk=father.pk).update(name=NAME, addressed_as=NAME)
    Address.objects.filter(pk=address.pk).update(value=NUMBER)
    bad = Address.objects.create(school=school, channel="sms", value=BAD, state="bad")
    ContactPoint.objects.create(school=school, address=bad, guardian=father, consented=True)
    Trouble.objects.create(school=school, kind="address_bad", address=bad, about="bad")
    theirs = Message.objects.filter(thread__guardian=father)
    theirs.update(text=WORDS, full_text=WORDS)
    for model in (Listening, Rendering, Answer):
        model.objects.exclude(text="").update(text=WORDS)
    said = {"sender": NUMBER, "text": WORDS, "full_text": WORDS}
    TriageItem.objects.filter(address=address).update(**said)
    TriageItem.objects.filter(address=None, message=None).update(slip_of=tie, **said)
    for reason in ("missed_call", "shared_number"):
        TriageItem.objects.create(school=school, reason=reason, channel="sms", address=address, **said)
    about = theirs.filter(tier=Tier.L1).latest("pk")
    TriageItem.objects.create(school=school, reason="may_be_missing", channel="sms", message=about, **said)
    Worry.objects.create(school=school, message=about, raised_by=full.staff["teacher"], words=WORDS)
    for model in (Handing, Ringing):
        model.objects.all().update(words=WORDS)
    Parcel.objects.filter(guardian=father).update(text=WORDS)
    Delivery.objects.filter(parcel__guardian=father, address=address).update(to=NUMBER)
    event = {"text": WORDS, "sender": {"number": NUMBER}}
    InboundEvent.objects.given_up().update(event=event, raw=event)
    Errand.objects.create(
        school=school, kind=ErrandKind.RING, assigned_to=full.staff["office"], guardian=father, student=child,
        due_at=NOW, outcome=WORDS,
    )  # fmt: skip


@pytest.fixture
def head(full: FullSchool) -> StaffMember:
    """She does everything in a small school."""
    user = User.objects.create_user("head@example.org", name="Ms Head")
    person = StaffMember.objects.create(school=full.school, user=user, name="Ms Head")
    for role in Role:
        StaffRole.objects.create(school=full.school, staff=person, role=role)
    return person


def browser(user: User) -> Client:
    client = Client(raise_request_exception=True)
    client.cookies.load({settings.SESSION_COOKIE_NAME: cookie_of(user)})
    return client


def body_of(response: HttpResponseBase) -> bytes:
    """All of it, also of a file, which is shut then."""
    return b"".join(response) if response.streaming else response.content


def test_no_door_shows_what_came_from_the_childs_other_home(full: FullSchool, head: StaffMember) -> None:
    at_work = browser(head.user)
    for page, words in LEAKS.items():
        assert words in text_of(at_work.get(f"/maple-street/{page}")), page
    Guardian.objects.filter(pk=full.adults["mother apart"].pk).update(user=head.user)
    wrong, opened = [], []
    for page in PAGES:
        if not page.of_a_school or page.opens_for is None or not page.opens_for(head.actor()):
            continue
        with undone():
            response = at_work.get(page.path(full))
            body = body_of(response)
        opened.append(page.name)
        wrong += [f"{page.name}: {one}" for one in SHOWN if one.encode() in body]
    assert not wrong, "\n".join(wrong)
    assert len(opened) > 150
    assert NAME not in text_of(at_work.get("/maple-street/to-reach/"))


def test_what_comes_from_there_another_colleague_sees_to(full: FullSchool, head: StaffMember) -> None:
    Ringing.objects.update(by=head)
    pages, at_work = {page.name: page for page in PAGES}, browser(head.user)

    def answers() -> dict[str, int]:
        found = {}
        for name in DEEDS:
            with undone():
                path, data = pages[name].path(full), {"tie": full.secrets["tie"], "outcome": "Rang them."}
                response = at_work.get(path) if name in GIVES_A_FILE else at_work.post(path, data)
                body_of(response)
                found[name] = response.status_code
        return found

    before = answers()
    assert {name for name, status in before.items() if status in {403, 404, 405, 500}} == set(), before
    Guardian.objects.filter(pk=full.adults["mother apart"].pk).update(user=head.user)
    assert answers() == dict.fromkeys(DEEDS, 404)


def test_no_token_of_theirs_takes_it_elsewhere(full: FullSchool, head: StaffMember) -> None:
    _row, secret = make_token(
        school=full.school, by=head, label="Library", scopes=Scope, per_minute=1000,
        expires_at=NOW + timedelta(days=30),
    )  # fmt: skip
    told = {"Authorization": f"Bearer {secret}"}
    ask = Answer.objects.first().ask.key
    father, thread = full.adults["father"], full.threads["father"]
    message = Message.objects.filter(thread=thread, tier=Tier.L1).first()
    places = [*API, f"asks/{ask}", f"asks/{ask}/answers", f"guardians/{father.key}", f"threads/{thread.key}"]
    places += [f"messages/{message.key}"]

    def seen() -> dict[str, list[str]]:
        bodies = {one: Client().get(f"/api/v1/{one}", headers=told).text for one in places}
        return {one: [words for words in SHOWN if words in body] for one, body in bodies.items()}

    assert {one for one, words in seen().items() if words} >= {"guardians", "messages", f"asks/{ask}/answers"}
    Guardian.objects.filter(pk=full.adults["mother apart"].pk).update(user=head.user)
    assert {one for one, words in seen().items() if words} == set()
