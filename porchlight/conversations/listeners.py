"""How what homes say goes up: rooms above register here, conversations never calls them by name."""

from __future__ import annotations

from collections.abc import Callable

from porchlight.conversations.models import Message

type SaidHandler = Callable[[Message], None]

type HeardHandler = Callable[[Message, str], None]

_said: list[SaidHandler] = []
_heard: list[HeardHandler] = []


def on_said(handler: SaidHandler) -> SaidHandler:
    """The handler gets every message of a home as it takes its place in a thread, in the same transaction.

    What needs nobody any more it settles on the message itself: nobody is then promised that a person will answer.
    """
    if handler not in _said:
        _said.append(handler)
    return handler


def tell_said(message: Message) -> None:
    """A home said this; its place is known."""
    for handler in _said:
        handler(message)


def on_heard(handler: HeardHandler) -> HeardHandler:
    """The handler gets a voice note's message and what a listener wrote that it says, in the school's language."""
    if handler not in _heard:
        _heard.append(handler)
    return handler


def tell_heard(message: Message, text: str) -> None:
    """Somebody has listened."""
    for handler in _heard:
        handler(message, text)
