"""`porchlight switch`: nothing leaves while it is off, and everything when it is on again. On both databases."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from porchlight.activity.models import Entry, EntryText
from porchlight.delivery.models import KillSwitch, Lane
from porchlight.delivery.outbox.lanes import waiting_lanes
from porchlight.operations.tests.conftest import NOW
from porchlight.schools.models import School

REASON = "--reason=a wrong text is going out"
pytestmark = pytest.mark.django_db
on_both = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres])]
)


def switch(*words: str) -> str:
    out = io.StringIO()
    call_command("switch", *words, stdout=out)
    return out.getvalue()


def may_leave() -> list[int]:
    """Accounts that a worker would serve now."""
    Lane.objects.update(due_at=NOW, served_at=None, tokens_at=None)
    return [turn.account_id for turn in waiting_lanes(NOW)]


@on_both
@pytest.mark.parametrize(
    ("where", "said"),
    [
        ([], "every channel at every school"),
        (["--channel=sms"], "sms at every school"),
        (["--school=maple-street"], "every channel at Maple Street School"),
        (["--school=maple-street", "--channel=sms"], "sms at Maple Street School"),
    ],
)
def test_off_holds_the_lanes_it_names_and_on_lets_them_go(
    where: list[str], said: str, database: str, maple: School
) -> None:
    [account] = may_leave()
    assert switch("off", *where, REASON) == f"Within five seconds nothing leaves for {said}. It waits.\n"
    assert may_leave() == []
    assert switch("on", *where, "--reason=mended") == f"What waited for {said} leaves now.\n"
    assert may_leave() == [account]


@on_both
@pytest.mark.parametrize("where", [["--channel=email"], ["--school=oak-lane"]])
def test_others_go_on(where: list[str], database: str, maple: School) -> None:
    School.objects.create(slug="oak-lane", name="Oak Lane School")
    before = may_leave()
    switch("off", *where, REASON)
    assert may_leave() == before != []


@on_both
def test_a_schools_switch_is_on_its_record_with_the_reason(database: str, maple: School) -> None:
    switch("off", "--school=maple-street", "--channel=sms", REASON)
    entry = Entry.objects.get(verb="delivery.stopped")
    assert (entry.actor_kind, entry.facts) == ("system", {"channel": "sms"})
    assert EntryText.objects.get(entry=entry).text == "a wrong text is going out"
    switch("on", "--school=maple-street", "--channel=sms", "--reason=mended")
    assert Entry.objects.filter(verb="delivery.resumed").count() == 1


def test_what_is_off_is_listed_and_another_switch_is_named_when_one_is_lifted(maple: School) -> None:
    switch("off", REASON)
    switch("off", "--channel=sms", "--reason=the bill is open")
    KillSwitch.objects.update(set_at=KillSwitch.objects.first().set_at)
    lines = switch("on", REASON).splitlines()
    assert lines[0] == "What waited for every channel at every school leaves now."
    assert lines[1].startswith("Off for sms at every school, ")
    assert lines[1].endswith(": the bill is open")
    assert switch("list").splitlines() == lines[1:]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["off", "--school=elm-road", REASON],
            "There is no school elm-road. `porchlight school list` names them.",
        ),
        (["off", "--reason= "], "Say why: --reason “a wrong text is going out”."),
        (
            ["on", "--channel=sms", REASON],
            "Nothing was switched off for sms at every school. See: porchlight switch list",
        ),
        (
            ["off", "--channel=pigeon", REASON],
            "There is no channel pigeon; there are whatsapp, sms, telegram, push, email, call, voice, paper.",
        ),
        (["off"], "the following arguments are required: --reason"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(
    words: list[str], said: str, maple: School
) -> None:
    with pytest.raises(CommandError) as refused:
        switch(*words)
    assert said in str(refused.value)
    assert KillSwitch.objects.count() == 0
