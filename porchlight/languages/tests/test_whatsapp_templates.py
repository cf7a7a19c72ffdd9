"""The templates a school submits to WhatsApp follow its rules and keep two scripts apart."""

import re

import pytest

from porchlight.languages.phrases import languages
from porchlight.languages.whatsapp_templates import (
    category_of,
    code_draft,
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
    assert {draft.reader for draft in drafts} == {tag for tag in languages() if whatsapp_code(tag)}
    assert (
        len({(draft.name, draft.language) for draft in drafts})
        == len(drafts)
        == 2 * len({draft.reader for draft in drafts})
    )
    for draft in drafts:
        assert re.fullmatch(r"[a-z0-9_]+", draft.name)
        assert not draft.body.startswith("{{")
        assert not draft.body.endswith("}}")
        assert [f"{{{{{number}}}}}" for number in range(1, len(draft.places) + 1)] == re.findall(
            r"\{\{\d\}\}", draft.body
        )
        assert len(draft.samples) == len(draft.places)
        assert draft.category == "UTILITY"


def test_a_notice_names_sender_child_and_words_in_the_order_of_its_language():
    for tag in ("en", "ur", "ur-Latn", "es", "zh-Hans"):
        assert sorted(template_draft("template_notice", tag).places) == ["child", "sender", "text"]
    assert template_draft("template_notice", "en").places == ("sender", "child", "text")
    assert (
        template_draft("template_notice", "en").body
        == "A message from {{1}} about {{2}}: {{3}}\nYou can answer here."
    )


@pytest.mark.parametrize(
    ("phrase", "tag"), [("template_notice", "so"), ("template_notice", "te"), ("template_x", "en")]
)
def test_no_draft_without_a_language_or_a_phrase(phrase, tag):
    with pytest.raises(LookupError):
        template_draft(phrase, tag)


@pytest.mark.parametrize(
    ("tag", "code"), [("en-GB", "en"), ("ur", "ur"), ("ps", "ps_AF"), ("zh-Hant", "zh_TW")]
)
def test_codes_for_signing_in_have_a_text_of_their_own_kind(tag, code):
    draft = code_draft(tag)
    assert (draft.name, draft.language, draft.category, draft.places) == (
        "porchlight_code",
        code,
        "AUTHENTICATION",
        ("code",),
    )
    assert category_of(draft.name) == draft.category
    assert category_of(template_draft("template_notice", "en").name) == "UTILITY"


@pytest.mark.parametrize("tag", ["so", "ur-Latn", "ps-Latn"])
def test_where_whatsapp_would_write_another_script_there_is_none(tag):
    with pytest.raises(LookupError):
        code_draft(tag)
