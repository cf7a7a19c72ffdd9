"""T32. One announcement to many homes: what goes over the wire to one names no other, and there are no groups.

`PORCHLIGHT_T32_FAMILIES=500` sends to five hundred; a few are enough to find a list of recipients.
"""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from porchlight.conversations.audience import Audience, AudienceKind
from porchlight.conversations.notices import Draft, approve, release, write
from porchlight.conversations.tests.conftest import Town, _gateways, town
from porchlight.delivery.gateways import registry
from porchlight.delivery.gateways.email.compose import compose
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.tests.loopback import Loopback
from porchlight.delivery.models import Delivery
from porchlight.delivery.outbox.carriers import carrier_of
from porchlight.delivery.outbox.checking import check
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address
from tests.house import HOUSE, is_test

__all__ = ["_gateways", "town"]
FAMILIES = int(os.environ.get("PORCHLIGHT_T32_FAMILIES", "12"))
WAYS = ("sms", "whatsapp", "email")
HTTP = {
    "whatsapp_cloud": {"phone_number_id": "1", "templates": "porchlight_notice en\nporchlight_general en"},
    "twilio_sms": {"account_sid": "AC1"},
}
SECRETS = {"access_token": "t", "app_secret": "s", "verify_token": "v", "auth_token": "a"}


@pytest.fixture
def on_every_way(town: Town, settings: LazySettings) -> Town:
    """As many homes as asked, on texts, WhatsApp and mail in turn."""
    settings.PORCHLIGHT_GATEWAYS = [
        f"porchlight.delivery.gateways.{name}" for name in ("whatsapp_cloud", "twilio_sms", "email")
    ]
    registry.all_gateways.cache_clear()
    town.phone.closed_at = TUESDAY
    town.phone.save()
    for name, fields in HTTP.items():
        cast.account(town.school, name, label=name, sender="+441632960001", settings=fields, secrets=SECRETS)
    mail = {"host": "mail.example.org", "reply_mailbox": "reply@in.example.org", "provider": "postmark"}
    cast.account(town.school, "email", label="Mail", sender="office@maple.example.org", settings=mail)
    for number in range(2, FAMILIES + 2):
        town.home(number, channel=WAYS[number % 3], name=f"Surname{number:05d} Family")
    return town


async def leaves(rows: list[tuple[Delivery, object, object]]) -> list[bytes]:
    """The very bytes of each: of a request with its address and headers, of a mail with its envelope."""
    found = []
    async with Loopback() as server, Http() as http:
        for row, carrier, outgoing in rows:
            if row.channel == "email":
                found.append(compose(carrier.credentials, outgoing, now=TUESDAY))
                continue
            carrier.credentials.settings["base_url"] = server.base_url
            server.received.clear()
            await carrier.gateway.send(http, carrier.credentials, outgoing)
            [request] = server.received
            head = f"{request.method} {request.path} {dict(request.headers)}".encode()
            found.append(head + request.body)
    return found


def test_t32_nothing_that_leaves_names_another_home(on_every_way: Town) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        audience = Audience(AudienceKind.CLASSES, (on_every_way.class_4a.key,))
        notice = write(
            Draft("Bring water on Friday.", "en", audience),
            school=on_every_way.school,
            by=on_every_way.amal.actor(),
            now=TUESDAY,
        )
        if release(
            notice, by=on_every_way.amal.actor(), now=TUESDAY
        ).needs_approval:  # so many homes: a second person
            approve(notice, by=on_every_way.okafor.actor(), now=TUESDAY)
        sent = list(Delivery.objects.select_related("address", "parcel__guardian").order_by("pk"))
        checked = {row.id: row for row, _ in check(on_every_way.school.pk, [one.pk for one in sent], TUESDAY)}
        carriers: dict = {}
        rows = []
        for one in sent:
            carrier = carrier_of(one.account_id, carriers)
            rows.append((one, carrier, carrier.outgoing(checked[one.pk])))
        payloads = asyncio.run(leaves(rows))
    assert {one.channel for one in sent} == set(WAYS)
    assert len(sent) >= FAMILIES
    marks = {one.pk: (one.address.value.lstrip("+"), one.parcel.guardian.name) for one in sent}
    for one, payload in zip(sent, payloads, strict=True):
        text = payload.decode("utf-8", "replace")
        assert marks[one.pk][0] in text.replace("%2B", "")  # so that something could have been found
        others = [mark for pk, (value, name) in marks.items() if pk != one.pk for mark in (value, name)]
        assert [mark for mark in others if mark in text] == []
        assert not re.search(r"(?im)^(cc|bcc):", text)
        if one.channel == "email":
            [to] = re.findall(r"(?im)^to: (.*)$", text)
            assert "," not in to
    assert Address.objects.count() >= FAMILIES


def test_t32_no_code_of_ours_speaks_of_whatsapp_groups() -> None:
    """Groups show every member's number to every other; the interface for them is called nowhere."""
    calls = re.compile(
        r"""["']/?groups["'/]|recipient_type["']?\s*[:=]\s*["']group|header\(\s*["']B?cc["']""",
        re.I,
    )
    found = [
        f"{path.relative_to(HOUSE)}:{number}"
        for path in sorted(HOUSE.rglob("*.py"))
        if not is_test(path) and "gateways" in path.parts
        for number, line in enumerate(Path(path).read_text().splitlines(), 1)
        if calls.search(line)
    ]
    assert found == []
    assert calls.search('{"recipient_type": "group"}')
