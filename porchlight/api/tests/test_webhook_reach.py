"""No webhook leads inside: not by its address, not by a name that leads there, not by a form of an address within another."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from porchlight.api.tests.receiving import INSIDE, receiver
from porchlight.api.webhooks.sending import _performed
from porchlight.toolbox.reach import NotPublic, check_url, is_reachable


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1",
        "239.1.1.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "maple", "",
    ],
)  # fmt: skip
def test_inside_is_not_reached(address: str) -> None:
    assert not is_reachable(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_the_open_internet_is(address: str) -> None:
    assert is_reachable(address)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.org/", "https"),
        ("ftp://example.org/", "https"),
        ("https://", "form"),
        ("https://a:b@example.org/", "form"),
        ("https://example.org/#x", "form"),
        ("https://example.org/a b", "form"),
        ("https://[::1", "form"),
        ("https://example.org:22/", "port"),
        ("https://127.0.0.1/", "inside"),
        ("https://[::1]/", "inside"),
    ],
)
def test_an_address_that_is_none_of_those_says_why(url: str, why: str) -> None:
    with pytest.raises(NotPublic, match=why):
        check_url(url)


def test_a_name_that_leads_inside_is_stopped_at_the_connection() -> None:
    """`localhost` is looked up like any name; what it leads to is asked about, and no request is made."""
    with receiver() as there:
        result = _performed(there.url.replace("127.0.0.1", "localhost"), b"{}", {})
        assert (result.code, there.got) == ("not_public", [])


def test_what_whoever_runs_the_server_named_is_reached(settings: LazySettings) -> None:
    settings.WEBHOOKS_INSIDE = INSIDE
    with receiver() as there:
        check_url(there.url)
        assert _performed(there.url, b"{}", {}).was_told
        assert len(there.got) == 1
