"""T35. Whichever page shows personal or safeguarding words to a colleague, exactly one look is recorded.

No list of pages: every address of the house is opened, with every key there is, while each field of tier L2 and L3 holds
a canary. A page with a canary in it and no look, or a look without a canary, fails, also when it is written tomorrow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.looks import LOOK, looks_at, write_look
from porchlight.activity.models import Entry, EntryText, LookedAt
from porchlight.conversations.models import Message, TriageItem, Worry
from porchlight.conversations.models.calls import Ringing
from porchlight.conversations.tests.conftest import Town, staff, town
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.models.by_hand import CameOf
from porchlight.delivery.tests.cast import TUESDAY, account
from porchlight.errands.models import Errand
from porchlight.schools import looks
from porchlight.schools.actors import Role
from porchlight.schools.install import tenant_models
from porchlight.schools.models import KeyedModel, Teaching, TenantModel
from porchlight.schools.tiers import Tier

__all__ = ["town"]  # fixtures

NUMBERS = {"families.address": "+447700900917", "conversations.triageitem": "+447700900927"}
ADDRESS = "+447700900937"  # of what is to be carried
STREAMS = {"schools:changes"}


@dataclass(frozen=True)
class Address:
    name: str
    route: str


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, before: str = "", room: str = ""
) -> list[Address]:
    """Every page of a school that has a door for colleagues."""
    found = []
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += addresses(entry.url_patterns, route, entry.namespace or room)
        elif route.startswith("<slug:school>/") and getattr(entry.callback, "opens_for", None):
            found.append(Address(f"{room}:{entry.name}", route))
    return [one for one in found if one.name not in STREAMS]


def canary(row: TenantModel, name: str) -> str:
    return f"zq7-{row._meta.label_lower}-{name}"


def fill(here: Town) -> dict[str, TenantModel]:
    """Canary → its row; what tells of a person at L2 and L3, and a message that was raised to each."""
    here.yousaf.address.value = NUMBERS["families.address"]
    here.yousaf.address.save()
    errand = Errand.objects.create(
        school=here.school, kind="ring", assigned_to=here.amal, due_at=TUESDAY, outcome="zq7-errand-outcome"
    )
    return {
        here.yousaf.address.value: here.yousaf.address,
        errand.outcome: errand,
        ADDRESS: to_carry(here),
        **said(here),
        **in_the_tray(here),
    }


def said(here: Town) -> dict[str, TenantModel]:
    """Messages that were raised, and a worry about one."""
    found: dict[str, TenantModel] = {}
    for tier in (Tier.L2, Tier.L3):
        row = Message(
            school=here.school,
            thread=here.thread,
            author="guardian",
            language="en",
            said_at=TUESDAY,
            tier=tier,
        )
        row.text = f"zq7-raised-to-{tier}"
        row.save()
        found[row.text] = row
    worry = Worry(school=here.school, message=row, raised_by=here.amal)
    worry.words = canary(worry, "words")
    worry.save()
    return {**found, worry.words: worry}


def in_the_tray(here: Town) -> dict[str, TenantModel]:
    """Words of a stranger, who was rung."""
    item = TriageItem.objects.create(
        school=here.school,
        reason="unknown_sender",
        channel="sms",
        sender=NUMBERS["conversations.triageitem"],
        text="hello",
        heard_at=TUESDAY,
    )
    ringing = Ringing(school=here.school, item=item, by=here.amal, came_of=CameOf.values[0])
    ringing.words = canary(ringing, "words")
    ringing.save()
    return {item.sender: item, ringing.words: ringing}


def to_carry(here: Town) -> Delivery:
    """A text for a colleague's own phone."""
    parcel = Parcel.objects.create(
        school=here.school,
        guardian=here.yousaf.guardian,
        language="en",
        text="Good news.",
        sender_name="Ms Amal",
    )
    parcel.about.create(school=here.school, student=here.yousaf.student)
    return Delivery.objects.create(
        school=here.school,
        parcel=parcel,
        address=here.yousaf.address,
        contact_point=here.yousaf.point,
        account=account(here.school, "tap_sms", label="By hand"),
        channel="sms",
        to=ADDRESS,
        body={"text": "Good news."},
        due_at=TUESDAY,
    )


def head_of_everything(here: Town) -> Client:
    """One colleague with every role, who teaches the class as well."""
    person = staff(here.school, "Dr Everything", *Role)
    Teaching.objects.create(school=here.school, school_class=here.class_4a, staff=person)
    return browser_of(person)


