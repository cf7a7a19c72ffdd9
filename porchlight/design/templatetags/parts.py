"""Tags of the components. `{% load parts %}`; each is shown on the gallery page with the lines that make it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from porchlight.design import delivery_words, icons, lights
from porchlight.design.parts import Action, Bubble, HomeRow, Share, Tab, Table, Tag, Voice

register = template.Library()


@register.simple_tag(takes_context=True)
def porch(context: template.Context, light: str, size: str = "", spoken: bool = True) -> SafeString:
    """`{% porch home.light %}`: a home's light, on staff pages only."""
    lights.must_be_staff(context.get("actor"))
    return lights.porch(light, size=size, spoken=spoken)


@register.simple_tag(takes_context=True)
def street(context: template.Context, homes: Sequence[str]) -> SafeString:
    """`{% street lights %}`: homes as a group, with the total spoken. Put a table of the same near it."""
    lights.must_be_staff(context.get("actor"))
    return lights.street(homes)


@register.inclusion_tag("design/parts/light_key.html", takes_context=True)
def light_key(context: template.Context) -> dict[str, Any]:
    """What the three lights mean."""
    lights.must_be_staff(context.get("actor"))
    return {"meanings": [(lights.porch(light, spoken=False), light.words) for light in lights.Light]}


@register.simple_block_tag
def card(
    content: str, title: str, icon: str = "", end: str = "", css: str = "", key: str = "", level: int = 2
) -> SafeString:
    """`{% card _("Waiting for you") icon="chat" end=count %}…{% endcard %}`: one subject, named by its title."""
    name = key or f"card-{zlib.crc32(str(title).encode()):x}"
    heading = format_html('<h{1} id="{0}">{2}</h{1}>', name, level, title)
    if icon or end:
        drawn = icons.icon(icon) if icon else ""
        aside = format_html('<span class="end">{}</span>', end) if end else ""
        heading = format_html('<div class="head">{}{}{}</div>', drawn, heading, aside)
    return format_html(
        '<section class="card{}" aria-labelledby="{}">{}{}</section>',
        f" {css}" if css else "",
        name,
        heading,
        mark_safe(content),
    )


@register.simple_block_tag
def note(content: str, tone: str = "", title: str = "", role: str = "") -> SafeString:
    """`{% note "care" title=_("One thing to put right") role="alert" %}…{% endnote %}`."""
    return format_html(
        '<div class="note{} tight"{}>{}{}</div>',
        f" {tone}" if tone else "",
        format_html(' role="{}"', role) if role else "",
        format_html("<h2>{}</h2>", title) if title else "",
        mark_safe(content),
    )


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "lamp") -> SafeString:
    """`{% empty _("Every family has an answer") %}<p>…</p>{% endempty %}`: nothing here, and what to do about it."""
    return format_html(
        '<div class="empty tight">{}<h2>{}</h2>{}</div>',
        icons.icon(icon) if icon else "",
        title,
        mark_safe(content),
    )


@register.simple_tag(name="tag")
def one_tag(words: str | Tag, tone: str = "", icon: str = "") -> SafeString:
    """`{% tag "Done" "good" icon="check" %}`, or `{% tag row.tag %}`."""
    made = words if isinstance(words, Tag) else Tag(words, tone, icon)
    return format_html(
        '<span class="tag{}">{}{}</span>',
        f" {made.tone}" if made.tone else "",
        icons.icon(made.icon) if made.icon else "",
        made.words,
    )


@register.simple_tag
def lamps(done: int, of: int, words: str) -> SafeString:
    """`{% lamps 3 4 _("days done this week") %}`: seven or fewer small wins, counted in words too."""
    row = "".join(['<i class="on"></i>'] * done + ["<i></i>"] * (of - done))
    spoken = _("%(done)s of %(of)s") % {"done": done, "of": of}
    return format_html(
        '<span class="lamps" role="img" aria-label="{} {}">{}</span>', spoken, words, mark_safe(row)
    )


@register.simple_tag
def delivery(status: str, how: str = "") -> SafeString:
    """`{% delivery row.status row.channel %}`: a status in words, with its icon."""
    icon, words = delivery_words.status(status, how)
    return format_html('<span class="row nw">{}<span>{}</span></span>', icons.icon(icon), words)


@register.filter
def channel(code: str) -> str:
    """`{{ row.channel|channel }}`: what families call it."""
    return delivery_words.channel(code)


@register.inclusion_tag("design/parts/bar.html")
def bar(shares: Sequence[Share], thin: bool = False) -> dict[str, Any]:
    """`{% bar shares %}`: parts of a whole with their counts in words; parts of nothing are left out."""
    whole = sum(share.count for share in shares)
    drawn, start = [], 0.0
    for share in shares:
        width = 100 * share.count / whole if whole else 0.0
        if width:
            drawn.append({"share": share, "x": f"{start:.2f}%", "width": f"{width:.2f}%"})
        start += width
    spoken = ", ".join(f"{share.words} {share.count}" for share in shares)
    return {"drawn": drawn, "spoken": spoken, "thin": thin, "shares": shares}


@register.inclusion_tag("design/parts/bubble.html", takes_context=True)
def bubble(context: template.Context, said: Bubble) -> dict[str, Any]:
    """`{% bubble message %}`: one utterance, in its own language and direction."""
    return {**_around(context), "b": said}


@register.inclusion_tag("design/parts/home_row.html", takes_context=True)
def home_row(context: template.Context, row: HomeRow) -> dict[str, Any]:
    """`<ul class="plain">{% for row in rows %}{% home_row row %}{% endfor %}</ul>`."""
    lights.must_be_staff(context.get("actor"))
    return {**_around(context), "row": row}


@register.inclusion_tag("design/parts/action.html", takes_context=True)
def action(context: template.Context, act: Action, small: bool = False) -> dict[str, Any]:
    """`{% action row.action small=True %}`: a link or a button that sends."""
    return {**_around(context), "act": act, "small": small}


@register.inclusion_tag("design/parts/voice.html")
def voice(note: Voice) -> dict[str, Any]:
    """`{% voice message.voice %}`: a real link to the sound."""
    return {"note": note}


@register.inclusion_tag("design/parts/tabs.html")
def tabs(legend: str, name: str, views: Sequence[Tab]) -> dict[str, Any]:
    """`{% tabs _("In each language") "lang" views %}`: a preview switch, no script."""
    return {"legend": legend, "name": name, "views": views}


@register.inclusion_tag("design/parts/table.html")
def table(made: Table) -> dict[str, Any]:
    """`{% table table %}`: a table that becomes cards on a phone."""
    return {"table": made}


AROUND = ("request", "school", "actor", "now", "csrf_token")  # what a component may need of its page


def _around(context: template.Context) -> dict[str, Any]:
    return {name: context[name] for name in AROUND if name in context}
