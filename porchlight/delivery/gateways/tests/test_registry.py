"""Adding a gateway changes one folder and one line of the settings."""

from collections.abc import Iterator

import pytest

from porchlight.delivery.gateways import registry


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    registry.all_gateways.cache_clear()
    yield
    registry.all_gateways.cache_clear()


def test_the_settings_line_decides_which_gateways_there_are(settings):
    settings.PORCHLIGHT_GATEWAYS = ["porchlight.delivery.gateways.twilio_sms"]
    assert list(registry.all_gateways()) == ["twilio_sms"]
    assert registry.get("twilio_sms").channel == "sms"


def test_a_gateway_that_is_not_switched_on_is_named_with_those_that_are(settings):
    settings.PORCHLIGHT_GATEWAYS = ["porchlight.delivery.gateways.twilio_sms"]
    with pytest.raises(registry.UnknownGateway, match="No gateway 'pigeon' here; switched on: twilio_sms"):
        registry.get("pigeon")
