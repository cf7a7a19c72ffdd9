"""T21. Passwords: length is what counts, what others lost is refused, and nothing keeps a password program from helping."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from porchlight.accounts.models import User
from porchlight.accounts.tests.identity_kit import MAIL, PASSWORD, amal

__all__ = ["amal"]

LETTERS = st.characters(exclude_categories=("Cs", "Cc"))


def refused_for(password: str) -> set[str | None]:
    """The reasons, by their codes."""
    try:
        validate_password(password, User(name="Ms Amal", email=MAIL))
    except ValidationError as refused:
        return {problem.code for problem in refused.error_list}
    return set()


@example("aaaaaaaaaaab")
@example("            ")
@example("123456789011")
@given(st.text(LETTERS, min_size=12, max_size=128))
@settings(max_examples=50)
def test_t21_no_rule_but_length_and_what_was_lost(password: str) -> None:
    """Any letters will do: what is refused, somebody lost, or it is one's own name."""
    assert refused_for(password) <= {"password_too_common", "password_too_similar"}


@given(st.one_of(st.text(LETTERS, max_size=11), st.text(LETTERS, min_size=129, max_size=140)))
@settings(max_examples=50)
def test_t21_shorter_or_longer_is_refused(password: str) -> None:
    assert refused_for(password) & {"password_too_short", "password_too_long"}


def test_t21_a_larger_list_of_lost_passwords_can_be_set(tmp_path: Path) -> None:
    lost = tmp_path / "lost.txt"
    lost.write_text("four quiet cups of tea\n")
    CommonPasswordValidator(lost).validate("three cups of tea")
    with pytest.raises(ValidationError):
        CommonPasswordValidator(lost).validate("Four Quiet Cups Of Tea")


def fields_of(page: str) -> list[str]:
    return re.findall(r'<input[^>]*type="password"[^>]*>', page)


def test_t21_every_field_lets_paste_and_programs_help(amal: User) -> None:
    client = Client()
    pages = {"current-password": [client.get("/accounts/login/")], "new-password": []}
    client.post("/accounts/password/reset/", {"email": MAIL})
    link = re.search(r"http://testserver(/\S+/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    pages["new-password"].append(client.get(link, follow=True))
    client.post("/accounts/login/", {"login": MAIL, "password": PASSWORD})
    pages["new-password"].append(client.get("/accounts/password/change/"))
    for kind, answers in pages.items():
        for answer in answers:
            fields = fields_of(answer.content.decode())
            assert fields
            assert any(f'autocomplete="{kind}"' in one for one in fields)
            for one in fields:
                assert not re.search(
                    r"onpaste|oncopy|ondrop|pattern=|autocomplete=\"off\"|maxlength=\"[0-9]{1,2}\"", one
                )


def test_t21_each_rule_stands_there_once_and_none_is_empty(amal: User) -> None:
    client = Client()
    client.force_login(amal)
    page = client.get("/accounts/password/change/").content.decode()
    rules = re.findall(r"<li>(.*?)</li>", page.partition("<main")[2])
    assert "Three or four words you can remember are better than one with signs." in rules
    assert page.count("At least 12 letters") == 1
    assert all(rules)
    assert len(set(rules)) == len(rules)
