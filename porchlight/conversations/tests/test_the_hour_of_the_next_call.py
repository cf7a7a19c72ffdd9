"""Whoever notes down a call writes the hour of the next one first, under its name, and then presses."""

from __future__ import annotations

import re

from django.test import Client

from porchlight.conversations.tests.conftest import Town
from porchlight.conversations.tests.test_call_list import office, page, tells

__all__ = ["office"]  # a fixture


def test_the_hour_is_asked_for_before_the_button_that_needs_it(town: Town, office: Client) -> None:
    tells(town)
    shown = re.sub(r"\s+", " ", page(office))
    [key] = re.findall(r'<label for="t-([^"]+)">Ring again at</label>', shown)
    assert re.search(
        f'<input id="t-{key}" type="time" name="again" value=""> </div> <button[^>]+>Ring again then<', shown
    )
