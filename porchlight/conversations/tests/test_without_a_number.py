"""T12. Who writes on WhatsApp under a name, without a number: kept, and shown to the office as somebody unknown."""

from __future__ import annotations

from porchlight.conversations.models import Message, TriageItem, TriageReason
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import InboundEvent
from porchlight.delivery.tests import cast
from porchlight.delivery.tests.hooks import post, process, value


def test_words_without_a_number_lie_in_the_offices_tray(town: Town) -> None:
    account = cast.account(
        town.school, "whatsapp_cloud", label="WhatsApp", sender="+441632960001",
        settings={"phone_number_id": "106540352242922"},
        secrets={"access_token": "t", "app_secret": "a" * 32, "verify_token": "v" * 20},
    )  # fmt: skip
    message = {
        "from_user_id": "GB.13491208655302741918", "id": "wamid.1", "timestamp": "1791900600", "type": "text",
        "text": {"body": "Hamza is ill"}, "of_tomorrow": {"nobody": ["knows"]},
    }  # fmt: skip
    contact = {"profile": {"name": "Yousaf", "username": "yousaf"}, "user_id": message["from_user_id"]}
    assert post(account, value(messages=[message], contacts=[contact])).status_code == 200
    process()
    item = TriageItem.objects.get()
    assert (item.reason, item.text) == (TriageReason.UNKNOWN_SENDER, "Hamza is ill")
    assert not Message.objects.exists()
    assert not InboundEvent.objects.filter(outcome__startswith="failed").exists()
