"""Whom a voice note asks for ears: who is listed for the language, nobody about their own home, else the office."""

from __future__ import annotations

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.listening import set_known_languages
from porchlight.conversations.models import Listening, TriageItem, TriageReason
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.conversations.tests.test_listening import (  # noqa: F401  # fixtures
    BASE,
    _files,
    listener,
    speaks,
)
from porchlight.conversations.ticking import tick
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.errands.models import Errand
from porchlight.families.models import Guardian
from porchlight.schools.actors import Role
from porchlight.schools.models import StaffMember


def test_without_a_listener_the_offices_tray_says_so_until_somebody_is_listed(town: Town) -> None:
    message = speaks(town)
    item = TriageItem.objects.get()
    assert (item.reason, item.message) == (TriageReason.NO_LISTENER, message)
    tray = browser_of(town.okafor).get(f"{BASE}/triage/").content.decode()
    assert "A voice note in a language nobody here is listed for" in tray
    iqra = staff(town.school, "Iqra Malik", Role.INTERPRETER)
    office = browser_of(town.okafor)
    assert "اردو" in office.get(f"{BASE}/listening/languages/").content.decode()
    office.post(f"{BASE}/listening/languages/{iqra.key}/", {"languages": ["ur"]})
    assert Errand.objects.get().assigned_to == iqra
    assert not TriageItem.objects.waiting().exists()
    office.post(f"{BASE}/listening/languages/{iqra.key}/", {})
    assert not Errand.objects.open().exists()
    assert TriageItem.objects.waiting().get().reason == TriageReason.NO_LISTENER


def test_a_parent_at_work_is_nobody_to_ask_about_their_own_home(town: Town) -> None:
    iqra = listener(town, "Iqra Malik", "ur")
    father = listener(town, "Bilal Yousaf", "ur")
    town.yousaf.guardian.user = father.user
    town.yousaf.guardian.save()
    speaks(town)
    assert Errand.objects.get().assigned_to == iqra
    set_known_languages(iqra, languages=(), by=town.okafor.actor(), now=TUESDAY)
    assert not Errand.objects.open().exists()
    assert TriageItem.objects.waiting().get().reason == TriageReason.NO_LISTENER


def test_a_note_in_the_schools_own_language_needs_no_listener(town: Town) -> None:
    Guardian.objects.update(speaks="en", reads="en")
    speaks(town)
    assert not Listening.objects.exists()
    assert not TriageItem.objects.exists()


def test_a_listener_who_leaves_with_a_note_in_hand_is_replaced(town: Town) -> None:
    """By whoever is listed since, else by the office; however they left."""
    iqra = listener(town, "Iqra Malik", "ur")
    speaks(town)
    StaffMember.objects.filter(pk=iqra.pk).update(left_at=TUESDAY)
    tick(town.school, TUESDAY)
    tick(town.school, TUESDAY)
    assert not Errand.objects.open().exists()
    assert TriageItem.objects.waiting().get().reason == TriageReason.NO_LISTENER
    sana = listener(town, "Sana Khan", "ur")
    assert Errand.objects.open().get().assigned_to == sana
    bilal = listener(town, "Bilal Shah", "ur")
    StaffMember.objects.filter(pk=sana.pk).update(left_at=TUESDAY)
    tick(town.school, TUESDAY)
    assert Errand.objects.open().get().assigned_to == bilal
    assert not TriageItem.objects.waiting().exists()