def paths(address: Address, keys: list[str], ids: list[int]) -> list[str]:
    """The address with every key in each of its places."""
    route = "/" + address.route.replace("<slug:school>", "maple-street")
    places = re.findall(r"<(\w+):\w+>", route)
    text = re.sub(r"<\w+:\w+>", "{}", route)
    choices = [[str(one) for one in ids] if kind == "int" else keys for kind in places]
    return [text.format(*chosen) for chosen in product(*choices)]


def shows(page: str, value: str) -> bool:
    digits = value.removeprefix("+")
    return value in page or (digits.isdecimal() and digits in re.sub(r"\D", "", page))


@pytest.mark.django_db
def test_t35_every_page_that_shows_such_words_leaves_exactly_one_look(town: Town) -> None:
    canaries, browser = fill(town), head_of_everything(town)
    keyed = [model for model in tenant_models() if issubclass(model, KeyedModel)]
    keys = [key for model in keyed for key in model._default_manager.values_list("key", flat=True)]
    ids = [row.pk for row in canaries.values()]
    pairs = [town.yousaf.student.key, town.yousaf.guardian.key]
    seen: set[str] = set()
    for address in addresses():
        several = address.route.count("<") > 2
        for path in paths(address, pairs if several else keys, ids):
            with transaction.atomic():
                before = Entry.objects.filter(verb=LOOK).count()
                answer = browser.get(path)
                content = answer.getvalue()  # a file is read to its end, and closed
                page = content.decode() if answer.status_code == 200 and not answer.streaming else ""
                shown = {value: row for value, row in canaries.items() if shows(page, value)}
                made = list(Entry.objects.filter(verb=LOOK).order_by("pk")[before:])
                assert len(made) == bool(shown), f"{path} shows {sorted(shown)}: {len(made)} looks"
                for entry in made:
                    assert entry.facts["page"] == address.name
                    told = {(label, pk) for label, found in entry.facts["things"].items() for pk in found}
                    assert {(row._meta.label_lower, row.pk) for row in shown.values()} <= told, path
                seen |= set(shown)
                transaction.set_rollback(True)  # no page changes what the next one finds
            if answer.status_code == 405:
                break  # a button: shows nothing
    blind = {
        "zq7-errand-outcome",
        "zq7-conversations.ringing-words",
        ADDRESS,
    }  # on pages a walk by GET does not reach
    assert seen >= set(canaries) - blind


@pytest.mark.django_db
def test_t35_a_look_names_who_what_why_and_the_child(town: Town) -> None:
    worry = next(row for row in fill(town).values() if isinstance(row, Worry))
    entry = write_look(by=town.reyes.actor(), page="a:page", shown={worry: 3}, why="The school asked us to.")
    assert (entry.actor_id, entry.about_type, entry.about_id) == (
        town.reyes.pk,
        "conversations.worry",
        worry.pk,
    )
    assert entry.facts == {"page": "a:page", "tier": 3, "things": {"conversations.worry": [worry.pk]}}
    assert EntryText.objects.get(entry=entry).text == "The school asked us to."
    assert list(looks_at(town.school.pk, town.yousaf.student.pk)) == [entry]
    assert LookedAt.objects.count() == 1


@pytest.mark.django_db
def test_t35_what_is_only_read_to_decide_is_no_look(town: Town) -> None:
    from django.http import HttpResponse

    with looks.looking() as here:
        assert town.yousaf.address.value
    assert here.shown_in(HttpResponse("Nothing of it is here.")) == {}
    assert here.shown_in(HttpResponse(f"Ring {town.yousaf.address.value}.")) == {town.yousaf.address: 2}


def test_t35_every_field_of_these_tiers_is_watched_unless_it_is_the_schools_own() -> None:
    watched = {(model, field.attname) for model, field in looks.watched_fields()}
    own = {(model, name) for model in tenant_models() for name in model.of_the_school}
    high = {
        (model, name) for model in tenant_models() for name, tier in model.tiers.items() if tier >= Tier.L2
    }
    assert high <= watched | own
    for model, name in watched:
        assert type(model.__dict__[name]).__name__ == "_Watched"
    assert {model._meta.label for model, _ in own} == {
        "api.ApiToken",
        "api.Subscription",
        "delivery.Account",
        "delivery.Ladder",
        "languages.EngineAccount",
        "languages.VoiceAccount",
        "meetings.HostTime",
        "meetings.StandingHours",
        "meetings.VideoAccount",
        "meetings.VideoRoom",
        "schools.ReadingHours",
        "schools.SchoolKey",
        "schools.StaffMember",
    }
