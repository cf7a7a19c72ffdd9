"""`{% load readers %}{% who_reads "conversations.Thread" %}`: who can read this, from the rules that decide it."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from porchlight.schools import sight

register = template.Library()


@register.inclusion_tag("schools/who_reads.html", takes_context=True)
def who_reads(context: Context, label: str) -> dict[str, Any]:
    """A sentence for a family page, about rows of the table named, such as "conversations.Thread"."""
    page = {name: context.get(name) for name in ("school", "actor", "request")}
    return {**page, "readers": sight.readers(label)}
