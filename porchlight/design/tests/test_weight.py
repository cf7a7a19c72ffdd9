"""A family's page with its stylesheet comes through a slow network in one breath: 14 KB compressed."""

import gzip
from pathlib import Path

import pytest

CSS = Path(__file__).parents[1] / "static" / "design" / "porchlight.css"
BUDGET = 14 * 1024


@pytest.mark.parametrize("language", ["en", "ur", "es"])
def test_a_family_page_and_its_stylesheet_fit(client, settings, db, language: str) -> None:
    settings.DEMO = True
    page = client.get(f"/design/family/?lang={language}").content
    assert b"<h1>" in page
    assert len(gzip.compress(page, 9)) + len(gzip.compress(CSS.read_bytes(), 9)) <= BUDGET


def test_an_empty_family_page_leaves_room_for_its_words(rf) -> None:
    from django.template.loader import render_to_string

    page = render_to_string("design/family.html", {}, request=rf.get("/"))
    assert len(gzip.compress(page.encode(), 9)) <= 1400
