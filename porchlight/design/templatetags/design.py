"""Tags of the base pages and of words in their own direction. `{% load design %}`."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from porchlight.design import direction as words
from porchlight.design import icons, menu, moments
from porchlight.toolbox import school_time, scripts
from porchlight.toolbox.hijri import days_beside
from porchlight.toolbox.scripts import autonym, direction

register = template.Library()

register.simple_tag(words.page_attributes, name="page_attributes")
register.simple_tag(words.language_choices, name="language_choices")
register.filter("bdi", words.isolated)
register.filter("num", words.number)
register.filter("dir", direction)
register.filter("language_name", autonym)
register.filter("language_in_words", words.language_in_words)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "chat" %}`: the drawing; the words stand beside it. `extra="flip"` for arrows."""
    return icons.icon(name, extra)


@register.simple_tag
def mark() -> SafeString:
    """The house in the name Porchlight. It says nothing about any home and is the same for everyone."""
    return mark_safe('<svg class="porch lit" aria-hidden="true"><use href="#p"/></svg>')


class Symbols(template.Node):
    """A node of its own, so that `{{ block.super }}` finds the blocks inside: a block tag hides them."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """The page, with its drawings."""
        return icons.with_symbols(self.nodelist.render(context))


@register.tag
def symbols(parser: Any, token: Any) -> Symbols:
    """Around the whole body of a page: adds the drawings of the icons used inside, and no others."""
    nodelist = parser.parse(("endsymbols",))
    parser.delete_first_token()
    return Symbols(nodelist)


@register.simple_block_tag
def fragment(content: str) -> SafeString:
    """Around a part that htmx swaps in: draws each icon in its place."""
    return icons.with_drawings(content)


@register.simple_tag
def lang(tag: str) -> SafeString:
    """`<p {% lang message.language %}>`: lang and dir of a passage."""
    return words.attributes(tag)


@register.simple_tag
def speech(text: str, language: str, element: str = "p", css: str = "") -> SafeString:
    """`{% speech message.text message.language css="said" %}`: someone's words, escaped, lines kept."""
    return words.passage(text, language, element=element, css=css)


@register.simple_tag(takes_context=True)
def menu_links(context: template.Context, place: str) -> list[menu.Link]:
    """The links of a place for the page's actor and school; the gallery brings its own."""
    if "sample_links" in context:
        return context["sample_links"].get(place, [])
    return menu.links(
        menu.Place(place),
        actor=context.get("actor"),
        school=context.get("school"),
        request=context.get("request"),
    )


register.simple_tag(menu.fold, name="fold")


@register.simple_tag(takes_context=True)
def moment(context: template.Context, when: datetime | None) -> str:
    """`{% moment message.sent_at %}`: today, 2.10 pm – in the zone of the page's school."""
    return moments.moment(when, now=_now(context), zone=_zone(context)) if when else ""


@register.simple_tag(takes_context=True)
def day(context: template.Context, when: datetime | None) -> str:
    """`{% day ask.closes_at %}`: today, tomorrow, Monday 11 May; with the Islamic day where they read it so."""
    school, reader = context.get("school"), context.get("actor")
    beside = getattr(school, "hijri_days", None)
    if reader is not None:
        beside = days_beside(beside, reader.islamic_day)
    return moments.day(when, now=_now(context), zone=_zone(context), hijri=beside) if when else ""


@register.simple_tag
def comma() -> str:
    """Between the parts of a list: `، ` on a page in Arabic letters."""
    return scripts.comma(words.page_language())


@register.simple_tag(takes_context=True)
def clock(context: template.Context, when: datetime | None) -> str:
    """`{% clock message.sent_at %}`: 2.10 pm."""
    return moments.clock(when, zone=_zone(context)) if when else ""


@register.simple_tag(takes_context=True)
def promise(context: template.Context, due: datetime | None) -> str:
    """`{% promise errand.due_at %}`: by tomorrow, 11 am."""
    return moments.promise(due, now=_now(context), zone=_zone(context)) if due else ""


def _now(context: Any) -> datetime:
    return context.get("now") or school_time.now()


def _zone(context: Any) -> tzinfo:
    """The page's school; outside a school, the zone Django is set to."""
    school = context.get("school")
    return school.zone if school is not None else timezone.get_current_timezone()
