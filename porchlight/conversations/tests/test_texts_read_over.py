"""A school's text in another language: one colleague writes it, another who reads it stands for it too."""

from __future__ import annotations

import pytest
from django.utils import translation

from porchlight.accounts.tests.browsers import browser_of
from porchlight.conversations.models import Template
from porchlight.conversations.provenance_words import provenance_words, told_of
from porchlight.conversations.templating import (
    TemplateRefused,
    check_version,
    keep_version,
    new_template,
    versions_of,
)
from porchlight.conversations.tests.conftest import Town, staff
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.languages.models import KnownLanguage
from porchlight.languages.provenance import OURSELVES, Provenance
from porchlight.schools.actors import Role


@pytest.fixture
def template(town: Town) -> Template:
    texts = {"en": "We go on a trip.", "ur": "ہم سیر کو جائیں گے۔"}
    return new_template(
        school=town.school, name="Trip", kind="information", texts=texts, by=town.okafor.actor(), now=TUESDAY
    )


def test_another_who_reads_it_says_so_and_families_are_told(town: Town, template: Template) -> None:
    rehman = staff(town.school, "Mr Rehman", Role.LIAISON)
    client = browser_of(rehman)
    page = f"/maple-street/texts/{template.key}/"
    assert "it says the same" not in client.get(page).content.decode()
    KnownLanguage.objects.create(school=town.school, staff=rehman, language="ur", checks=True)
    assert client.get(page).content.decode().count("it says the same") == 1  # the English needs no reader
    client.post(page, {"reads_right": "ur"})
    assert "Read over by Mr Rehman" in client.get(page).content.decode()
    urdu = versions_of(template)["ur"]
    assert urdu.checked_by == "Mr Rehman"
    assert told_of_version(urdu) == "Written for this school by Mrs Okafor, read over by Mr Rehman"


def told_of_version(version) -> str:
    class Made:
        provenance, by, checked_by = version.provenance, version.by, version.checked_by

    return told_of(Made())


@pytest.mark.parametrize("rewritten", ["ur", "en"])
def test_words_that_change_are_to_be_read_again(town: Town, template: Template, rewritten: str) -> None:
    rehman = staff(town.school, "Mr Rehman", Role.LIAISON)
    KnownLanguage.objects.create(school=town.school, staff=rehman, language="ur", checks=True)
    check_version(template.versions.get(language="ur"), by=rehman.actor(), now=TUESDAY)
    keep_version(template=template, language=rewritten, text="Friday.", by=town.okafor.actor(), now=TUESDAY)
    assert versions_of(template)["ur"].checked_by == ""


def test_nobody_stands_twice_for_their_own_words(town: Town, template: Template) -> None:
    KnownLanguage.objects.create(school=town.school, staff=town.okafor, language="ur", checks=True)
    with pytest.raises(TemplateRefused):
        check_version(template.versions.get(language="ur"), by=town.okafor.actor(), now=TUESDAY)


def test_words_of_our_own_that_nobody_at_school_read_say_so_in_the_language_of_the_page() -> None:
    said = provenance_words(Provenance.PERSON, OURSELVES)
    assert said == "Put into this language by Porchlight; nobody at school has read it over"
    assert provenance_words(Provenance.PERSON, OURSELVES, "Mr Rehman") == (
        "Put into this language by Porchlight"
    )
    with translation.override("ur"):
        assert provenance_words(Provenance.PERSON, OURSELVES) != said
