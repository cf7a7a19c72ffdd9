"""T45. No table, and no field of one, without a word of whose it is, what for, on which ground and how long."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import models

from porchlight.families.models import Student
from porchlight.privacy import register
from porchlight.privacy.limits import BOUNDS
from porchlight.privacy.words import GROUNDS, LIMITS, PURPOSES, SORTS, WHOSE
from porchlight.toolbox.kept import Ground, Limit, Purpose, Sort, Whose


def test_t45_every_field_of_every_table_is_in_the_register() -> None:
    assert register.unsaid() == []


def test_t45_the_register_speaks_of_nothing_that_is_not_there() -> None:
    assert register.wrongly_said() == []


def test_t45_a_field_or_a_table_left_out_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    said = dict(register.register())
    student = said[Student]
    said[Student] = replace(
        student, fields={**student.fields, Sort.NAMES: "name nickname"}, child=("nobody",)
    )
    gone = next(model for model in said if model._meta.label == "mfa.Authenticator")
    del said[gone]
    monkeypatch.setattr(register, "register", lambda: said)
    assert register.unsaid() == ["families.Student.called", "mfa.Authenticator"]
    assert register.wrongly_said() == ["families.Student.nickname", "families.Student: nobody"]


def test_t45_tables_of_packages_are_in_it_too() -> None:
    labels = {model._meta.label for model in register.register()}
    assert {
        "account.EmailAddress",
        "sessions.Session",
        "django_ox.OxTask",
        "auth.Group_permissions",
    } <= labels


def test_t45_what_is_about_a_person_says_until_when() -> None:
    """Each table has a limit with an end, but the school's own and the record, which holds ids."""
    endless = {
        model._meta.label
        for model, kept in register.register().items()
        if kept.limit not in BOUNDS and not set(kept.whose) <= {Whose.SCHOOL, Whose.NOBODY}
    }
    record = {"activity.Entry", "activity.EntrySeal", "activity.Anchor", "activity.LookedAt"}
    assert endless == {*record, "welcome.HelloWeek"}


def test_t45_a_table_without_a_clock_goes_with_one_that_has_it() -> None:
    said = register.register()
    stray = []
    for model, kept in said.items():
        if kept.since or kept.limit not in BOUNDS or model._meta.label == "accounts.User":
            continue
        hangs_on = [
            field.related_model
            for field in model._meta.local_fields
            if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
        ]
        if not any(one in said and said[one].limit in BOUNDS for one in hangs_on if one is not model):
            stray.append(model._meta.label)
    assert stray == []


@pytest.mark.parametrize(
    ("words", "all_of_them"),
    [(WHOSE, Whose), (SORTS, Sort), (PURPOSES, Purpose), (GROUNDS, Ground), (LIMITS, Limit)],
)
def test_every_word_of_the_register_can_be_read_aloud(
    words: dict[object, object], all_of_them: object
) -> None:
    assert set(words) == set(all_of_them)  # type: ignore[call-overload]  # each is an enum
