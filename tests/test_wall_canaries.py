"""T2, T3. Three schools, a mark in every text of each: nothing that anybody is given bears another school's mark.

On PostgreSQL, as the application's role, with real transactions: people of all schools walk about at random, with keys
of any school, and write. Once as the house is, once with every filter of the application taken out: then the wall
stands alone. PORCHLIGHT_WALL_STEPS says how many steps; the heavy run takes 2,000.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from psycopg import sql

from porchlight.operations.logs.records import logging_config
from porchlight.schools.install import tenant_models
from porchlight.schools.models import TenantQuerySet
from tests.doors.forms import WORDS, forms_of
from tests.doors.pages import PAGES, Page
from tests.doors.seen import text_of
from tests.doors.table import read
from tests.doors.walking import MARKS, Street, built
from tests.full_school.keys import keys_of
from tests.full_school.people import NOW, FullSchool, cookie_of
from tests.plugins.postgres import Postgres

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]
STEPS = int(os.environ.get("PORCHLIGHT_WALL_STEPS", "160"))
A_WALK = 20  # steps; the first walk of Hypothesis is the plainest there is
WALKED = [page for page in PAGES if page.of_a_school]
MOSTLY_OWN = st.sampled_from([0, 0, 1, 2])  # schools further than one's own
ANSWERS = read()
WHO = [
    "father",
    "restricted mother",
    "teacher",
    "office",
    "leader",
    "safeguarding lead",
    "interpreter",
    "child",
]


MOSTLY_OPEN = st.integers(0, 99)


def one_of(page: Page, drawn: int) -> str:
    """Three times in four somebody to whom the page opens, where there is one; else anybody."""
    opens_to = [who for who in WHO if ANSWERS.get((page.name, "GET", who)) == "200"]
    some = opens_to if opens_to and drawn >= 25 else WHO
    return some[drawn % len(some)]


class Lines(logging.Handler):
    """What a server would write into its log."""

    def __init__(self) -> None:
        super().__init__()
        made = logging.config.DictConfigurator({})
        self.setFormatter(made.configure_custom(dict(logging_config("json", "info")["formatters"]["record"])))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Walk(RuleBasedStateMachine):
    """Somebody of one school, at an address of one, with keys of one; any of the three each."""

    town: Street
    log: Lines
    cookies: dict[tuple[str, str], str]
    answered: list[str]

    @property
    def schools(self) -> list[FullSchool]:
        return [self.town.full, *self.town.others]

    @rule(
        page=st.sampled_from(WALKED),
        drawn=MOSTLY_OPEN,
        of=st.integers(0, 2),
        at=MOSTLY_OWN,
        keys=MOSTLY_OWN,
    )
    def looks(self, page: Page, drawn: int, of: int, at: int, keys: int) -> None:
        own, place, who = self.schools[of], self._next(of, at), one_of(page, drawn)
        path = self._path(page, place, self._next(of, keys))
        self._is_given(own, place, self._asks(own, who, "GET", path), page)

    @rule(
        page=st.sampled_from(WALKED),
        drawn=MOSTLY_OPEN,
        of=st.integers(0, 2),
        keys=MOSTLY_OWN,
        which=st.integers(0, 9),
    )
    def writes(self, page: Page, drawn: int, of: int, keys: int, which: int) -> None:
        """A form of a page of their own school, filled in with their own words and some school's keys."""
        own, theirs, who = self.schools[of], self._next(of, keys), one_of(page, drawn)
        shown = self._asks(own, who, "GET", self._path(page, own, own))
        found = [
            form for form in forms_of(shown.request["PATH_INFO"], text_of(shown)) if form.method == "POST"
        ]
        if shown.status_code != 200 or not found:
            return
        form = found[which % len(found)]
        pairs = {row.key: theirs.rows[model].key for model, row in own.rows.items() if hasattr(row, "key")}
        fields: dict[str, list[str]] = {}
        for name, value in form.fields:
            words = f"{own.mark}-L1-written" if value == WORDS else pairs.get(value, value)
            fields.setdefault(name, []).append(words)
        self._is_given(own, own, self._asks(own, who, "POST", form.action, fields), page)

    def _next(self, of: int, further: int) -> FullSchool:
        return self.schools[(of + further) % len(self.schools)]

    def _path(self, page: Page, at: FullSchool, keys: FullSchool) -> str:
        names = [name for name in page.keys if name != "school"]
        own = keys_of(page.name, names, keys) if names else {}
        try:
            return reverse(page.name, kwargs={"school": at.school.slug, **own})
        except NoReverseMatch:
            return "/no-such-page/"

    def _asks(
        self, of: FullSchool, who: str, method: str, path: str, data: object = None
    ) -> HttpResponseBase:
        cache.clear()
        key = (of.mark, who)
        if key not in self.cookies:
            self.cookies[key] = cookie_of(of.users[who])
        self.town.cookies["walker"] = {"porchlight-session": self.cookies[key]}
        sender = self.town.browser
        sender.cookies.clear()
        sender.cookies.load(self.town.cookies["walker"])
        response = getattr(sender, method.lower())(path, data or {})
        if response.streaming:
            response.text_of_it = b"".join(response.streaming_content)
        return response

    def _is_given(self, of: FullSchool, at: FullSchool, response: HttpResponseBase, page: Page) -> None:
        """Their own school's words, and the name of the school at whose door they stand."""
        self.answered.append(f"{page.name} {response.status_code}")
        body = f"{text_of(response)} {response.headers}".replace(f"{at.mark}-school", "")
        if page.opens_for is None:  # a secret opens it, whoever holds it: for its own school's words alone
            body = body.replace(at.mark, "")
        found = [one.mark for one in self.schools if one.mark in body and one is not of]
        told = [body[max(0, body.find(mark) - 60) : body.find(mark) + 60] for mark in found]
        assert found == [], f"{page.name}: {of.school.slug} was given {told}"

    @invariant()
    def no_word_of_anybody_is_in_a_log_a_cache_or_a_task(self) -> None:
        kept = [*self.log.lines, *(str(value) for value in getattr(cache, "_cache", {}).values())]
        self.log.lines.clear()
        assert [line for line in kept for mark in MARKS if f"{mark}-L" in line] == []

    @invariant()
    def no_mail_speaks_of_two_schools(self) -> None:
        for one in getattr(mail, "outbox", []):
            assert len([mark for mark in MARKS if mark in one.message().as_string()]) < 2


