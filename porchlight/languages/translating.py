"""What a worker does for one account: sentences that wait are claimed, carried to the engine, checked and kept.

No transaction is open while the engine thinks. A lease keeps two workers from paying twice; after a crash it ends.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from porchlight.accounts.limits import Rate, take
from porchlight.languages.checks import doubts
from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import Access, Advice, CannotTranslate, Engine
from porchlight.languages.engines.wire import translate
from porchlight.languages.models import EngineAccount, Sentence, Term
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time
from porchlight.toolbox.jitter import pause
from porchlight.toolbox.sealed import WrongSeal

LEASE = timedelta(minutes=2)
MOST_LETTERS = 4_000  # in one request
MOST_ROUNDS = 40  # in one task; then others have their turn
REST = timedelta(hours=1)  # when what was bought is used up
AGAIN = Rate(1, timedelta(seconds=10))  # a call for one account; the first came with the words themselves

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """Sentences of one pair, ours for as long as the lease."""

    rows: Sequence[Sentence]
    source: str
    target: str
    engine: Engine
    access: Access


def call_engines(school: School, now: datetime) -> None:
    """A job of the rounds: whatever waits is begun, also when the first call was lost on its way."""
    from porchlight.languages.tasks import translate_waiting

    wanted = Sentence.objects.in_school(school).wanted(now=now).values("source", "target").order_by()
    pairs = {(row["source"], row["target"]) for row in wanted.distinct()}
    accounts = EngineAccount.objects.in_school(school).open()
    for account in accounts.prefetch_related("pairs"):
        has_words = any((pair.source, pair.target) in pairs for pair in account.pairs.all())
        is_due = (has_words and account.works(now)) or account.test_wanted_at is not None
        if is_due and take(f"translating:{account.pk}", AGAIN, now=now):
            translate_waiting.enqueue(school.pk, account.pk)


def work(school_id: int, account_id: int) -> int:
    """Translate what waits for this account. Returns how many sentences came back."""
    try_sentence(school_id, account_id)
    made = 0
    for _round in range(MOST_ROUNDS):
        claim = _claim(school_id, account_id)
        if claim is None:
            break
        made += _carry(school_id, account_id, claim)
    return made


def _claim(school_id: int, account_id: int) -> Claim | None:
    now = school_time.now()
    with school_context(school_id):
        account = EngineAccount.objects.in_school(school_id).open().filter(pk=account_id).first()
        rows = _wanted_of(account, now) if account is not None and account.works(now) else []
        if account is None or not rows:
            return None
        try:
            access = account.access
        except WrongSeal as seal:
            account.hold("seal", str(seal), now=now)
            return None
        Sentence.objects.filter(pk__in=[row.pk for row in rows]).update(lease_until=now + LEASE)
        account.letters += sum(len(row.text) for row in rows)
        account.save(update_fields=["letters"])
        return Claim(rows, rows[0].source, rows[0].target, account.adapter, access)


def _wanted_of(account: EngineAccount, now: datetime) -> list[Sentence]:
    """The sentences of one request: of one pair, as many as the engine takes, those that failed apart from the rest."""
    trusted = [Q(source=pair.source, target=pair.target) for pair in account.pairs.all()]
    if not trusted:
        return []
    wanted = Sentence.objects.in_school(account.school_id).wanted(now=now).filter(reduce(or_, trusted))
    if account.personal_since is None:
        wanted = wanted.filter(is_personal=False)
    first = wanted.select_for_update().first()
    if first is None:
        return []
    same = wanted.filter(source=first.source, target=first.target, tries=first.tries).select_for_update()
    rows, letters = list[Sentence](), 0
    for row in same[: account.adapter.most]:
        letters += len(row.text)
        if rows and letters > MOST_LETTERS:
            break
        rows.append(row)
    return rows


def _carry(school_id: int, account_id: int, claim: Claim) -> int:
    try:
        answers = translate(
            claim.engine, [row.text for row in claim.rows], claim.source, claim.target, claim.access
        )
    except CannotTranslate as problem:
        log.info("%s did not translate: %s", claim.engine.name, problem.code)
        with school_context(school_id):
            _put_off(school_id, account_id, claim, problem)
        return 0
    with school_context(school_id):
        _keep(school_id, claim, answers)
    return len(answers)


def _keep(school_id: int, claim: Claim, answers: Sequence[str]) -> None:
    now = school_time.now()
    terms = list(
        Term.objects.in_school(school_id)
        .filter(source=claim.source, target=claim.target)
        .exclude(translation="")
    )
    for row, answer in zip(claim.rows, answers, strict=True):
        fresh = Sentence.objects.select_for_update().filter(pk=row.pk, made_at=None).first()
        if fresh is None:  # a person was quicker
            continue
        if answer.strip():
            fresh.translated, fresh.made_at, fresh.engine = answer, now, claim.engine.name
            fresh.doubts = doubts(row.text, answer, claim.target, terms)
        else:
            fresh.trouble = "empty"
        fresh.lease_until = None
        fresh.save()


def _put_off(school_id: int, account_id: int, claim: Claim, problem: CannotTranslate) -> None:
    """What a refusal means for the sentences and for the account."""
    now = school_time.now()
    rows = Sentence.objects.in_school(school_id).filter(pk__in=[row.pk for row in claim.rows])
    account = EngineAccount.objects.in_school(school_id).get(pk=account_id)
    advice, tries = problem.meaning.advice, claim.rows[0].tries + 1
    if advice is Advice.STAFF_MUST_ACT:
        account.hold(problem.code, problem.meaning.words, now=now)
    elif advice is Advice.LATER:
        account.rests_until = now + max(REST, timedelta(seconds=problem.retry_after or 0))
        account.save(update_fields=["rests_until"])
    elif advice is Advice.AGAIN and (wait := _wait(claim, tries, problem)) is not None:
        rows.update(tries=tries, due_at=now + timedelta(seconds=wait))
    elif advice is Advice.NOT_THIS and len(claim.rows) > 1 and problem.meaning is not meanings.NOT_THIS_PAIR:
        for place, row in enumerate(claim.rows):  # one of them is at fault: each goes alone
            rows.filter(pk=row.pk).update(tries=tries + place, due_at=now)
    else:
        rows.update(trouble=problem.code[:60], tries=tries)
    rows.update(lease_until=None)


def _wait(claim: Claim, tries: int, problem: CannotTranslate) -> float | None:
    return pause(tries, seed=f"sentence:{claim.rows[0].pk}", retry_after=problem.retry_after)


def try_sentence(school_id: int, account_id: int) -> None:
    """Somebody pressed "try it": a sentence made up for it goes there, and the page says what came back."""
    with school_context(school_id):
        account = EngineAccount.objects.in_school(school_id).open().filter(pk=account_id).first()
        if account is None or account.test_wanted_at is None:
            return
        test, engine = dict(account.test), account.adapter
        try:
            access = account.access
        except WrongSeal as seal:
            access, test["trouble"] = None, str(seal)
    if access is not None:
        try:
            (test["said"],) = translate(engine, [test["text"]], test["source"], test["target"], access)
        except CannotTranslate as problem:
            test["trouble"], test["code"] = problem.meaning.words, problem.code
    with school_context(school_id):
        rows = EngineAccount.objects.in_school(school_id).filter(pk=account_id)
        rows.update(test=test, test_wanted_at=None)
        if "said" in test:
            rows.update(held_at=None, held_reason="", held_code="", rests_until=None)
