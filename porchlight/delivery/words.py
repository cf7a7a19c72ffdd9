"""Delivery's own few words around a message, in the reader's language, from the phrase book."""

from __future__ import annotations

from porchlight.delivery.content import AskSpec, Content, ServiceKind
from porchlight.schools.models import School


def say(phrase: str, language: str, **places: object) -> str:
    """A phrase of the book in this language."""
    from porchlight.languages import phrases

    return phrases.say(phrase, language, **places)


def heading(content: Content, school: School) -> str:
    """Who speaks, on a line of its own: it reads right in any script and direction."""
    return f"{content.sender_name}, {school.name}" if content.sender_name else school.name


def how_to_answer(ask: AskSpec, language: str) -> str:
    """One line that says what to press or write."""
    if ask.options:
        choices = ", ".join(f"{option.key} = {option.label}" for option in ask.options)
        return say("reply_with", language, choices=choices)
    return say(f"reply_{ask.shape}", language)


def marked(content: Content) -> str:
    """The words, under a line that says so when they are not in the reader's language."""
    return content.text


def service(kind: ServiceKind, language: str, *, school: School, places: dict[str, object]) -> str:
    """A service message's words. Every phrase may name the school and its telephone."""
    return say(kind.value, language, **{"school": school.name, "phone": school.phone, **places})
