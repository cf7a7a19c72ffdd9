"""T35. Leaders and safeguarding see who looked at what, and can tell a family."""

from __future__ import annotations

import pytest

from porchlight.accounts.tests.browsers import browser_of
from porchlight.activity.looks import write_look
from porchlight.conversations.tests.conftest import Town, staff, town
from porchlight.operations.many_people import MANY_SEEN, raise_alarm
from porchlight.schools.actors import Role

__all__ = ["town"]  # fixtures

PATH = "/maple-street/settings/looks/"


@pytest.mark.django_db
def test_the_page_tells_who_saw_what_of_which_child_and_why(town: Town) -> None:
    other = town.home(2)
    for home, by, why in ((town.yousaf, town.okafor, ""), (other, town.reyes, "The nurse asked.")):
        write_look(by=by.actor(), page="a:page", shown={home.address: 2}, why=why)
    raise_alarm(town.school, MANY_SEEN, by=town.okafor.actor())
    leader = browser_of(staff(town.school, "Ms Head", Role.LEADER))
    whole = leader.get(PATH).content.decode()
    for words in (
        "Mrs Okafor",
        "Ms Reyes",
        "a number or mailbox",
        "The nurse asked.",
        "more than 500 people",
    ):
        assert words in whole
    found = leader.get(PATH, {"find": "hamza"}).content.decode()
    assert f"?child={town.yousaf.student.key}" in found
    alone = leader.get(PATH, {"child": town.yousaf.student.key}).content.decode()
    assert ("The nurse asked." in alone, "Hamza Yousaf" in alone) == (False, True)
    assert leader.get(PATH, {"child": "nobody234567"}).status_code == 404
    assert "No child has this name." in leader.get(PATH, {"find": "zzz"}).content.decode()
    assert browser_of(town.okafor).get(PATH).status_code == 404
