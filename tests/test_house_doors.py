"""Every page of a school has a door, and every door is tried by everyone: not yours is not there, the same 404."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from porchlight.accounts.models import User
from porchlight.families.models import Guardian, Student
from porchlight.schools.actors import Actor, Kind, Role
from porchlight.schools.models import RESERVED_SLUGS, School, StaffMember, StaffRole

# Pages without a door of their own, and what guards each.
OPEN = {
    "welcome:notice": "the secret in the link, and a button that opens it",
    "welcome:notice_message": "the secret in the link",
    "delivery:pair": "the secret in the link",
    "welcome:start": "shows nothing: asks for the code of a slip",
    "welcome:start_with_code": "the code of a slip",
    "welcome:notice_sound": "the secret in the link, on the device that opened it",
    "welcome:notice_enclosed": "the secret in the link, on the device that opened it",
    "welcome:sign_in": "shows nothing: the way in for families",
    "welcome:code": "the code that was sent",
    "welcome:person": "the browser that just proved a code",
    "welcome:invitation": "the secret in the link",
    "home:school": "shows nothing: leads everybody to their own first page",
}
STRANGER = "stranger"
ELSEWHERE = "leader of another school"
GONE = "leader who has left"
STAFF = {role.value: Actor(Kind.STAFF, 0, None, frozenset({role})) for role in Role}
ACTORS = {**STAFF, "guardian": Actor(Kind.GUARDIAN, 0), "student": Actor(Kind.STUDENT, 0)}
REFUSING = {404, 405}  # 405 where the page takes no such method from anybody
OPENING = {200, 302, 303, 400, 404, 405, 422}  # with made-up keys; never a crash, never "forbidden"
STREAMS = {
    "schools:changes"
}  # a script listens there: no way to the sign-in page, but a word that it is over


@dataclass(frozen=True)
class SchoolPage:
    """An address under a school's name."""

    name: str
    route: str
    opens_for: Callable[[Actor], bool] | None

    @property
    def path(self) -> str:
        """The address, with keys of nobody in it."""
        route = self.route.replace("<slug:school>", "maple-street")
        return "/" + re.sub(r"<\w+:\w+>", "nobody234567", re.sub(r"<int:\w+>", "999999", route))

    def is_for(self, who: str) -> bool:
        return who in ACTORS and self.opens_for is not None and self.opens_for(ACTORS[who])


def pages(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = "", room: str = ""
) -> Iterator[SchoolPage]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from pages(entry.url_patterns, route, entry.namespace or room)
        elif route.startswith("<slug:school>/"):
            yield SchoolPage(f"{room}:{entry.name}", route, getattr(entry.callback, "opens_for", None))


PAGES = sorted(pages(), key=lambda page: page.name)
BEHIND_DOORS = [page for page in PAGES if page.opens_for]


def test_every_page_of_a_school_has_a_door_or_says_what_guards_it() -> None:
    assert {page.name for page in PAGES if page.opens_for is None} == set(OPEN)


def test_no_school_can_take_an_address_of_ours() -> None:
    """Its short name would hide our pages, or ours its own."""
    first = {str(entry.pattern).partition("/")[0] for entry in get_resolver().url_patterns}
    assert {name for name in first if name and not name.startswith("<")} <= RESERVED_SLUGS
    assert {settings.STATIC_URL.strip("/")} <= RESERVED_SLUGS


@pytest.fixture
def people(db: None) -> dict[str, Client]:
    """One browser for each sort of person, signed in."""
    school = School.objects.create(slug="maple-street", name="Maple Street School")
    other = School.objects.create(slug="oak-lane", name="Oak Lane School")
    browsers = {STRANGER: Client()}
    for role in Role:
        browsers[role.value] = signed_in(colleague(school, role))
    browsers[ELSEWHERE] = signed_in(colleague(other, Role.LEADER))
    browsers[GONE] = signed_in(colleague(school, Role.LEADER))
    StaffMember.objects.filter(pk=StaffMember.objects.latest("pk").pk).update(left_at=school.created_at)
    father, child = User.objects.create_user(), User.objects.create_user()
    Guardian.objects.create(school=school, user=father, name="Mr Yousaf")
    Student.objects.create(school=school, user=child, name="Hamza Yousaf")
    return {**browsers, "guardian": signed_in(father), "student": signed_in(child)}


def colleague(school: School, role: Role) -> User:
    user = User.objects.create_user(f"{role}-{User.objects.count()}@example.org")
    staff = StaffMember.objects.create(school=school, user=user, name=f"the {role}")
    StaffRole.objects.create(school=school, staff=staff, role=role)
    return user


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.parametrize("page", BEHIND_DOORS, ids=[page.name for page in BEHIND_DOORS])
def test_a_door_opens_for_those_it_is_for_and_is_not_there_for_others(
    page: SchoolPage, people: dict[str, Client]
) -> None:
    for who, browser in people.items():
        for answer in (browser.get(page.path), browser.post(page.path)):
            said = f"{answer.request['REQUEST_METHOD']} {page.path} by {who}: {answer.status_code}"
            if who == STRANGER and page.name in STREAMS:
                assert answer.content in {b"event: over\ndata: \n\n", b""}, said
            elif who == STRANGER:
                assert answer.status_code in {302, 405}, said
                assert answer.status_code == 405 or "sign-in" in answer.url or "login" in answer.url, said
            elif page.is_for(who):
                assert answer.status_code in OPENING, said
            else:
                assert answer.status_code in REFUSING, said


def test_a_page_that_is_not_yours_looks_like_one_that_is_not_there(people: dict[str, Client]) -> None:
    refused = people["guardian"].get("/maple-street/triage/")
    absent = people["guardian"].get("/maple-street/no-such-page/")
    assert (refused.status_code, absent.status_code) == (404, 404)
    assert without_chance(refused.content).replace("triage", "no-such-page") == without_chance(absent.content)


def without_chance(page: bytes) -> str:
    """A page without the token that is new on every page."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())
