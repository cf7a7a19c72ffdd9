"""T4. A key of another school, of a child one has nothing to do with, or of a restricted one is a key of nobody.

In every address and every form that has one: the same answer, word for word, after the same number of questions to the
database as for a key that was never drawn.
"""

import os
import re
import zlib
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.urls import reverse

from porchlight.schools.install import tenant_models
from porchlight.schools.models import KeyedModel
from tests.doors.forms import Form, forms_of
from tests.doors.pages import PAGES, Page
from tests.doors.seen import text_of
from tests.doors.table import read
from tests.doors.walking import Street, statements, street
from tests.full_school.keys import NOBODYS, keys_of
from tests.full_school.people import ADULTS, STAFF, FullSchool

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
CHOICES = {"gateway", "topic", "engine", "company", "by", "number"}  # one of a few, no key
NOBODYS_NUMBER, NOBODYS_CODE = "999999999", "7k2m9pqr"
ANSWERS = read()
EVERY_CELL = "PORCHLIGHT_EVERY_CELL" in os.environ  # every stranger, not one of the staff and one of a family
POSTS = [*STAFF, *ADULTS, "child"]
SECRETS = {"secret", "code", "reference"}


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: object) -> Iterator[Street]:
    with django_db_blocker.unblock(), street("maple-street", "oak-lane") as made:
        yield made


def said(response: HttpResponseBase, *keys: str) -> str:
    """Without what is drawn for every page, and without the keys that were asked for."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))
    text = re.sub(r"\b(press|looked)\" value=\"[^\"]*\"", "", text)
    for key in keys:
        text = text.replace(f"/{key}/", "//") if key.isdigit() else text.replace(key, "")
    return f"{response.status_code} {response.headers.get('Location', '')} {text}"


def asked(
    town: Street, actor: str, method: str, path: str, data: object = None
) -> tuple[HttpResponseBase, int]:
    """The answer, and how many questions it cost."""
    cache.clear()
    with statements() as asks:
        response = town.asks(actor, method, path, data)
    return response, len(asks)


def welcome_at(page: Page, method: str) -> list[str]:
    """Up to two actors with a post here for whom this address opens with their own keys."""
    opened = [who for who in POSTS if ANSWERS.get((page.name, method, who), "404") in {"200", "302", "422"}]
    return [*opened[:1], *opened[-1:]][: len(set(opened))]


def substituted(town: Street) -> Iterator[tuple[Page, str, str, dict[str, str], str]]:
    """Every address with keys, with one of them another school's: page, method, actor, keys, the one exchanged."""
    for page in PAGES:
        names = [name for name in page.keys if name not in {"school", "school_slug", *CHOICES}]
        if not names or not page.of_a_school:
            continue
        own, theirs = (keys_of(page.name, names, full) for full in (town.full, town.others[0]))
        for name in names:
            for method in ("GET", "POST"):
                for actor in welcome_at(page, method):
                    yield page, method, actor, {**own, name: theirs[name]}, name


def path_with(town: Street, page: Page, keys: dict[str, str]) -> str:
    choices = [name for name in page.keys if name in CHOICES]
    chosen = keys_of(page.name, choices, town.full) if choices else {}
    return reverse(page.name, kwargs={"school": town.full.school.slug, **chosen, **keys})


def nobodys(value: str) -> str:
    """Of the same shape, and never drawn."""
    if value.isdigit() and len(value) < 9:
        return NOBODYS_NUMBER
    return NOBODYS_CODE if len(value) == len(NOBODYS_CODE) else (NOBODYS * 4)[: max(len(value), 12)]


def compare(town: Street, page: Page, method: str, actor: str, keys: dict[str, str], name: str) -> list[str]:
    """What differs between a key of theirs and nobody's."""
    random = {**keys, name: nobodys(keys[name])}
    theirs, asks = asked(town, actor, method, path_with(town, page, keys))
    never, asks_never = asked(town, actor, method, path_with(town, page, random))
    where = f"{method} {page.name} by {actor}, {name} of another"
    wrong = [] if theirs.status_code == 404 else [f"{where}: {theirs.status_code}"]
    if said(theirs, keys[name]) != said(never, random[name]):
        wrong.append(f"{where}: not the same answer as for a key of nobody ({never.status_code})")
    if asks != asks_never:
        wrong.append(f"{where}: {asks} questions to the database, {asks_never} for a key of nobody")
    return wrong


