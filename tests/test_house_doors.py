"""T1, T2, T5, T7, T28. Every address, every method, every kind of person: the answer is the one that somebody wrote down.

The answers stand in tests/doors/answers.txt, for people in docs/doors.md. An address, a method or a person without
an answer fails. After a change on purpose: `pytest tests/test_house_doors.py --answers-anew`, and look at the change; with
PORCHLIGHT_EVERY_CELL=1 everybody tries every method at every page for it, in a quarter of an hour.
"""

import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import get_resolver

from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import RESERVED_SLUGS
from tests.doors import headers, seen
from tests.doors.pages import BESIDE, PAGES, Page
from tests.doors.table import ACTORS, FILE, METHODS, Cell, read, written
from tests.doors.walking import UNTRIED, Street, answer_of, street
from tests.full_school.people import ADULTS, STAFF

# Pages without a door of their own, and what guards each.
OPEN = {
    "welcome:notice": "the secret in the link, and a button that opens it",
    "welcome:notice_message": "the secret in the link",
    "delivery:pair": "the secret in the link",
    "welcome:start": "shows nothing: asks for the code of a slip",
    "welcome:start_with_code": "the code of a slip",
    "welcome:notice_read_out": "the secret in the link, on the device that opened it",
    "welcome:notice_sound": "the secret in the link, on the device that opened it",
    "welcome:notice_enclosed": "the secret in the link, on the device that opened it",
    "welcome:sign_in": "shows nothing: the way in for families",
    "welcome:code": "the code that was sent",
    "welcome:person": "the browser that just proved a code",
    "welcome:invitation": "the secret in the link",
    "privacy:retention": "tells of no person: what the school keeps and how long",
    "meetings:feed": "the secret in the address, which a person's calendar asks",
    "meetings:class_device": "the code of eight digits that a colleague opened, on a class's device",
    "meetings:class_device_end": "the browser that the code opened",
    "meetings:class_device_photo": "the browser that the code opened",
    "home:school": "shows nothing: leads everybody to their own first page",
}
pytestmark = pytest.mark.django_db

NOT_WELL = {("health", "503"), ("health:health", "503")}  # no worker runs here, and it says so
WITHOUT_A_POST = {
    "nobody",
    "link holder",
    "leader who left",
    "leader elsewhere",
    "who runs the server",
    "token",
}
EVERY_CELL = "PORCHLIGHT_EVERY_CELL" in os.environ  # every method by everybody


def post_of(actor: str) -> Actor | None:
    """As a door sees them, None when they hold no post here."""
    if actor in WITHOUT_A_POST:
        return None
    if actor == "operator let in":
        return Actor(Kind.STAFF, 0, None, frozenset({Role.LEADER, Role.OFFICE}), grant_id=1)
    if actor in {*STAFF, UNTRIED}:
        return Actor(Kind.STAFF, 0, None, frozenset({STAFF["leader" if actor == UNTRIED else actor]}))
    return Actor(Kind.GUARDIAN if actor in ADULTS else Kind.STUDENT, 0)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: object) -> Iterator[Street]:
    with django_db_blocker.unblock(), street("maple-street", "oak-lane") as made:
        yield made


def drawn(page: Page, method: str) -> list[str]:
    """Everybody, in another order at each page."""
    return sorted(ACTORS, key=lambda actor: zlib.crc32(f"{page.name} {actor} {method}".encode()))


def heads(page: Page, answers: dict[Cell, str]) -> list[str]:
    """Who tries HEAD: somebody for each answer to GET, others at each page."""
    return list({answers[page.name, "GET", actor]: actor for actor in drawn(page, "HEAD")}.values())


def gets(page: Page, expected: dict[Cell, str]) -> list[str]:
    """Who asks for a page: all for whom its door opens, and of each side somebody for each answer of a shut door.

    What decides is the door itself, which is asked about everybody here. Pages of no school ask about no post: there,
    another system and somebody for each answer. Everybody, where a school's page has no door of its own, or where
    nothing is written down for one of them.
    """
    opens = page.opens_for
    unknown = any((page.name, "GET", actor) not in expected for actor in ACTORS)
    if unknown or (opens is None and page.of_a_school):
        return list(ACTORS)
    inside = [actor for actor in ACTORS if actor == "token" or (opens and _lets(opens, actor))]
    shut = {
        (side_of(actor), expected[page.name, "GET", actor]): actor
        for actor in drawn(page, "GET")
        if actor not in inside
    }
    return [*inside, *shut.values()]


def _lets(opens: Callable[[Actor], bool], actor: str) -> bool:
    post = post_of(actor)
    return post is not None and opens(post)


def few(page: Page, method: str, answers: dict[Cell, str], expected: dict[Cell, str]) -> list[str]:
    """Who tries another method: of each side, somebody for each pair of answers, the one to GET and the one written to it.

    Everybody, where nothing is written down for one of them.
    """
    if any((page.name, method, actor) not in expected for actor in ACTORS):
        return list(ACTORS)
    cells = {actor: (page.name, method, actor) for actor in drawn(page, method)}
    told = {
        (side_of(actor), answers[page.name, "GET", actor], expected[cell]): actor
        for actor, cell in cells.items()
    }
    return list(told.values())


