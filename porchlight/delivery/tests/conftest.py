from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from porchlight.delivery.gateways import registry
from porchlight.delivery.tests import cast
from porchlight.schools.models import School


@pytest.fixture(autouse=True)
def _gateways(settings: LazySettings) -> Iterator[None]:
    settings.PORCHLIGHT_GATEWAYS = [
        f"porchlight.delivery.gateways.{name}" for name in ("whatsapp_cloud", "twilio_sms", "office_phone")
    ]
    registry.all_gateways.cache_clear()
    yield
    registry.all_gateways.cache_clear()


@pytest.fixture
def school(db: None) -> School:
    return cast.maple_street()
