"""Versions that nobody wrote for these words: from what the school had translated before, or from an engine it trusts.

Nothing here waits: what is missing is noted, a worker has it translated, and the words leave when it is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from porchlight.conversations.in_letters import LETTERS, Seeking
from porchlight.conversations.models import Ask, Thread
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.languages.letters.romanising import speaks
from porchlight.languages.masking import Names, names_of
from porchlight.languages.memory import Pair, Recalled, pair_of
from porchlight.languages.models import Sentence, TrustedPair
from porchlight.languages.pairs import plain
from porchlight.languages.provenance import Version
from porchlight.schools.models import School
from porchlight.schools.tiers import Tier


@dataclass(frozen=True, slots=True)
class Translated:
    """What was found, by language; which languages are on their way; and where a machine's words look wrong."""

    versions: Mapping[str, Version] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    wrong: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()  # used all the same: a word of the school's own is said differently
    guessed: frozenset[str] = frozenset()  # used all the same: many of its words are spelled by their letters
    labels: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # of choices, by language, by their words

    def added_to(self, words: Words) -> Words:
        """The words with these versions beside those that people wrote, which stay."""
        return replace(words, versions={**self.versions, **words.versions}) if self.versions else words

    def by_people(self) -> Translated:
        """Only what people wrote or read over: for words on which much hangs, and that cannot wait for a reader."""
        read = {tag: version for tag, version in self.versions.items() if not version.is_unchecked_machine}
        return replace(self, versions=read)

    @property
    def by_machine(self) -> list[str]:
        """Languages in which nobody has read the words over."""
        return sorted(tag for tag, version in self.versions.items() if version.is_unchecked_machine)


NOTHING = Translated()


def lacking(words: Words, recipients: Sequence[Recipient]) -> set[str]:
    """Languages these people read that the words have no version in."""
    reads = {recipient.guardian.reading for recipient in recipients}
    return {plain(tag) for tag in reads if words.for_reader(tag).needs_mark(tag)} - {"und"}


def translations(
    school: School,
    words: Words,
    recipients: Sequence[Recipient],
    *,
    tier: Tier,
    now: datetime,
    asks: bool = True,
    question: Ask | None = None,
) -> Translated:
    """What there is of these words in the languages of those who get them. With `asks`, what is missing is asked for.

    L3 is never translated by a machine, L2 only where the school said that it may be.
    """
    targets = _possible(school, words, lacking(words, recipients))
    if not targets or tier >= Tier.L3:
        return NOTHING
    seeking = Seeking(school, words, names_of(school, _near(recipients)), now, tier, asks)
    found, texts = _Finding(), [words.text, *_labels(question, words.language)]
    for tag in sorted(targets):
        found.take(tag, texts, [seeking.found(text, tag) for text in texts])
    return found.done()


@dataclass(slots=True)
class _Finding:
    """`Translated`, while it is looked for language by language."""

    versions: dict[str, Version] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    doubted: set[str] = field(default_factory=set)
    guessed: set[str] = field(default_factory=set)
    labels: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def take(self, tag: str, texts: Sequence[str], found: Sequence[Recalled]) -> None:
        """What was found of the words, which stand first, and of the choices under them."""
        if any(one.waiting for one in found):
            self.waiting.add(tag)
        elif found[0].version is not None:
            self.versions[tag] = found[0].version
            self.doubted |= {tag} if set(found[0].doubts) - {LETTERS} else set()
            self.guessed |= {tag} if LETTERS in found[0].doubts else set()
            choices = zip(texts[1:], found[1:], strict=True)
            self.labels[tag] = {text: one.version.text for text, one in choices if one.version}
        elif found[0].doubts:
            self.wrong.add(tag)

    def done(self) -> Translated:
        return Translated(
            self.versions,
            waiting=frozenset(self.waiting),
            wrong=frozenset(self.wrong),
            doubted=frozenset(self.doubted),
            guessed=frozenset(self.guessed),
            labels=self.labels,
        )


def label_choices(question: Ask, labels: Mapping[str, Mapping[str, str]], language: str) -> bool:
    """Put what was found under the choices of a question. Whether anything changed; saving is the caller's."""
    changed = False
    for option in question.options:
        own = option["labels"].get(language, "")
        for tag, found in labels.items():
            if own in found and tag not in option["labels"]:
                option["labels"][tag] = found[own]
                changed = True
    return changed


def pair_heard(thread: Thread, language: str) -> Pair:
    """From what a home wrote into the school's language; the names of the two people are known in any spelling."""
    school = thread.school
    return pair_of(school, language, school.language, names=_names_around(school, thread))


def _names_around(school: School, thread: Thread) -> Names:
    return names_of(school, _near([Recipient(thread.guardian, (thread.student,))]))


def _near(recipients: Sequence[Recipient]) -> list[str]:
    """Of one home, its people's names in any spelling; of many, the school's lists are enough."""
    if len(recipients) > 4:
        return []
    found = []
    for one in recipients:
        found += [one.guardian.name, one.guardian.addressed_as]
        found += [name for student in one.students for name in (student.name, student.called)]
    return [name for name in found if name]


def _possible(school: School, words: Words, wanted: set[str]) -> set[str]:
    """Those that somebody could have translated: an engine the school trusts, or people before; in either letters."""
    if not wanted:
        return set()
    own = {tag: base for tag in wanted if (base := speaks(tag))}
    spelled = {tag for tag, base in own.items() if not words.for_reader(base).needs_mark(base)}
    possible = _translatable(school, words.language, wanted | set(own.values()))
    return (possible & wanted) | spelled | {tag for tag, base in own.items() if base in possible}


def _translatable(school: School, source: str, wanted: set[str]) -> set[str]:
    here = {"source": plain(source), "target__in": wanted}
    trusted = TrustedPair.objects.in_school(school).filter(**here).values_list("target", flat=True)
    known = Sentence.objects.in_school(school).filter(**here).order_by().values_list("target", flat=True)
    return {*trusted, *known.distinct()}


def _labels(question: Ask | None, language: str) -> list[str]:
    if question is None:
        return []
    return [label for option in question.options if (label := option["labels"].get(language, ""))]
