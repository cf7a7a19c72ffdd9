"""T2, T3. On PostgreSQL, as the application's role: a token opens its own school's wall, in requests and for workers."""

from __future__ import annotations

import pytest
from django.utils import timezone

from porchlight.api.models import Signal, SignalKind
from porchlight.api.tests.receiving import INSIDE, receiver
from porchlight.api.webhooks.sending import send_due
from porchlight.api.webhooks.subscribing import subscribe, try_it
from porchlight.conversations.tests.conftest import Town, on_both_databases

pytestmark = pytest.mark.django_db


@on_both_databases
def test_t3_the_wall_opens_for_the_tokens_own_school(town: Town, system, settings) -> None:
    library = system()
    assert library.reads("students")["items"][0]["name"] == town.yousaf.student.name
    for place in ("guardians", "classes", "threads", "messages", "deliveries", "asks", "notices", "rosters"):
        library.reads(place)
    forged = type(library)(library.secret.replace(f"plt_{town.school.pk}_", "plt_999999_"), library.token)
    assert forged.get("token").status_code == 401
    settings.WEBHOOKS_INSIDE = INSIDE
    with receiver() as there:
        made, secret = subscribe(
            school=town.school, by=library.token.made_by, url=there.url, kinds=[SignalKind.TEST]
        )
        try_it(made, now=timezone.now())
        assert send_due(town.school.pk, made.pk) == 1
        assert there.read(secret)[0]["type"] == "test"
    assert Signal.objects.get().told_at is not None
