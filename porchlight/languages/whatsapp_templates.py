"""The templates a school asks WhatsApp to approve, one a language and script: what to type in, and under which name.

WhatsApp knows templates by a name and one of its own language codes. It has no code for languages in a second
script, so those stand under the main code with a name of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from porchlight.languages import phrases
from porchlight.languages.phrase_list import PHRASES
from porchlight.toolbox import scripts

CATEGORY = "UTILITY"  # anything else is blocked or held: notices must never count as marketing
AUTHENTICATION = (
    "AUTHENTICATION"  # WhatsApp's own category for codes: it writes the words, and a button copies the code
)
CODE = "porchlight_code"
# WhatsApp's codes where they differ from the plain language code (its list of May 2026).
CODES = {
    "prs": "prs_AF",
    "ps": "ps_AF",
    "pt": "pt_PT",
    "pt-BR": "pt_BR",
    "rw": "rw_RW",
    "si": "si_LK",
    "zh-Hans": "zh_CN",
    "zh-Hant": "zh_TW",
}
# fmt: off
WITH_CODE = frozenset((
    "ar", "az", "bg", "bn", "cs", "de", "el", "en", "es", "fa", "fil", "fr", "ga", "gu", "ha", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ka", "kk", "kn", "ko", "lo", "lt", "lv", "ml", "mr", "ms", "nl", "pa", "pl", "ro",
    "ru", "sk", "sq", "sr", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zu",
))
# fmt: on
NUMBERED = re.compile(r"\{\{(\d+)\}\}")
SAMPLES = {"sender": "Ms Amal", "child": "Hamza", "text": "School closes at 12 on Friday."}


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """One template as the office types it in at WhatsApp. `places` in the order of {{1}}, {{2}}, …"""

    name: str
    language: str  # WhatsApp's code
    reader: str  # BCP-47 of who gets it
    body: str
    places: tuple[str, ...]
    samples: tuple[str, ...]
    category: str = CATEGORY


def whatsapp_code(tag: str) -> str | None:
    """WhatsApp's language code for a reader's tag, None where it has none (Somali)."""
    tag, language = scripts.normal(tag), scripts.base(tag)
    if tag in CODES or language in CODES:
        return CODES.get(tag) or CODES[language]
    return language if language in WITH_CODE else None


def template_name(phrase: str, tag: str) -> str:
    """`porchlight_notice`; in a language's second script `porchlight_notice_latn`."""
    stem = "porchlight_" + phrase.removeprefix("template_")
    if scripts.script(tag) == scripts.script(scripts.base(tag)) or scripts.normal(tag) in CODES:
        return stem
    return f"{stem}_{scripts.script(tag).lower()}"


def template_draft(phrase: str, tag: str) -> TemplateDraft:
    """The template of this phrase for readers of `tag`. Raises LookupError where WhatsApp or we lack the language."""
    code = whatsapp_code(tag)
    text = phrases.books().get(scripts.normal(tag))
    if code is None or text is None or phrase not in text.phrases:
        raise LookupError(f"There is no {phrase} for {tag}.")
    places = tuple(dict.fromkeys(phrases.PLACE.findall(text.phrases[phrase])))
    body = phrases.PLACE.sub(lambda name: f"{{{{{places.index(name[1]) + 1}}}}}", text.phrases[phrase])
    samples = tuple(SAMPLES[name] for name in places)
    return TemplateDraft(template_name(phrase, tag), code, scripts.normal(tag), body, places, samples)


def approved_text(name: str, code: str, parameters: Sequence[str]) -> str:
    """How an approved template reads once its places are filled. Raises LookupError for one that is not ours."""
    body = next(
        (draft.body for draft in template_drafts() if (draft.name, draft.language) == (name, code)), None
    )
    if body is None:
        raise LookupError(f"{name} in {code} is no template of ours.")
    said = dict(enumerate(parameters, 1))
    return NUMBERED.sub(lambda place: said.get(int(place[1]), ""), body)


def code_draft(tag: str) -> TemplateDraft:
    """The text that carries a sign-in code, in WhatsApp's own words. Raises LookupError where it has none.

    A language in its second script has none: WhatsApp would write it in the first one.
    """
    code = whatsapp_code(tag)
    tag = scripts.normal(tag)
    if code is None or template_name(CODE, tag).count("_") > template_name(CODE, scripts.base(tag)).count(
        "_"
    ):
        raise LookupError(f"WhatsApp writes no codes for readers of {tag}.")
    return TemplateDraft(CODE, code, tag, "", ("code",), ("482913",), AUTHENTICATION)


def category_of(name: str) -> str:
    """The category a text of ours must have at WhatsApp to be sent."""
    return AUTHENTICATION if name == CODE else CATEGORY


def template_drafts() -> list[TemplateDraft]:
    """Every template in every language that we and WhatsApp share: the list the set-up page shows."""
    wanted = [name for name in PHRASES if name.startswith("template_")]
    return [template_draft(name, tag) for name in wanted for tag in phrases.languages() if whatsapp_code(tag)]
