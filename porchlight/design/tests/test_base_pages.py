"""Every page of the house says its language and direction, has its landmarks, one stylesheet and no inline code."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

PAGES = ["design/base.html", "design/staff.html", "design/family.html", "design/plain.html"]


@pytest.fixture
def shown(rf: RequestFactory):
    return lambda name, **context: render_to_string(name, context, request=rf.get("/maple-street/desk/"))


@pytest.mark.parametrize("name", PAGES)
def test_the_page_says_its_language_and_direction(shown, name: str) -> None:
    assert '<html lang="en" dir="ltr">' in shown(name)
    with translation.override("ur"):
        assert '<html lang="ur" dir="rtl">' in shown(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_nothing_a_strict_policy_would_refuse(shown, name: str) -> None:
    text = shown(name)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert text.count('rel="stylesheet"') == 1
    assert text.count("<main") == text.count('id="main"') == 1
    assert text.index('class="skip"') < text.index('id="main"')
