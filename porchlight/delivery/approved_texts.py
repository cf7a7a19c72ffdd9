"""The texts a school asks WhatsApp to approve, for the languages its families read, and how each one stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from porchlight.delivery.approvals import approved, held_templates
from porchlight.delivery.models import Account
from porchlight.design.direction import language_in_words
from porchlight.design.parts import Tag
from porchlight.families.models import ContactPoint
from porchlight.languages.whatsapp_templates import TemplateDraft, code_draft, template_draft
from porchlight.schools.actors import Actor

PHRASES = ("template_notice", "template_general")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text, as it is typed in at WhatsApp."""

    draft: TemplateDraft
    tag: Tag
    is_code: bool  # WhatsApp writes the words of codes itself

    @property
    def examples(self) -> Sequence[tuple[str, str]]:
        """What WhatsApp asks for beside each place: {{1}}, Ms Amal."""
        return [(f"{{{{{number}}}}}", sample) for number, sample in enumerate(self.draft.samples, start=1)]


@dataclass(frozen=True, slots=True)
class Language:
    """The texts for readers of one language. None at all: WhatsApp has no such language."""

    name: str
    readers: int
    texts: Sequence[TextRow]


def readers_on(channel: str, actor: Actor) -> Counter[str]:
    """How many adults read what, of those who can be written to on this channel; the school's language always."""
    points = ContactPoint.objects.visible_to(actor).usable().select_related("guardian")
    adults = points.filter(address__channel=channel, guardian__isnull=False, guardian__left_at=None)
    return Counter(
        guardian.reading for guardian in {point.guardian for point in adults} if guardian is not None
    )


def drafts_for(tag: str) -> Iterator[TemplateDraft]:
    """What readers of this language need: words about a child, words to all, and codes."""
    for phrase in PHRASES:
        try:
            yield template_draft(phrase, tag)
        except LookupError:
            continue
    try:
        yield code_draft(tag)
    except LookupError:
        return


def texts_of(account: Account, actor: Actor) -> list[Language]:
    """The languages of this account's readers, most readers first."""
    readers = readers_on(account.channel, actor)
    readers.setdefault(account.school.language, 0)
    known, held = approved(account.settings.get("templates", "")), held_templates(account)
    languages = [
        Language(language_in_words(tag), count, [_row(draft, known, held) for draft in drafts_for(tag)])
        for tag, count in readers.items()
    ]
    return sorted(languages, key=lambda one: (-one.readers, one.name))


def _row(draft: TemplateDraft, known: set[tuple[str, str]], held: set[str]) -> TextRow:
    if f"{draft.name}:{draft.language}" in held:
        tag = Tag(_("Held by WhatsApp"), "care", "warn")
    elif (draft.name, draft.language) in known:
        tag = Tag(_("Approved"), "good", "check")
    else:
        tag = Tag(_("Not approved yet"), "care")
    return TextRow(draft, tag, not draft.body)
