"""The first words to a home: who speaks, from which school, about which child; good news, in the language they read."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.conversations.good_news import Note
from porchlight.languages.phrases import languages, say
from porchlight.schools.models import School

# Good words that stand in the phrase book, so that they can be said in every home's language.
SEEN: dict[str, str | Promise] = {
    "good_help": _("helped somebody"),
    "good_effort": _("worked hard"),
    "good_question": _("asked a good question"),
    "good_smile": _("made us smile"),
}


def first_note(
    *, ties: tuple[str, ...], child: str, seen: str, words: str, sender: str, school: School
) -> Note:
    """One home's hello: a good word we can say in their language, the teacher's own, or both.

    `seen` names an entry of SEEN, or is empty; `words` are the teacher's own, in the school's language.
    """
    own = words if not words or child in words else f"{child}: {words}"
    if own and own[-1] not in ".!?۔؟":
        own += "."

    def in_language(tag: str) -> str:
        good = say(seen, tag, of=school, child=child) if seen else ""
        text, ways = " ".join(filter(None, [good, own])), say("hello_ways", tag, of=school)
        return say("hello_first", tag, of=school, sender=sender, school=school.name, text=text, ways=ways)

    versions = tuple((tag, in_language(tag)) for tag in _speaking(seen) if tag != school.language)
    return Note(ties, in_language(school.language), school.language, versions)


def _speaking(seen: str) -> Iterator[str]:
    """Languages in which the whole of it can be said, on WhatsApp too. Of own words alone nobody made a version."""
    if seen:
        yield from languages()
