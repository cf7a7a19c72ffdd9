"""The office lets a system in: the token is shown once, listed by its beginning, and taken away."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from porchlight.accounts.tests.browsers import browser_of, proves
from porchlight.activity.models import Entry
from porchlight.api.models import ApiToken
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests.cast import reachable
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember

pytestmark = pytest.mark.django_db
NEW = "/maple-street/settings/systems/new/"
WRITTEN = {"label": "Library", "scopes": ["people:read", "contacts:read"], "length": "90", "per_minute": "60"}


@pytest.fixture
def browser(town: Town, office: StaffMember) -> Client:
    return browser_of(office)


def test_a_token_is_made_shown_once_and_works(town: Town, browser: Client) -> None:
    head = staff(town.school, "Ms Head", Role.LEADER)
    reachable(head)
    made = browser.post(NEW, WRITTEN)
    secret = re.search(r"plt_\d+_\w{26}", made.text)[0]
    assert made.headers["Cache-Control"].count("no-store") == 1
    answer = Client().get("/api/v1/token", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["scopes"] == ["contacts:read", "people:read"]
    listed = browser.get("/maple-street/settings/systems/")
    assert secret not in listed.text
    assert ApiToken.objects.get().prefix in listed.text
    assert Entry.objects.filter(verb="api.token_made").count() == 1
    assert Parcel.objects.filter(service_kind="staff_alert").exists()  # the leader hears


def test_it_is_taken_away(town: Town, browser: Client, system) -> None:
    library = system()
    browser.post(f"/maple-street/settings/systems/{library.token.key}/revocation/")
    assert library.get("token").status_code == 401
    assert "Taken away" in browser.get("/maple-street/settings/systems/").text


def test_what_is_missing_is_said_and_nothing_written_is_lost(town: Town, browser: Client) -> None:
    page = browser.post(NEW, {**WRITTEN, "scopes": []})
    assert page.status_code == 422
    assert "Choose at least one thing it may see or do." in page.text
    assert 'value="Library"' in page.text
    assert not ApiToken.objects.exists()


def test_the_second_step_is_asked_for_and_what_was_written_comes_back(
    town: Town, browser: Client, settings: LazySettings
) -> None:
    settings.SECOND_STEP = True
    proves(browser, 3600)
    sent = browser.post(NEW, WRITTEN)
    assert sent.status_code == 302
    back = parse_qs(urlsplit(sent.url).query)["next"][0]
    proves(browser)
    page = browser.get(back).text
    assert 'value="Library"' in page
    assert page.count("checked") == 4
    assert not ApiToken.objects.exists()
    assert browser.post(NEW, WRITTEN).status_code == 200


def test_teachers_make_none(town: Town) -> None:
    client = browser_of(town.amal)
    assert client.get("/maple-street/settings/systems/").status_code == 404
    assert client.post(NEW, WRITTEN).status_code == 404
