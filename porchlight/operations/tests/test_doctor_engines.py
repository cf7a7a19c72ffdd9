"""The doctor says which engine is held, has no key, or is trusted with a language that nobody here reads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from porchlight.delivery.tests import cast
from porchlight.languages.memory import ask, pair_of
from porchlight.languages.models import KnownLanguage
from porchlight.languages.trusting import open_engine, trust
from porchlight.operations.doctor.engines import school_findings
from porchlight.schools.actors import system
from porchlight.schools.models import StaffMember
from porchlight.schools.tiers import Tier
from porchlight.toolbox import school_time

pytestmark = pytest.mark.django_db


def test_everything_there_is_to_say_of_engines() -> None:
    school, now = cast.maple_street(), school_time.now()
    by = system(school.pk)

    def said(later: timedelta = timedelta()) -> list[str]:
        return [f"{one.severity}: {one.words}" for one in school_findings(school, now + later)]

    assert said() == []
    account = open_engine(school=school, engine="deepl", settings={}, secrets={}, by=by)
    assert said() == [
        "wrong: DeepL has no key.",
        "note: DeepL is trusted with no languages, so nothing goes there.",
    ]
    account.keep_secrets({"auth_key": "k"})
    account.held_at, account.held_reason = now, "The engine does not take our key."
    account.save()
    trust(school=school, source="en", target="ur", account=account, by=by, now=now)
    assert said() == [
        "wrong: DeepL: The engine does not take our key.",
        "look: DeepL is trusted with Urdu, and nobody is named who reads its translations.",
    ]
    account.held_at, account.held_reason = None, ""
    account.save()
    reyes = StaffMember.objects.create(school=school, name="Ms Reyes")
    KnownLanguage.objects.create(school=school, staff=reyes, language="ur", checks=True)
    assert ask(pair_of(school, "en", "ur"), "Come.", tier=Tier.L0, now=now)
    assert said() == []
    assert said(timedelta(minutes=11)) == ["look: 1 sentence waits for an engine for more than ten minutes."]
    account.rests_until = now + timedelta(hours=1)
    account.save()
    assert said() == ["look: DeepL: what was bought there is used up."]
    account.sealed_secrets = "1.other"
    account.save()
    assert said()[0].startswith("wrong: DeepL: its key cannot be read.")
