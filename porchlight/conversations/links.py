"""Addresses of pages where a message can be read and answered. The room that owns those pages makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from porchlight.conversations.models import Message
from porchlight.schools.models import School

type LinkMaker = Callable[[School, Mapping[int, Sequence[Message]]], Mapping[int, str]]

_makers: list[LinkMaker] = []


def register_links(maker: LinkMaker) -> LinkMaker:
    """`maker(school, {guardian id: messages})` returns {guardian id: path}, in a constant number of queries."""
    _makers[:] = [maker]
    return maker


def links_for(school: School, messages: Mapping[int, Sequence[Message]]) -> Mapping[int, str]:
    """A path for each guardian's new messages; empty when no room offers such pages."""
    return _makers[0](school, messages) if _makers else {}
