"""People see the places they may go to, in order, and where they are."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from porchlight.design import menu
from porchlight.design.menu import MenuEntry, Place

TEACHER = SimpleNamespace(name="Ms Amal", is_staff=True, roles={"teacher"})
OFFICE = SimpleNamespace(name="Mrs Okafor", is_staff=True, roles={"office"})


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_entries", {})
    menu.register(
        MenuEntry("Sign-in", "account_login", lambda actor: "office" in actor.roles, 20, of_school=False)
    )
    menu.register(
        MenuEntry(
            "Gallery",
            "design:gallery",
            lambda actor: True,
            10,
            of_school=False,
            badge=lambda actor: len(actor.roles),
        )
    )


def test_each_actor_sees_what_is_theirs_in_order(rf) -> None:
    request = rf.get("/design/family/")
    assert [link.label for link in menu.links(Place.STAFF, actor=OFFICE, school=None, request=request)] == [
        "Gallery",
        "Sign-in",
    ]
    assert menu.links(Place.STAFF, actor=TEACHER, school=None, request=request) == [
        menu.Link("Gallery", "/design/", "", "true", 1)
    ]
    assert menu.links(Place.STAFF, actor=None, school=None, request=request) == []


def test_the_page_itself_is_marked(rf) -> None:
    here = menu.links(Place.STAFF, actor=OFFICE, school=None, request=rf.get("/design/"))
    assert [(link.label, link.current) for link in here] == [("Gallery", "page"), ("Sign-in", "")]


def test_registering_again_replaces_and_forgetting_removes(rf) -> None:
    menu.register(MenuEntry("Parts", "design:gallery", lambda actor: True, 30, of_school=False))
    assert [entry.label for entry in menu.entries(Place.STAFF)] == ["Sign-in", "Parts"]
    menu.forget(Place.STAFF, "design:gallery")
    assert [entry.label for entry in menu.entries(Place.STAFF)] == ["Sign-in"]


def test_doors_stand_open_to_nobody_in_particular(rf) -> None:
    menu.register(
        MenuEntry(
            "With a phone number",
            "account_login",
            lambda actor: actor is None,
            1,
            Place.DOORS,
            of_school=False,
        )
    )
    doors = menu.links(Place.DOORS, actor=None, school=None, request=rf.get("/"))
    assert [(door.label, door.url) for door in doors] == [("With a phone number", "/accounts/login/")]


def test_a_thumb_reaches_four_places(rf) -> None:
    for number, name in enumerate(
        ["account_login", "account_logout", "mfa_index", "usersessions_list", "account_email"]
    ):
        menu.register(MenuEntry(str(number), name, lambda actor: True, number, Place.THUMBS, of_school=False))
    thumbs = menu.links(Place.THUMBS, actor=TEACHER, school=None, request=rf.get("/"))
    assert [thumb.label for thumb in thumbs] == ["0", "1", "2", "3"]


def test_a_school_page_is_named_with_its_school(rf, settings) -> None:
    settings.ROOT_URLCONF = "porchlight.design.tests.school_urls"
    menu.register(MenuEntry("Desk", "desk", lambda actor: True, 1))
    menu.forget(Place.STAFF, "design:gallery")
    school = SimpleNamespace(slug="maple-street")
    links = menu.links(Place.STAFF, actor=TEACHER, school=school, request=rf.get("/maple-street/desk/"))
    assert links == [menu.Link("Desk", "/maple-street/desk/", "", "page", 0)]


def link(label: str, *, current: str = "", count: int = 0) -> menu.Link:
    return menu.Link(label, f"/{label}/", "", current, count)


def test_a_phone_has_three_and_more_and_loses_none() -> None:
    for many in range(12):
        bar = menu.fold([link(str(number)) for number in range(many)])
        assert [one.label for one in (*bar.first, *bar.others)] == [str(number) for number in range(many)]
        assert len(bar.first) == (many if many <= 4 else 3)
        assert len(bar.others) != 1


def test_more_says_what_waits_behind_it_and_that_the_page_is_there() -> None:
    bar = menu.fold(
        [link("a", count=7), link("b"), link("c"), link("d", count=2), link("e", current="true", count=1)]
    )
    assert (bar.waiting, bar.here) == (3, bar.others[1])
    assert menu.fold([link("a", current="page"), *(link(str(n)) for n in range(6))]).here is None


@pytest.mark.parametrize("many", [0, 1, 2, 18])
def test_a_phone_has_all_the_settings_behind_one_word(many: int) -> None:
    bar = menu.fold([link(str(number)) for number in range(many)], 0)
    assert (len(bar.first), len(bar.others)) == (0, many)


def test_without_a_script_every_place_is_on_the_page_twice_and_one_of_them_is_marked(rf) -> None:
    """In the row of a wide screen and behind "More": the style sheet shows one or the other."""
    places = [link(name, current="page" if name == "e" else "", count=name == "d") for name in "abcdef"]
    request = rf.get("/")
    page = render_to_string(
        "design/staff.html", {"sample_links": {"staff": places}, "actor": OFFICE, "request": request}, request
    )
    assert [page.count(f'href="/{name}/"') for name in "abcdef"] == [1, 1, 1, 2, 2, 2]
    row, more = page.split('<details class="more')
    assert row.count('aria-current="page"') == 1
    assert more.count('aria-current="page"') == 1
    assert '<summary class="here-in">' in more
