"""A home that has been talking with school for a month, in one of our languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client

from porchlight.accounts.models import User
from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.models import Notice
from porchlight.conversations.notices import Draft, Question, release, write
from porchlight.conversations.on_page import write_back
from porchlight.conversations.sharing import give_word
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Parcel
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.design.direction import page_languages
from porchlight.design.moments import slot
from porchlight.families.models import (
    Guardian,
    Guardianship,
    Household,
    HouseholdMembership,
    Student,
)
from porchlight.languages.provenance import Provenance, Version
from porchlight.schools.models import Closure
from tests import family_words_arabic, family_words_chinese, family_words_of_the_book
from tests.family_words import HOME, SCHOOL

LANGUAGES = ("en", "ur", "es")
# Looked at on the fullest pages alone.
BESIDES = tuple(tag for tag in page_languages() if tag not in LANGUAGES)
WRITTEN = {"ar": family_words_arabic, "zh-Hans": family_words_chinese}
QUESTIONS = {1: "yes_no", 3: "choose_one", 9: "number"}
EVENINGS: list[dict[str, Any]] = [
    {
        "key": "1",
        "labels": {
            "en": "Monday at six",
            "ur": "پیر چھ بجے",
            "es": "Lunes a las seis",
            "ar": "الاثنين في السادسة",
            "zh-Hans": "星期一六点",
        },
    },
    {
        "key": "2",
        "labels": {
            "en": "Wednesday at five",
            "ur": "بدھ پانچ بجے",
            "es": "Miércoles a las cinco",
            "ar": "الأربعاء في الخامسة",
            "zh-Hans": "星期三五点",
        },
    },
    {
        "key": "3",
        "labels": {
            "en": "Saturday morning",
            "ur": "ہفتہ صبح",
            "es": "Sábado por la mañana",
            "ar": "صباح السبت",
            "zh-Hans": "星期六上午",
        },
    },
]


@dataclass
class Home:
    """A home in one language that has been talking with school for two weeks."""

    town: Town
    language: str
    father: Client = field(default_factory=Client)
    child: Client = field(default_factory=Client)

    def said(self, number: int) -> tuple[str, dict[str, str]]:
        """What the home writes on this day, and the versions of what the school wrote."""
        _english, urdu, spanish = SCHOOL[number]
        versions = {"ur": urdu, "es": spanish}
        if words := WRITTEN.get(self.language):
            return words.HOME[number], versions | {self.language: words.SCHOOL[number]}
        if self.language in BESIDES:
            ours = family_words_of_the_book.school_says(number, self.language)
            return family_words_of_the_book.home_says(number, self.language), versions | {self.language: ours}
        return HOME[number][LANGUAGES.index(self.language)], versions

    def fill(self) -> None:
        """Two children, two adults who share a thread, a month of words and questions."""
        adult, hamza = self.town.yousaf.guardian, self.town.yousaf.student
        Guardian.objects.filter(pk=adult.pk).update(speaks=self.language, reads=self.language)
        adult.refresh_from_db()
        ayesha = Student.objects.create(school=self.town.school, name="Ayesha Yousaf")
        mother = Guardian.objects.create(
            school=self.town.school, addressed_as="Hamza's mother", reads=self.language
        )
        home = Household.objects.create(school=self.town.school, label="Yousaf family")
        Guardianship.objects.create(school=self.town.school, guardian=adult, student=ayesha)
        Guardianship.objects.create(school=self.town.school, guardian=mother, student=hamza)
        for one in (adult, mother):
            HouseholdMembership.objects.create(school=self.town.school, household=home, guardian=one)
        for one in (adult, mother):
            give_word(guardian=one, student=hamza, by=one.actor(), now=TUESDAY - timedelta(days=20))
        Closure.objects.create(
            school=self.town.school, name="Half-term", starts_on="2026-10-26", ends_on="2026-10-30"
        )
        for number in range(len(SCHOOL)):
            with time_machine.travel(self.day(number), tick=False):
                self.tell(number)
                write_back(
                    thread=self.town.thread,
                    text=self.said(number)[0],
                    by=adult.actor(),
                    now=self.day(number) + timedelta(hours=3),
                )
        for browser, post in ((self.father, adult), (self.child, hamza)):
            post.user = User.objects.create_user(language=self.language)
            post.save()
            browser.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")

    def evenings(self) -> list[dict[str, Any]]:
        """The three to choose from, in this home's language as well."""
        zone = self.town.school.zone
        ours = [slot(TUESDAY + timedelta(days=n), zone=zone, language=self.language) for n in (6, 8, 11)]
        return [
            {"key": one["key"], "labels": {self.language: words, **one["labels"]}}
            for one, words in zip(EVENINGS, ours, strict=True)
        ]

    @staticmethod
    def day(number: int):
        """The last six within a week."""
        return TUESDAY - timedelta(days=len(SCHOOL) - 1 - number if number > 8 else 10 + number, hours=4)

    def tell(self, number: int) -> Notice:
        """One notice to the class, with the versions a colleague wrote."""
        english = SCHOOL[number][0]
        versions = {
            tag: Version(text, tag, Provenance.SCHOOL_TEMPLATE, "Mr Rehman")
            for tag, text in self.said(number)[1].items()
        }
        shape = QUESTIONS.get(number)
        draft = Draft(
            english,
            "en",
            Audience(AudienceKind.CLASSES, (self.town.class_4a.key,)),
            kind="question" if shape else "good_news" if number == 10 else "information",
            versions=versions,
            question=Question(shape, self.evenings() if shape == "choose_one" else ()) if shape else None,
        )
        notice = write(draft, school=self.town.school, by=self.town.amal.actor(), now=self.day(number))
        return release(notice, by=self.town.amal.actor(), now=self.day(number))

    def stranger(self) -> Client:
        """A browser that speaks this language and knows nobody."""
        return Client(headers={"accept-language": self.language})

    def link(self) -> str:
        """The address in the last notice to him."""
        parcels = Parcel.objects.filter(guardian=self.town.yousaf.guardian).exclude(page_path="")
        return parcels.latest("pk").page_path

    def with_code(self, *, shared: bool = False) -> Client:
        """A browser that asked for a code."""
        if shared:
            mother = Guardian.objects.get(addressed_as="Hamza's mother")
            cast.reach(self.town.school, mother, "+447700900777")
            point = mother.contact_points.get()
            point.address = self.town.yousaf.address
            point.save()
        browser = self.stranger()
        browser.post("/maple-street/sign-in/", {"written": "+447700900001"})
        return browser