def unfiltered(patch: pytest.MonkeyPatch) -> None:
    """The application as if nobody had thought of filtering anything."""
    kinds = {type(model._default_manager.all()) for model in tenant_models()} | {TenantQuerySet}
    for kind in kinds:
        patch.setattr(kind, "visible_to", lambda rows, actor: rows)
        patch.setattr(kind, "in_school", lambda rows, school: rows)


@pytest.fixture
def walk(postgres: Postgres) -> Iterator[type[Walk]]:
    log = Lines()
    logging.getLogger().addHandler(log)
    with time_machine.travel(NOW, tick=False), ExitStack() as after:
        after.callback(logging.getLogger().removeHandler, log)
        town = built("maple-street", "oak-lane", "elm-park")
        log.lines.clear()
        yield type("AWalk", (Walk,), {"town": town, "log": log, "cookies": {}, "answered": []})


@pytest.mark.parametrize("filters", ["as they are", "taken out"])
def test_t2_t3_no_school_is_given_anothers_words(
    filters: str, walk: type[Walk], postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    if filters == "taken out":
        unfiltered(monkeypatch)
    few = settings(
        max_examples=max(1, STEPS // A_WALK), stateful_step_count=A_WALK, deadline=None, print_blob=False,
        suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate],
    )  # fmt: skip
    run_state_machine_as_test(walk, settings=few)
    opened = [one for one in walk.answered if one.endswith(" 200")]
    assert len(walk.answered) > STEPS // 4
    assert opened, f"nobody was shown anything: {sorted(walk.answered)}"
    assert rows_that_speak_of_others(postgres, walk) == []


def rows_that_speak_of_others(postgres: Postgres, walk: type[Walk]) -> list[str]:
    """Each row of each table, tasks too, read past the wall: whose it is, and whose mark it bears."""
    connection.close()
    own = {full.school.pk: full.mark for full in (walk.town.full, *walk.town.others)}
    found = []
    with psycopg.connect(postgres.administrator_url) as admin:
        for model in tenant_models():
            table = sql.Identifier(model._meta.db_table)
            rows = admin.execute(
                sql.SQL("SELECT school_id, row_to_json(each)::text FROM {} AS each").format(table)
            )
            found += [
                f"{model._meta.label}: {text}"
                for school, text in rows
                for mark in MARKS
                if mark in text and mark != own[school]
            ]
        for (table_name,) in admin.execute(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'django_ox%'"
        ).fetchall():
            rows = admin.execute(
                sql.SQL("SELECT row_to_json(each)::text FROM {} AS each").format(sql.Identifier(table_name))
            )
            found += [text for (text,) in rows if any(mark in text for mark in MARKS)]
    return found


def test_t3_without_a_context_there_is_not_one_row(walk: type[Walk], postgres: Postgres) -> None:
    """Though every table has rows of three schools in it."""
    full = 0
    with psycopg.connect(postgres.administrator_url) as admin, connection.cursor() as cursor:
        for model in tenant_models():
            table = model._meta.db_table
            [(have,)] = admin.execute(
                sql.SQL("SELECT count(DISTINCT school_id) FROM {}").format(sql.Identifier(table))
            )
            full += have == 3
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            assert (table, cursor.fetchone()) == (table, (0,))
    assert full == len(tenant_models())
