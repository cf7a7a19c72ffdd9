"""An address with a sign that no database looks for breaks no page, on either database."""

from __future__ import annotations

import pytest
from django.test import Client

from porchlight.conversations.tests.conftest import Town, _gateways, on_both_databases, town

__all__ = ["_gateways", "town"]  # fixtures
pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/%00/",
    "/maple-street%00/desk/",
    "/hooks/stop/maple-street/%00/",
    "/maple-street/start/?next=%00",
)


@on_both_databases
def test_a_nul_in_an_address_is_a_bad_request_and_no_broken_page(town: Town) -> None:
    asking = Client(raise_request_exception=False)
    assert {path: asking.get(path).status_code for path in ADDRESSES} == dict.fromkeys(ADDRESSES, 400)
    assert asking.get("/hooks/stop/maple-street/nothing/").status_code == 404
