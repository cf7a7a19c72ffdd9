"""Pages that a family opens, each in the state in which it shows the most."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from porchlight.conversations.tests.parents_kit import reads_for_school
from porchlight.delivery.by_hand.slip_codes import code_of
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.opening import open_account
from porchlight.delivery.tests.cast import TUESDAY, put_in_outbox
from porchlight.families.models import (
    Guardianship,
)
from porchlight.schools.actors import system
from tests.family_home import Home


def week(home: Home) -> HttpResponse:
    return home.father.get("/maple-street/week/")


def week_with_errors(home: Home) -> HttpResponse:
    return home.father.post("/maple-street/week/", {"text": ""})


def week_of_nobody(home: Home) -> HttpResponse:
    Guardianship.objects.update(may_receive=False)
    return week(home)


def messages(home: Home) -> HttpResponse:
    return home.father.get("/maple-street/messages/")


def kept(home: Home) -> HttpResponse:
    """Once they asked for a copy."""
    return home.father.post("/maple-street/kept/", {"kind": "copy"}, follow=True)


def my_number(home: Home) -> HttpResponse:
    return home.father.get("/maple-street/messages/ways/")


def named(home: Home) -> HttpResponse:
    """Once they named somebody, with something to put right in the next."""
    given = {"children": [home.town.yousaf.student.key], "name": "Aunt Zainab", "relation": "aunt_uncle"}
    home.father.post("/maple-street/messages/named/", given | {"value": "07700 900555", "reads": "ur"})
    return home.father.post("/maple-street/messages/named/", given)


def what_we_keep(home: Home) -> HttpResponse:
    return home.stranger().get("/maple-street/what-we-keep/")


def thread(home: Home) -> HttpResponse:
    return home.father.get(f"/maple-street/messages/about/{home.town.yousaf.student.key}/")


def student_day(home: Home) -> HttpResponse:
    return home.child.get("/maple-street/day/")


def doorstep(home: Home) -> HttpResponse:
    return home.stranger().get(home.link())


def one_item(home: Home) -> HttpResponse:
    return home.stranger().post(home.link(), follow=True)


def other_device(home: Home) -> HttpResponse:
    home.stranger().post(home.link())
    return home.stranger().post(home.link())


def link_over(home: Home) -> HttpResponse:
    return home.stranger().get("/maple-street/n/nobody/")


def sign_in(home: Home) -> HttpResponse:
    return home.stranger().get("/maple-street/sign-in/")


def code(home: Home) -> HttpResponse:
    return home.with_code().get("/maple-street/sign-in/code/")


def wrong_code(home: Home) -> HttpResponse:
    return home.with_code().post("/maple-street/sign-in/code/", {"code": "000000"})


def person(home: Home) -> HttpResponse:
    browser = home.with_code(shared=True)
    sent = re.search(r"\b(\d{6})\b", Delivery.objects.latest("pk").body["text"])
    assert sent
    return browser.post("/maple-street/sign-in/code/", {"code": sent[1]}, follow=True)


def how_often(home: Home) -> HttpResponse:
    return home.father.get("/maple-street/messages/how-often/")


def dates(home: Home) -> HttpResponse:
    return home.father.get("/maple-street/messages/dates/")


def reading(home: Home) -> HttpResponse:
    reads_for_school(home.town)
    return home.father.get("/maple-street/messages/reading/")


def start(home: Home) -> HttpResponse:
    return home.stranger().get("/maple-street/start/")


def start_with_code(home: Home) -> HttpResponse:
    """A slip is all that reaches them."""
    Account.objects.update(closed_at=TUESDAY)
    school = home.town.school
    open_account(school=school, gateway="slips", label="Slips", by=system(school.pk))
    put_in_outbox(school, home.town.yousaf)
    return home.stranger().get(f"/maple-street/start/{code_of(Delivery.objects.get(channel='paper'))}/")


def front(home: Home) -> HttpResponse:
    return home.stranger().get("/")


def not_there(home: Home) -> HttpResponse:
    return home.father.get("/maple-street/nothing/")


def form_too_old(home: Home) -> HttpResponse:
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": home.language})
    return browser.post("/maple-street/sign-in/", {"written": "+447700900001"})


def broken(home: Home) -> HttpResponse:
    from django.test import RequestFactory
    from django.utils import translation

    with translation.override(home.language):
        return get_resolver().resolve_error_handler(500)(RequestFactory().get("/"))
