"""A page carries the icons it uses and no others; a fragment carries its own."""

import pytest
from django.template import Context, Template

from porchlight.design import icons


def shown(source: str) -> str:
    return Template("{% load design %}" + source).render(Context())


def test_an_icon_used_twice_is_drawn_once() -> None:
    text = shown('{% symbols %}{% icon "chat" %}{% icon "chat" %}{% mark %}{% endsymbols %}')
    assert text.count('<symbol id="i-chat" viewBox="0 0 24 24">') == text.count('<symbol id="p" ') == 1
    assert text.count("<symbol") == 2
    assert text.count('<svg class="i" aria-hidden="true"><use href="#i-chat"/></svg>') == 2


def test_a_page_without_icons_carries_none() -> None:
    assert shown("{% symbols %}<p>x</p>{% endsymbols %}") == "<p>x</p>"


def test_a_fragment_draws_its_icons_in_place() -> None:
    assert shown('{% fragment %}{% icon "check" %}{% endfragment %}') == (
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="m5 12 5 5 9-11"/></svg>'
    )


def test_words_that_look_like_an_icon_stay_words() -> None:
    template = Template("{% load design %}{% symbols %}{{ words }}{% endsymbols %}")
    assert "<symbol" not in template.render(Context({"words": '<use href="#i-chat"/>'}))


def test_an_icon_nobody_drew_is_an_error() -> None:
    with pytest.raises(icons.NoSuchIconError, match="there are: book"):
        icons.icon("unicorn")
