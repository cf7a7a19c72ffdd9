"""The office connects an engine, trusts it with a pair, tries it, and keeps the school's own words."""

from __future__ import annotations

import pytest
from django.test import Client

import practice
from porchlight.languages.models import EngineAccount, Term, TrustedPair
from porchlight.languages.tests.test_memory import a_school
from porchlight.languages.translating import work
from porchlight.schools.actors import Role
from porchlight.schools.models import School
from porchlight.schools.tests.colleagues import signed_in
from practice.translation import KEY

HERE = "/maple-street/settings/languages/"


@pytest.fixture
def school(transactional_db: None) -> School:
    return a_school()


@pytest.fixture
def office(school: School) -> Client:
    return signed_in(school, Role.OFFICE)


def test_from_connecting_to_trusting_and_back(office: Client, school: School) -> None:
    with practice.town_in_thread(smtp_port=None) as town:
        plain = office.post(f"{HERE}new/libretranslate/", {"base_url": "http://translate.example.org"})
        assert plain.status_code == 422
        made = office.post(f"{HERE}new/libretranslate/", {"base_url": town.url, "api_key": "wrong"})
        account = EngineAccount.objects.get()
        page = f"{HERE}{account.key}/"
        assert (made.status_code, made["Location"]) == (302, page)
        assert "wrong" not in account.sealed_secrets

        office.post(f"{page}test/", {"target": "ur"})
        work(school.pk, account.pk)
        assert "The engine does not take our key." in office.get(page).content.decode()
        elsewhere = office.post(page, {"base_url": "https://translate.example.org", "api_key": ""})
        assert "it was kept for the old one" in elsewhere.content.decode()
        office.post(page, {"base_url": town.url, "api_key": KEY})
        office.post(f"{page}test/", {"target": "ur"})
        work(school.pk, account.pk)
        account.refresh_from_db()
        assert account.test["said"] in office.get(page).content.decode()
        assert office.post(f"{page}test/", {"target": "pl"}).status_code == 404

    assert "People" in office.get(HERE).content.decode()
    office.post(f"{HERE}pairs/", {"pair": "en>ur", "account": account.key})
    assert [(one.source, one.target, one.account) for one in TrustedPair.objects.all()] == [
        ("en", "ur", account)
    ]
    assert office.post(f"{HERE}pairs/", {"pair": "en>ur-Latn", "account": account.key}).status_code == 404
    office.post(f"{HERE}pairs/", {"pair": "en>ur", "account": ""})
    assert not TrustedPair.objects.exists()
    office.post(f"{page}personal/", {"allow": ""})
    account.refresh_from_db()
    assert account.personal_since is not None
    office.post(f"{page}closing/")
    account.refresh_from_db()
    assert (account.closed_at is None, account.sealed_secrets) == (False, "")
    assert office.get(page).status_code == 404


def test_the_schools_own_words(office: Client) -> None:
    wrong = office.post(f"{HERE}words/", {"words": "homework", "translation": "گھر کا کام", "target": ""})
    assert wrong.status_code == 422
    office.post(f"{HERE}words/", {"words": "homework", "translation": "گھر کا کام", "target": "ur"})
    office.post(f"{HERE}words/", {"words": "Eid Mela", "translation": "", "target": ""})
    assert {(one.words, one.target, one.translation) for one in Term.objects.all()} == {
        ("homework", "ur", "گھر کا کام"),
        ("Eid Mela", "", ""),
    }
    office.post(f"{HERE}words/{Term.objects.get(target='ur').key}/removal/")
    assert "homework</b>" not in office.get(f"{HERE}words/").content.decode()