def side_of(actor: str) -> str:
    """Without a post here, of a family, or of the school."""
    post = post_of(actor)
    return "outside" if post is None else "school" if post.kind == Kind.STAFF else "family"


@dataclass
class Walk:
    """One way past every address: what was answered, and what was wrong with an answer."""

    town: Street
    eyes: seen.Eyes
    expected: dict[Cell, str]
    everybody: bool  # tries everything
    found: dict[Cell, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def tries(self, page: Page, method: str, actors: Iterable[str]) -> None:
        for actor in actors:
            cache.clear()  # of tries that were counted
            response = self.town.asks(actor, method, page.path(self.town.full))
            self.found[page.name, method, actor] = answer_of(response)
            faults = [*headers.faults(page, actor, response), *self.eyes.faults(page, actor, response)]
            self.wrong.extend(f"{method} {page.name}: {fault}" for fault in faults)

    def past(self, page: Page) -> None:
        """Every method. Where one of the few is not answered as supposed, everybody tries."""
        for method in METHODS:
            supposed = {who: self.expected.get((page.name, method, who), "") for who in ACTORS}
            if method == "GET":
                trying = gets(page, self.expected)
            elif method == "HEAD":
                supposed = {who: self.found[page.name, "GET", who] for who in ACTORS}
                trying = heads(page, self.found)
            else:
                trying = few(page, method, self.found, self.expected)
            self.tries(page, method, trying)
            surprised = any(self.found[page.name, method, who] != supposed.get(who) for who in trying)
            if len(trying) < len(ACTORS) and (self.everybody or surprised):
                self.tries(page, method, ACTORS)
            for who, answer in supposed.items():
                self.found.setdefault((page.name, method, who), answer)


@pytest.mark.timeout(1500)  # a minute of work, on a machine that may have other things to do
def test_t1_t28_every_address_answers_everybody_as_written(
    town: Street, request: pytest.FixtureRequest
) -> None:
    """And T2, T5, T7: nobody is shown what is not on their list, of another school, or of another adult."""
    anew = request.config.getoption("--answers-anew")
    eyes = seen.Eyes(town.full, town.others)
    walk = Walk(town, eyes, read(), everybody=EVERY_CELL)
    for page in PAGES:
        walk.past(page)
    found, wrong = walk.found, walk.wrong
    if anew:
        FILE.write_text(written(found))
        seen.FILE.write_text(seen.written(eyes.shown))
    expected, lists = read(), seen.read()
    wrong += [f"shown to {who}: {one}" for who in ACTORS for one in eyes.shown[who] ^ lists.get(who, set())]
    wrong += [
        f"{method} {page} by {actor}: {found.get((page, method, actor), 'no such address')}, "
        f"written down is {expected.get((page, method, actor), 'nothing')}"
        for page, method, actor in sorted({*found, *expected})
        if found.get((page, method, actor)) != expected.get((page, method, actor))
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_t1_the_answers_keep_to_the_doors() -> None:
    """What is written down may not say more than the doors do: not yours is not there, and nothing is forbidden."""
    doors = {page.name: page.opens_for for page in PAGES if page.opens_for}
    wrong = []
    for (page, method, actor), answer in read().items():
        post = post_of(actor)
        opens = page in doors and post is not None and doors[page](post)
        if (
            (answer[0] == "5" and (page, answer) not in NOT_WELL)
            or (method not in {"GET", "HEAD", "POST"} and answer != "405")
            or (page in doors and not opens and answer not in shut_for(actor, page))
            or (page in doors and actor == UNTRIED and answer[0] == "2" and page != "schools:changes")
        ):
            wrong.append((page, method, actor, answer))
    assert wrong == []


def shut_for(actor: str, page: str) -> set[str]:
    """The answers of a door that is not theirs. Whoever is not signed in may sign in first."""
    signed_out = {"200"} if page == "schools:changes" else {"sign-in"}  # a stream that says it is over
    return {"404", "405"} | (signed_out if actor in {"nobody", "link holder", "token"} else set())


def test_every_page_of_a_school_has_a_door_or_says_what_guards_it() -> None:
    assert {page.name for page in PAGES if page.of_a_school and page.opens_for is None} == set(OPEN)


def test_no_school_can_take_an_address_of_ours() -> None:
    """Its short name would hide our pages, or ours its own."""
    first = {str(entry.pattern).partition("/")[0] for entry in get_resolver().url_patterns}
    assert {name for name in first if name and not name.startswith("<")} <= RESERVED_SLUGS
    assert {settings.STATIC_URL.strip("/")} <= RESERVED_SLUGS


def test_a_page_that_is_not_yours_looks_like_one_that_is_not_there(town: Street) -> None:
    refused = town.asks("father", "GET", "/maple-street/triage/")
    absent = town.asks("father", "GET", BESIDE["no such page of a school"].format(school="maple-street"))
    assert (refused.status_code, absent.status_code) == (404, 404)
    assert without_chance(refused.content).replace("triage", "no-such-page") == without_chance(absent.content)


def without_chance(page: bytes) -> str:
    """A page without the token that is new on every page."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())
