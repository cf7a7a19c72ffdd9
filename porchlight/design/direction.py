"""Words in their own language and direction, so that no passage borrows the page's."""

from __future__ import annotations

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from porchlight.toolbox.scripts import autonym, direction, name_in, normal


def page_languages() -> list[str]:
    """The languages our pages speak, as the whole house writes their tags: `zh-Hans`, which is Django's `zh-hans`."""
    return [normal(code) for code, _name in settings.LANGUAGES]


def page_language() -> str:
    """The language the page is in now."""
    return normal(get_language() or settings.LANGUAGE_CODE)


def page_attributes() -> SafeString:
    """`lang` and `dir` for the `html` element."""
    return attributes(page_language())


def attributes(tag: str) -> SafeString:
    """`lang` and `dir` for a passage in this language; an unknown one is left to the browser's eye."""
    if not tag or tag == "und":
        return mark_safe('lang="" dir="auto"')
    return format_html('lang="{}" dir="{}"', tag, direction(tag))


def passage(text: str, language: str, *, element: str = "p", css: str = "") -> SafeString:
    """Someone's words: escaped, line breaks kept, in their own language and direction."""
    if element not in {"p", "div", "span", "q", "b", "h1", "h2", "h3"}:
        raise ValueError(f"Words stand in p, div, span, q, b or a heading, not in {element!r}.")
    lines = mark_safe("<br>".join(conditional_escape(line) for line in str(text).strip().splitlines()))
    css_part = format_html(' class="{}"', css) if css else ""
    return format_html("<{0}{1} {2}>{3}</{0}>", mark_safe(element), css_part, attributes(language), lines)


def isolated(value: object) -> SafeString:
    """A name inside a sentence of another script: `<bdi>`."""
    return format_html("<bdi>{}</bdi>", value)


def number(value: object) -> SafeString:
    """A number, code, size or telephone number: never broken, never turned round."""
    return format_html('<bdi class="num" dir="ltr">{}</bdi>', value)


def language_in_words(tag: str) -> str:
    """What the page's language calls another: `Urdu`, `اردو`; a tag nobody knows stays a tag."""
    return name_in(tag, page_language())


def language_choices() -> list[dict[str, str | bool]]:
    """The interface languages for the switch: tag, name, direction, and whether it is the page's own."""
    here = page_language()
    return [
        {"tag": tag, "name": autonym(tag), "dir": direction(tag), "current": tag == here}
        for tag in page_languages()
    ]
