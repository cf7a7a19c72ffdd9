"""Every page of the house is pictured after a fortnight at Maple Street, and can be read by everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser

from porchlight.design.direction import page_languages
from tests.maple import Maple
from tests.screenshots import book, places
from tests.screenshots.camera import BESIDES, EVERY, Camera, View, besides
from tests.screenshots.of_doors import DOORS
from tests.screenshots.of_evenings import EVENINGS
from tests.screenshots.of_families import FAMILIES
from tests.screenshots.of_first_week import FIRST_WEEK
from tests.screenshots.of_hands import HANDS
from tests.screenshots.of_hours import HOURS
from tests.screenshots.of_keeping import KEEPING
from tests.screenshots.of_languages import LANGUAGES
from tests.screenshots.of_rounds import ROUNDS
from tests.screenshots.of_staff import STAFF
from tests.screenshots.of_updates import UPDATES
from tests.screenshots.of_video import VIDEO
from tests.screenshots.of_visits import VISITS
from tests.screenshots.shots import Shot
from tests.screenshots.story import drawn_by_lot, tell_it

OF_MEETINGS = (*ROUNDS, *EVENINGS, *HOURS, *VISITS, *VIDEO)
SHOTS = (*STAFF, *FAMILIES, *FIRST_WEEK, *KEEPING, *HANDS, *LANGUAGES, *UPDATES, *OF_MEETINGS, *DOORS)
SEED = 7
# One view for each page of an ordinary run, the next view for the next page: all eight have their turn.
IN_TURN = (*EVERY[::3], *EVERY[1::3], *EVERY[2::3])


@pytest.mark.browser
@pytest.mark.timeout(2400)
def test_every_page_can_be_read_by_everybody(
    chromium: Browser, maple: Maple, pytestconfig: pytest.Config
) -> None:
    mode, only = pytestconfig.getoption("pictures"), set(pytestconfig.getoption("only").split(","))
    with drawn_by_lot(SEED):
        camera = Camera(chromium, tell_it(maple), only_told=mode == "few")
        for place, shot in enumerate(SHOTS):
            if only == {""} or shot.name in only:
                camera.take(shot, views_of(shot, place, mode))
        camera.leave()
    assert "\n\n".join(camera.wrong) == ""
    if mode == "docs":
        book.write(SHOTS, camera.folder)


def views_of(shot: Shot, place: int, mode: str) -> tuple[View, ...]:
    """The page's turn, in English where it speaks nothing else; or all there is."""
    if mode != "few":
        return (*EVERY, *besides(shot.name, every=mode == "all"))
    view = IN_TURN[place % len(IN_TURN)]
    first = view if shot.speaks(view.language) else View(view.width, view.theme)
    return (first, *besides(shot.name))


def test_every_page_is_pictured(settings: LazySettings) -> None:
    settings.DEMO = True
    pictured = {shot.page for shot in SHOTS}
    assert list(forgotten(pictured)) == []


def forgotten(pictured: set[str]) -> Iterator[str]:
    """Pages that no picture shows, by name."""
    for name, pattern in places.addresses().items():
        if name not in {*pictured, *places.ELSEWHERE, *places.NO_PAGES} and not places.changes_only(pattern):
            yield name


def test_a_page_nobody_pictures_would_be_named(settings: LazySettings) -> None:
    settings.DEMO = True
    pictured = {shot.page for shot in SHOTS} - {"home:desk", "conversations:triage_placement"}
    assert list(forgotten(pictured)) == ["home:desk"]  # the other only takes a press


def test_what_is_said_of_an_address_is_true(settings: LazySettings) -> None:
    settings.DEMO = True
    known = set(places.addresses())
    assert {shot.page for shot in SHOTS if not shot.page.startswith(("practice:", "error:"))} <= known
    assert set(places.ELSEWHERE) | set(places.NO_PAGES) <= known
    assert not set(places.ELSEWHERE) & set(places.NO_PAGES)


def test_every_picture_has_a_name_of_its_own() -> None:
    names = [shot.name for shot in SHOTS]
    assert sorted(set(names)) == sorted(names)


def test_each_view_has_its_turn_in_an_ordinary_run() -> None:
    seen = Counter(view for place, shot in enumerate(SHOTS) for view in views_of(shot, place, "few"))
    assert set(seen) == {*EVERY, *BESIDES}
    assert {seen[view] for view in BESIDES} == {2}
    assert {view.language for view in views_of(SHOTS[0], 0, "all")} == set(page_languages())


def test_the_page_of_the_pictures_tells_each_in_a_sentence() -> None:
    assert book.PAGE.read_text() == book.page(SHOTS)
    assert sorted(path.name for path in book.FOLDER.glob("*.webp")) == sorted(book.pictures(SHOTS))


def test_the_pictures_are_light_enough_to_carry() -> None:
    weight = sum(path.stat().st_size for path in book.FOLDER.iterdir())
    assert 100_000 < weight < book.MOST
