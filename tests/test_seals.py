"""What is sealed cannot be read from the database, not moved in it, and outlives a change of every key.

Threats 7 and 8 of docs/trust.md: a stolen dump, a copied row.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test import override_settings

from porchlight.api.models import Subscription
from porchlight.conversations.models import Message, Worry
from porchlight.conversations.tests.conftest import Town, on_both_databases, town
from porchlight.delivery.models import Account, Attachment
from porchlight.delivery.tests import cast
from porchlight.families.models import Caution, Restriction
from porchlight.languages.models import EngineAccount, Sentence, VoiceAccount
from porchlight.meetings.models import CounsellingWish, Meeting, VideoAccount, VideoRoom
from porchlight.operations.doctor.keys import school_findings
from porchlight.privacy.models import Decision, Request
from porchlight.schools import vault
from porchlight.schools.install import tenant_models
from porchlight.schools.models import School, SchoolKey
from porchlight.schools.resealing import KEPT_AFTER, rotate, sealed_fields
from porchlight.schools.tiers import Tier
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from porchlight.toolbox.sealed import WrongSeal

__all__ = ["town"]  # fixtures

CANARY = "zq7canary"
WORDS = f"she said {CANARY} آج"


@pytest.fixture(autouse=True)
def _nothing_in_memory() -> None:
    vault.forget()


def fill(here: Town) -> tuple[Worry, Restriction, Account, Attachment]:
    """A canary in every sealed field there is."""
    SchoolKey.objects.all().delete()  # made with another seal key than the test's
    message = Message.objects.create(
        school=here.school, thread=here.thread, author="guardian", text="hello", language="en"
    )
    worry = Worry.objects.create(
        school=here.school, message=message, raised_by=here.amal, words=WORDS, outcome=WORDS
    )
    order = here.yousaf.restrict()
    order.evidence = WORDS
    order.save()
    here.phone.keep_secrets({"password": WORDS, "signing_key": WORDS})
    here.phone.save()
    note = Attachment.objects.create(
        school=here.school, account=here.phone, source="1", kind="audio", url=f"https://example.org/?{CANARY}"
    )
    caution = Caution.objects.create(
        school=here.school, student=here.yousaf.student, why=WORDS, set_by=here.reyes
    )
    request = Request.objects.create(school=here.school, kind="copy", due_on=school_time.now())
    look = Decision.objects.create(
        school=here.school,
        request=request,
        about_type="x",
        about_id=1,
        is_given=False,
        why=WORDS,
        by=here.amal,
    )
    told = Subscription.objects.create(
        school=here.school, url="https://example.org/", secret=WORDS, made_by=here.amal
    )
    others = (*of_languages(here.school), *of_meetings(here))
    sealed = (worry, order, here.phone, note, caution, look, told, *others)
    kept = {(type(row), field.attname) for row in sealed for _, field in fields_of(row)}
    assert kept == {(model, field.attname) for model, field in sealed_fields()}, (
        "a new field wants its canary"
    )
    return worry, order, here.phone, note


def of_languages(school: School) -> tuple[EngineAccount, VoiceAccount, Sentence]:
    engine = EngineAccount(school=school, engine="deepl")
    engine.keep_secrets({"auth_key": WORDS})
    engine.save()
    voice = VoiceAccount(school=school, company="google")
    voice.keep_secrets({"key": WORDS})
    voice.save()
    sentence = Sentence.objects.create(
        school=school,
        source="en",
        target="ur",
        fingerprint="f",
        text=WORDS,
        translated=WORDS,
        made_at=school_time.now(),
    )
    return engine, voice, sentence


def of_meetings(here: Town) -> tuple[VideoAccount, VideoRoom, CounsellingWish]:
    video = VideoAccount(school=here.school, company="jitsi")
    video.keep_secrets({"app_secret": WORDS})
    video.save()
    now = school_time.now()
    meeting = Meeting.objects.create(
        school=here.school, sort="conference", mode="video", student=here.yousaf.student, starts_at=now,
        ends_at=now + timedelta(minutes=10),
    )  # fmt: skip
    room = VideoRoom(school=here.school, meeting=meeting, account=video, made_at=now)
    room.keep_place({"room": WORDS})
    room.save()
    wish = CounsellingWish.objects.create(
        school=here.school, student=here.yousaf.student, counsellor=here.reyes, words=WORDS
    )
    return video, room, wish


def fields_of(row: object) -> list[tuple[object, object]]:
    return [(model, field) for model, field in sealed_fields() if isinstance(row, model)]


def everything() -> str:
    """All rows of all tables, as a thief with the database reads them; on SQLite the file's own bytes as well."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(str(cursor.fetchall()))
    if connection.vendor == "sqlite":
        found.append(connection.connection.serialize().decode("latin-1"))
    return "\n".join(found)


def again[M: (Worry, Restriction, Account, Attachment)](row: M) -> M:
    return type(row)._default_manager.get(pk=row.pk)