def test_t4_a_key_of_another_school_in_an_address_is_a_key_of_nobody(town: Street) -> None:
    tried = list(substituted(town))
    assert len({page.name for page, *_rest in tried}) > 60
    wrong = [line for one in tried for line in compare(town, *one)]
    assert not wrong, "\n".join(wrong)


# Who has nothing to do with the child, and who may not: each with the keys of the child, the home and their words.
STRANGERS = {
    "school": ("teacher next door", "counsellor", "interpreter"),
    "family": ("other family", "restricted mother"),
}


def strangers(page: Page, method: str) -> list[str]:
    """One of each side, others at each page; with PORCHLIGHT_EVERY_CELL=1 all of them."""
    turn = zlib.crc32(f"{page.name} {method}".encode())
    sides = [[who for who in side if ANSWERS[page.name, method, who] == "404"] for side in STRANGERS.values()]
    return [who for side in sides if side for who in (side if EVERY_CELL else [side[turn % len(side)]])]


def test_t4_a_child_one_has_nothing_to_do_with_is_a_child_of_nobody(town: Street) -> None:
    wrong = []
    for page in PAGES:
        names = [name for name in page.keys if name not in {"school", "school_slug", *CHOICES, *SECRETS}]
        if not names or not page.of_a_school or page.opens_for is None:
            continue
        keys = keys_of(page.name, names, town.full)
        for method in ("GET", "POST"):
            for actor in strangers(page, method):
                wrong += compare(town, page, method, actor, keys, names[0])
    assert not wrong, "\n".join(wrong)


def counterparts(own: FullSchool, other: FullSchool) -> dict[str, str]:
    """Our keys, and the same row's in the other school, which was made in the same order."""
    pairs: dict[str, str] = {}
    for model in tenant_models():
        if issubclass(model, KeyedModel):
            rows = [
                model._default_manager.filter(school=full.school).order_by("pk").values_list("key", flat=True)
                for full in (own, other)
            ]
            pairs |= dict(zip(*rows, strict=False))
    return pairs | {own.secrets[name]: other.secrets[name] for name in ("tap_sms", "call_list", "slips")}


def exchanged(
    form: Form, pairs: dict[str, str]
) -> Iterator[tuple[str, str, dict[str, list[str]], dict[str, list[str]]]]:
    """A form as it would be sent, with one of its keys exchanged: for another school's, and for nobody's."""
    whole: dict[str, list[str]] = {}
    for name, value in form.fields:
        whole.setdefault(name, []).append(value)
    plain = {name: values[:1] for name, values in whole.items()}
    for name, value in form.fields:
        if value in pairs:
            yield name, value, {**plain, name: [pairs[value]]}, {**plain, name: [nobodys(value)]}


def test_t4_a_key_of_another_school_in_a_form_is_a_key_of_nobody(town: Street) -> None:
    pairs = counterparts(town.full, town.others[0])
    wrong, tried = [], set()
    for page in PAGES:
        if not page.of_a_school or not (actors := welcome_at(page, "GET")):
            continue
        path = page.path(town.full)
        shown = town.asks(actors[0], "GET", path)
        for form in forms_of(path, text_of(shown)) if shown.status_code == 200 else ():
            for name, value, theirs, never in exchanged(form, pairs):
                if (form.action, name) in tried:
                    continue
                tried.add((form.action, name))
                first, asks = asked(town, actors[0], form.method, form.action, theirs)
                second, asks_never = asked(town, actors[0], form.method, form.action, never)
                where = f"{form.method} {form.action} by {actors[0]}: {name}"
                if first.status_code in {403, 500} or said(first, pairs[value]) != said(
                    second, nobodys(value)
                ):
                    wrong.append(f"{where}: {first.status_code}, for a key of nobody {second.status_code}")
                if asks != asks_never:
                    wrong.append(
                        f"{where}: {asks} questions to the database, {asks_never} for a key of nobody"
                    )
    assert len(tried) >= 9, tried
    assert not wrong, "\n".join(wrong)
