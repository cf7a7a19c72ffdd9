"""What the office does about engines: an account, whom to trust with which pair, a test."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from porchlight.activity.record import record
from porchlight.languages.company_accounts import change_account, close_account, open_account
from porchlight.languages.engines import registry
from porchlight.languages.models import EngineAccount, TrustedPair
from porchlight.languages.pairs import plain
from porchlight.languages.tasks import translate_waiting
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

TEST = {"en": "The school trip is on 14 May at 9:30. Please bring water."}
OTHERWISE = "en"


def open_engine(
    *, school: School, engine: str, settings: Mapping[str, str], secrets: Mapping[str, str], by: Actor
) -> EngineAccount:
    """A new account. Nothing goes there before the school trusts it with a pair. Raises UnknownEngine."""
    registry.get(engine)
    account = EngineAccount(school=school, engine=engine, settings=dict(settings))
    open_account(account, secrets=secrets, by=by, engine=engine)
    return account


def change_engine(
    account: EngineAccount, *, settings: Mapping[str, str], secrets: Mapping[str, str], by: Actor
) -> None:
    """As any account; what was used up is taken to be bought anew."""
    account.rests_until = None
    change_account(account, settings=settings, secrets=secrets, by=by)


@transaction.atomic
def close_engine(account: EngineAccount, *, by: Actor, now: datetime) -> None:
    """As any account; people translate its pairs."""
    account.pairs.all().delete()
    close_account(account, by=by, now=now)


@transaction.atomic
def trust(
    *, school: School, source: str, target: str, account: EngineAccount | None, by: Actor, now: datetime
) -> None:
    """From now on this engine translates the pair; with None, people do."""
    pair = {"source": plain(source), "target": plain(target)}
    rows = TrustedPair.objects.in_school(school).filter(**pair)
    if account is None:
        gone = list(rows.select_related("account"))
        rows.delete()
        for row in gone:
            record("engine.trust_ended", about=row.account, by=by, **pair)
        return
    TrustedPair.objects.update_or_create(
        school=school,
        source=plain(source),
        target=plain(target),
        defaults={"account": account, "set_by_id": by.post_id, "set_at": now},
    )
    record("engine.trusted", about=account, by=by, **pair)


@transaction.atomic
def try_it(account: EngineAccount, *, target: str, by: Actor, now: datetime) -> None:
    """Have a made-up sentence translated; the account's page says what came back."""
    account.test = {"source": OTHERWISE, "target": plain(target), "text": TEST[OTHERWISE]}
    account.test_wanted_at = now
    account.save(update_fields=["test", "test_wanted_at"])
    record("engine.tried", about=account, by=by, target=plain(target))
    school_id, account_id = account.school_id, account.pk
    transaction.on_commit(lambda: translate_waiting.enqueue(school_id, account_id))
