"""What every row of a page carries alike but for its key, drawn once for the page. `{% load stamps %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.exceptions import TemplateSyntaxError
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

HERE = "thekeyofarowstandshere"  # letters alone: an address takes it as it would a key


class Stamp(template.Node):
    """Draws what is inside with `row_key` where a row's key belongs, and says nothing itself."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: template.Context) -> str:
        """Nothing; the drawing is the page's variable of that name."""
        with context.push(row_key=HERE):
            drawn = self.nodelist.render(context)
        context[self.name] = drawn
        return ""


@register.tag
def stamp(parser: Any, token: Any) -> Stamp:
    """`{% stamp as worry %}<a href="{% url … key=row_key %}">…</a>{% endstamp %}`, before the rows."""
    words = token.split_contents()
    if len(words) != 3 or words[1] != "as":
        raise TemplateSyntaxError("It is {% stamp as name %}.")
    nodelist = parser.parse(("endstamp",))
    parser.delete_first_token()
    return Stamp(nodelist, words[2])


@register.filter
def stamped(drawn: SafeString, key: str) -> SafeString:
    """`{{ worry|stamped:one.key }}`: in each row, with the row's own key."""
    return mark_safe(drawn.replace(HERE, escape(key)))
