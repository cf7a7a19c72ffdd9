"""What can be seen of a machine's words without knowing the language: that nothing countable changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from porchlight.languages.masking import MASK, came_back
from porchlight.languages.models import Term
from porchlight.toolbox import scripts
from porchlight.toolbox.folding import digits, fold

NUMBERS, NAMES, UNTOUCHED, GLOSSARY = "numbers", "names", "untouched", "glossary"
NOT_SENT = frozenset({NUMBERS, NAMES, UNTOUCHED})  # not used before a person has looked
ENOUGH = 12  # letters that cannot be the same in two languages by chance


def doubts(sent: str, answer: str, target: str, terms: Iterable[Term] = ()) -> list[str]:
    """Codes of what is wrong with a translated sentence, both with their masks; empty when nothing shows."""
    found = []
    if not came_back(sent, answer):
        found.append(NAMES)
    if _numbers(sent) != _numbers(answer):
        found.append(NUMBERS)
    if _is_untouched(sent, answer, target):
        found.append(UNTOUCHED)
    if any(_is_missing(term, sent, answer) for term in terms):
        found.append(GLOSSARY)
    return found


def _numbers(text: str) -> list[str]:
    """Every number in it, in digits of ours: a date, a time and a sum must stay what they were."""
    return sorted(re.findall(r"\d+", digits(text)))


def _is_untouched(sent: str, answer: str, target: str) -> bool:
    """It came back as it went, or in letters that are not the language's."""
    plain = MASK.sub("", answer)
    if sum(map(str.isalpha, plain)) < ENOUGH:
        return False
    if fold(plain) == fold(MASK.sub("", sent)):
        return True
    return scripts.script(scripts.as_written(target, plain)) != scripts.script(target)


def _is_missing(term: Term, sent: str, answer: str) -> bool:
    """The glossary's word was said, and its translation was not."""
    return bool(term.translation) and says(term.words, sent) and fold(term.translation) not in fold(answer)


def says(words: str, text: str) -> bool:
    """Whether the text says these words, as whole words; an English plural counts."""
    return re.search(rf"(?<!\w){re.escape(fold(words))}s?(?!\w)", fold(text)) is not None
