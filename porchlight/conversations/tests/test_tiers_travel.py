"""T7. Words of the two upper tiers never stand in what leaves: no body, subject, template's variable, address or log."""

from __future__ import annotations

import json
import logging

import pytest
from django.conf import LazySettings

from porchlight.conversations.tell import tell
from porchlight.conversations.tests.conftest import Town, on_both_databases
from porchlight.conversations.utterance import Utterance
from porchlight.conversations.wording import Words
from porchlight.delivery.content import Recipient
from porchlight.delivery.gateways import registry
from porchlight.delivery.models import Delivery, Parcel
from porchlight.delivery.tests import cast
from porchlight.families.models import AddressState
from porchlight.schools.tiers import Tier

pytestmark = on_both_databases
CANARY = "canary-7q2x"
WAYS = ("sms", "whatsapp", "email")


@pytest.mark.parametrize("urgent", [False, True])
def test_t7_personal_words_and_those_of_safeguarding_stay(
    town: Town, urgent: bool, caplog: pytest.LogCaptureFixture, settings: LazySettings
) -> None:
    settings.PORCHLIGHT_GATEWAYS = [*settings.PORCHLIGHT_GATEWAYS, "porchlight.delivery.gateways.email"]
    registry.all_gateways.cache_clear()
    cast.account(town.school, "email", label="Mail")
    approved = {"templates": "porchlight_notice en\nporchlight_general en"}
    cast.account(town.school, "whatsapp_cloud", label="WhatsApp", settings=approved)
    homes = [town.home(number, channel=channel) for number, channel in enumerate(WAYS, 20)]
    demoted = town.home(30)
    demoted.address.state = AddressState.NOTICE_ONLY
    demoted.address.save()
    homes.append(demoted)
    seen: dict[Tier, int] = {}
    with caplog.at_level(logging.DEBUG):
        for tier in (Tier.L1, Tier.L2, Tier.L3):
            before = Delivery.objects.count()
            tell(
                school=town.school,
                recipients=[Recipient(home.guardian, (home.student,)) for home in homes],
                utterance=said(tier, urgent),
                by=town.amal.actor(),
                now=cast.TUESDAY,
            )
            seen[tier] = Delivery.objects.count() - before
    assert {one.channel for one in Delivery.objects.all()} == {*WAYS}
    assert seen[Tier.L1] == seen[Tier.L2] == len(homes)
    assert seen[Tier.L3] == 1  # whose number may be another's by now is asked to ring, and told nothing
    leaves = [
        json.dumps([one.body, one.attempts, one.to, one.reference, one.detail, one.parcel.page_path])
        for one in Delivery.objects.all()
    ]
    assert [
        one for one in leaves if f"{CANARY}-{Tier.L1.name}" in one
    ]  # so that something could have been found
    assert [one for one in leaves for tier in ("L2", "L3") if f"{CANARY}-{tier}" in one] == []
    assert CANARY not in caplog.text
    assert Parcel.objects.filter(tier=Tier.L2).exists()


def said(tier: Tier, urgent: bool) -> Utterance:
    words = f"{CANARY}-{tier.name}"
    reason = f"{words}-reason" if urgent and tier < Tier.L2 else ""
    return Utterance(
        words=Words(words, "en", {}), subject=f"{words}-subject", tier=tier, urgent_reason=reason
    )