def closed_with() -> set[str]:
    """The names of the data keys in use."""
    return {
        vault.key_of(text)
        for model, field in sealed_fields()
        for text in model._default_manager.values_list(field.attname, flat=True)
    }


def all_read_as_written(worry: Worry, order: Restriction, phone: Account, note: Attachment) -> bool:
    said = {again(worry).words, again(worry).outcome, again(order).evidence, *again(phone).secrets.values()}
    return said == {WORDS} and again(note).url.endswith(CANARY)


@on_both_databases
def test_no_canary_of_a_sealed_field_is_in_the_database(town: Town) -> None:
    rows = fill(town)
    dump = everything()
    assert "maple-street" in dump  # it would be seen
    assert CANARY not in dump
    assert all_read_as_written(*rows)


@on_both_databases
def test_a_seal_that_is_moved_does_not_open(town: Town) -> None:
    """To another field, another row, another school: each is another place."""
    worry, order, *_ = fill(town)
    other = cast.maple_street("oak-lane")
    with school_context(town.school, other):
        stranger = cast.home(other, 2).restrict()
        second = cast.home(town.school, 3).restrict()
        closed = Restriction.objects.values_list("evidence", flat=True).get(pk=order.pk)
        for row in (second, stranger):
            assert Restriction.objects.filter(pk=row.pk).update(evidence=closed) == 1
            with pytest.raises(WrongSeal):
                assert again(row).evidence
        Worry.objects.update(outcome=Worry.objects.values_list("words", flat=True).get())
        assert again(worry).words == WORDS
        with pytest.raises(WrongSeal):
            assert again(worry).outcome


@on_both_databases
def test_every_key_can_be_changed_and_the_old_ones_thrown_away(town: Town) -> None:
    with override_settings(SEAL_KEY="one"):
        rows = fill(town)
        before = SchoolKey.objects.get().key
    with override_settings(SEAL_KEY="two", FORMER_SEAL_KEYS=["one"]):
        assert [finding.severity for finding in school_findings(town.school)] == ["look"]
        done = rotate(town.school, now=school_time.now())
        assert (done.fields, done.wrapped, done.dropped) == (15, 1, 0)
        assert list(school_findings(town.school)) == []
    vault.forget()
    with override_settings(SEAL_KEY="two", FORMER_SEAL_KEYS=[]):
        assert all_read_as_written(*rows)
        assert before not in closed_with()
        done = rotate(town.school, now=school_time.now() + 2 * KEPT_AFTER, data=False)
        assert (done.fields, done.wrapped, done.dropped) == (0, 0, 1)
        vault.forget()
        assert all_read_as_written(*rows)
        assert {SchoolKey.objects.get().key} == closed_with() != {before}


@pytest.mark.django_db
def test_a_lost_seal_key_is_said_and_loses_nothing(town: Town) -> None:
    with override_settings(SEAL_KEY="one"):
        rows = fill(town)
    vault.forget()
    with override_settings(SEAL_KEY="two", FORMER_SEAL_KEYS=[]):
        with pytest.raises(WrongSeal, match="PORCHLIGHT_SEAL_KEY"):
            assert again(rows[0]).words
        assert [finding.severity for finding in school_findings(town.school)] == ["wrong"]
        with pytest.raises(CommandError, match="maple-street"):
            call_command("keys", "rotate")
    with override_settings(SEAL_KEY="one"):
        assert all_read_as_written(*rows)
        call_command("keys", "rotate", "--school", "maple-street")
    with pytest.raises(CommandError, match="no school elsewhere"):
        call_command("keys", "rotate", "--school", "elsewhere")


@pytest.mark.django_db
def test_what_an_older_version_kept_plain_is_found_and_sealed(town: Town) -> None:
    _worry, order, *_ = fill(town)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE families_restriction SET evidence = 'order 7 seen'")
    with pytest.raises(WrongSeal, match="keys rotate"):
        assert again(order).evidence
    assert [finding.severity for finding in school_findings(town.school)] == ["wrong"]
    rotate(town.school, now=school_time.now())
    assert again(order).evidence == "order 7 seen"
    assert list(school_findings(town.school)) == []


@pytest.mark.django_db
def test_words_never_slip_past_the_seal(town: Town) -> None:
    worry, *_ = fill(town)
    with pytest.raises(TypeError, match="save the row"), transaction.atomic():
        Worry.objects.update(words="plain")
    worry.words = "other words"
    worry.save(update_fields=["words"])
    worry.refresh_from_db()
    assert worry.words == "other words"
    unseen = again(worry)
    unseen.save()  # nobody opened it: it goes back as it came
    assert again(worry).outcome == WORDS


def test_every_field_of_the_highest_tier_is_sealed_or_says_why_not() -> None:
    kept = {(model, field.attname) for model, field in sealed_fields()}
    plain = {
        (model, name)
        for model in tenant_models()
        for name, tier in model.tiers.items()
        if tier is Tier.L3 and (model, name) not in kept
    }
    assert plain == {(model, name) for model in tenant_models() for name in model.plain_because}
