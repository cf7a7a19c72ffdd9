"""The templates a school submits to WhatsApp follow its rules and keep two scripts apart."""

import re

import pytest

from porchlight.languages.whatsapp_templates import (
    template_draft,
    template_drafts,
    template_name,
    whatsapp_code,
)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("ur", "ur"),
        ("ur-Latn", "ur"),
        ("zh-TW", "zh_TW"),
        ("pt-BR", "pt_BR"),
        ("so", None),
        ("ps-Latn", "ps_AF"),
        ("pt-PT", "pt_PT"),
    ],
)
def test_codes(tag, code):
    assert whatsapp_code(tag) == code


def test_two_scripts_of_one_language_are_two_templates():
    assert template_name("template_notice", "ur") == "porchlight_notice"
    assert template_name("template_notice", "ur-Latn") == "porchlight_notice_latn"
    assert template_name("template_notice", "zh-Hant") == "porchlight_notice"


def test_drafts_follow_the_rules_for_templates():
    drafts = template_drafts()
    assert len(drafts) == 8
    assert len({(draft.name, draft.language) for draft in drafts}) == 8
    for draft in drafts:
        assert re.fullmatch(r"[a-z0-9_]+", draft.name)
        assert not draft.body.startswith("{{")
        assert not draft.body.endswith("}}")
        assert [f"{{{{{number}}}}}" for number in range(1, len(draft.places) + 1)] == re.findall(
            r"\{\{\d\}\}", draft.body
        )
        assert len(draft.samples) == len(draft.places)
        assert draft.category == "UTILITY"


def test_a_notice_names_sender_child_and_words_in_that_order():
    for tag in ("en", "ur", "ur-Latn", "es"):
        assert template_draft("template_notice", tag).places == ("sender", "child", "text")
    assert (
        template_draft("template_notice", "en").body
        == "A message from {{1}} about {{2}}: {{3}}\nYou can answer here."
    )


@pytest.mark.parametrize(
    ("phrase", "tag"), [("template_notice", "so"), ("template_notice", "ta"), ("template_x", "en")]
)
def test_no_draft_without_a_language_or_a_phrase(phrase, tag):
    with pytest.raises(LookupError):
        template_draft(phrase, tag)
