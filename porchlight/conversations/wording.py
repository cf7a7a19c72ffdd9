"""Which words each reader gets: a version a person wrote in their language, or the original, marked so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override, pgettext

from porchlight.delivery.content import Recipient
from porchlight.design.direction import page_languages
from porchlight.families.models import Student
from porchlight.languages.provenance import Provenance, RenderedVersion, Version, version_for
from porchlight.schools.models import School

PLACE = re.compile(r"\{(child|school|class)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """A text as its author wrote it, with the versions people made of it."""

    text: str
    language: str
    versions: Mapping[str, Version]

    def for_reader(self, tag: str) -> RenderedVersion:
        """The version for a reading language. Urdu and Roman Urdu never stand in for one another."""
        return version_for(
            tag, original=Version(self.text, self.language, Provenance.ORIGINAL), versions=self.versions
        )


def fill(text: str, recipient: Recipient, *, school: School, class_names: Mapping[int, str]) -> str:
    """Put the family's own names in the places a template has: `{child}`, `{class}`, `{school}`, no others.

    Two children become "Hamza, Ayesha": a comma list reads right in every language we ship.
    """
    return fill_about(text, recipient.students, school=school, class_names=class_names)


def fill_about(
    text: str, students: Sequence[Student], *, school: School, class_names: Mapping[int, str]
) -> str:
    """As `fill`, with the names of these children, whoever reads it."""
    places = {
        "child": ", ".join(student.short_name for student in students),
        "class": ", ".join(dict.fromkeys(class_names.get(student.pk, "") for student in students)),
        "school": school.name,
    }
    return PLACE.sub(lambda found: places[found[1]], text)


def unaddressed(text: str, language: str, *, school: School) -> str:
    """The words as a list names them, said to nobody: “(name)”, in their own language, where a child’s name comes."""
    with override(language if language in page_languages() else settings.LANGUAGE_CODE):
        places = {
            "child": pgettext("where a child's name comes", "(name)"),
            "class": pgettext("where a class's name comes", "(class)"),
            "school": school.name,
        }
    return PLACE.sub(lambda found: places[found[1]], text)
