"""The texts the pretend WhatsApp has approved for the practice school: exactly those Porchlight would submit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from porchlight.languages.whatsapp_templates import TemplateDraft, code_draft, template_draft

LANGUAGES = ("en", "ur", "ur-Latn", "es", "pl", "ar", "bn", "ps")
PHRASES = ("template_notice", "template_general")


def drafts(languages: Iterable[str] = LANGUAGES) -> Iterator[TemplateDraft]:
    """Every text in every language that WhatsApp has a code for."""
    for language in languages:
        for phrase in PHRASES:
            with contextlib.suppress(LookupError):  # WhatsApp has no code for this language
                yield template_draft(phrase, language)
        with contextlib.suppress(LookupError):
            yield code_draft(language)


def approved_lines(languages: Iterable[str] = LANGUAGES) -> str:
    """As the office writes them down on the account's page."""
    return "\n".join(f"{draft.name} {draft.language}" for draft in drafts(languages))


def as_the_town_knows(languages: Iterable[str] = LANGUAGES) -> list[dict[str, Any]]:
    """As the practice town is told of them."""
    return [
        {"name": draft.name, "language": draft.language, "body": draft.body, "category": draft.category}
        for draft in drafts(languages)
    ]
