"""What only WhatsApp does in the practice town: the handshake, families without a number, templates, new numbers."""

from __future__ import annotations

import pytest

from porchlight.delivery.gateways.contract import (
    Accepted,
    Advice,
    ApprovedTemplate,
    Heard,
    IdentityChanged,
    Outgoing,
    Receipt,
    Refused,
    Sender,
    Status,
    TemplateChanged,
)
from porchlight.delivery.gateways.tests.test_practice_town import School, in_school
from porchlight.delivery.gateways.whatsapp_cloud.tests.contract_cases import TABLE

HIDDEN = {
    "id": "amina",
    "owner": "Amina",
    "username": "amina.k",
    "user_id": "GB.7711",
    "channels": ["whatsapp"],
}


async def send(school: School, to: str, text: str = "", **more: object) -> object:
    outgoing = Outgoing("k7mxq2", to, text, "en", **more)
    return await school.table.gateway.send(school.line, school.account, outgoing)


@pytest.mark.parametrize(("token", "verified"), [("", True), ("another word", False)])
def test_the_handshake_is_answered_for_the_right_word_alone(token, verified):
    async def story(school: School) -> None:
        if token:
            school.account.secrets["verify_token"] = token
        assert await school.control("accounts/school/verification/") == {"verified": verified}

    in_school(TABLE, story)


def test_a_family_that_shows_no_number_is_heard_and_answered_by_its_user_id():
    async def story(school: School) -> None:
        await school.control("phones/", **HIDDEN)
        await school.control("phones/amina/answers/", channel="whatsapp", text="Salaam")
        [heard] = await school.settle()
        assert isinstance(heard, Heard)
        assert heard.sender == Sender(user_id="GB.7711", name="Amina")
        assert isinstance(await send(school, "GB.7711", "Walaikum salaam", to_is_user_id=True), Accepted)
        receipts = [event for event in await school.settle() if isinstance(event, Receipt)]
        assert receipts[-1].status == Status.DELIVERED
        assert {(one.reference, one.sender.user_id, one.sender.number) for one in receipts} == {
            ("k7mxq2", "GB.7711", "")
        }

    in_school(TABLE, story)


def test_outside_the_window_only_a_template_goes_out_and_a_paused_one_is_told():
    async def story(school: School) -> None:
        await school.control("phones/", id="sara", owner="Sara", number="+447700900124")
        refused = await send(school, "+447700900124", "Hello")
        assert (type(refused), refused.advice) == (Refused, Advice.NEEDS_TEMPLATE)
        notice = ApprovedTemplate("school_notice", "en", ("Hamza",))
        assert isinstance(await send(school, "+447700900124", template=notice), Accepted)
        await school.settle()
        told = {"name": "school_notice", "language": "en", "status": "PAUSED"}
        await school.control("accounts/school/templates/", **told)
        [paused] = await school.settle()
        assert isinstance(paused, TemplateChanged)
        assert (paused.name, paused.language, paused.status) == ("school_notice", "en", "PAUSED")
        held = await send(school, "+447700900124", template=notice)
        assert (type(held), held.advice) == (Refused, Advice.STAFF_MUST_ACT)

    in_school(TABLE, story)


def test_a_template_moved_to_marketing_is_told():
    async def story(school: School) -> None:
        told = {"name": "school_notice", "language": "en", "category": "MARKETING"}
        await school.control("accounts/school/templates/", **told)
        [moved] = [event for event in await school.settle() if isinstance(event, TemplateChanged)]
        assert (moved.name, moved.category) == ("school_notice", "MARKETING")

    in_school(TABLE, story)


def test_a_family_that_takes_a_new_number_is_told():
    async def story(school: School) -> None:
        await school.control("phones/yousaf/number/", number="+447700900777")
        [changed] = [event for event in await school.settle() if isinstance(event, IdentityChanged)]
        assert (changed.old.number, changed.new.number) == ("+447700900123", "+447700900777")

    in_school(TABLE, story)


def test_a_code_goes_out_as_whatsapp_wants_codes():
    async def story(school: School) -> None:
        await school.control("phones/", id="sara", owner="Sara", number="+447700900124")
        kind = {"name": "porchlight_code", "language": "ur", "category": "AUTHENTICATION"}
        await school.control("accounts/school/templates/", **kind)
        await school.settle()
        code = ApprovedTemplate("porchlight_code", "ur", code="482913")
        assert isinstance(await send(school, "+447700900124", template=code), Accepted)
        for not_a_code in (("482913",), ()):
            notice = ApprovedTemplate("porchlight_code", "ur", not_a_code)
            refused = await send(school, "+447700900124", template=notice)
            assert isinstance(refused, Refused)

    in_school(TABLE, story)
