"""Settings: keys, addresses, safety."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from porchlight.delivery.gateways import registry
from porchlight.operations.findings import Finding, look, note, wrong
from porchlight.operations.reach import is_loopback

KEYS, ADDRESS = "Keys", "Address"
SHORTEST_KEY = 32  # letters


def findings() -> Iterator[Finding]:
    """What the settings alone tell."""
    yield from _keys()
    yield from _address()
    yield from _rest()


def _keys() -> Iterator[Finding]:
    make = (
        "Set PORCHLIGHT_SECRET_KEY to a long random text: openssl rand -hex 32 makes one. Keep a copy apart."
    )
    if settings.SECRET_KEY == settings.SAMPLE_SECRET_KEY:
        yield wrong(KEYS, "The secret key is the one everybody knows.", make)
    elif len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield wrong(KEYS, f"The secret key is shorter than {SHORTEST_KEY} letters.", make)
    if not settings.SEAL_KEY:
        yield look(
            KEYS,
            "Gateway secrets are sealed with the secret key, so that one cannot be changed without the other.",
            "Set PORCHLIGHT_SEAL_KEY to another long random text. What is sealed already still opens.",
        )
    elif settings.SEAL_KEY == settings.SECRET_KEY:
        yield look(
            KEYS, "The seal key and the secret key are the same.", "Set PORCHLIGHT_SEAL_KEY to another text."
        )


def _address() -> Iterator[Finding]:
    host, is_near = settings.BASE_HOST, is_loopback(settings.BASE_HOST)
    if settings.DEBUG:
        said = look if is_near else wrong
        yield said(ADDRESS, "Error details are shown in the browser.", "Take PORCHLIGHT_DEBUG away.")
    if "*" in settings.ALLOWED_HOSTS:
        yield wrong(
            ADDRESS,
            "This server answers to any name, which lets others forge links.",
            f"Set PORCHLIGHT_HOSTS={host}",
        )
    elif not _is_ours(host):
        yield wrong(
            ADDRESS,
            f"Links lead to {host}, and this server does not answer to that name.",
            f"Add {host} to PORCHLIGHT_HOSTS.",
        )
    if is_near:
        yield look(
            ADDRESS,
            f"Links lead to {settings.BASE_URL}: neither families nor gateways get there.",
            "Set PORCHLIGHT_BASE_URL to your public address, such as https://porchlight.example.org",
        )
    elif not settings.HTTPS:
        yield wrong(
            ADDRESS,
            "Pages travel without https: passwords and families' words are readable on the way.",
            "Put a proxy with a certificate before Porchlight (docs/running.md), and let PORCHLIGHT_BASE_URL begin "
            "with https.",
        )
    elif not settings.PROXIES:
        yield look(
            ADDRESS,
            "No proxy is named, so everybody seems to ask from the same place, and one person's wrong passwords "
            "shut all out.",
            "Set PORCHLIGHT_PROXIES to your proxy's address, such as 127.0.0.1",
        )


def _is_ours(host: str) -> bool:
    return any(
        host == name.strip("[]") or (name.startswith(".") and f".{host}".endswith(name))
        for name in settings.ALLOWED_HOSTS
    )


def _rest() -> Iterator[Finding]:
    if settings.CLOCK_FILE and not settings.DEMO:
        yield wrong(
            "Clock",
            "The clock people see can be moved by a file.",
            "Take PORCHLIGHT_CLOCK_FILE away.",
        )
    if settings.DEMO:
        yield note(
            "Demo", "This is the demo: anybody on this machine may sign in as anybody.", "Write nothing real."
        )
    try:
        registry.all_gateways()
    except (ImportError, AttributeError, registry.UnknownGateway):
        yield wrong(
            "Gateways",
            "A gateway in PORCHLIGHT_GATEWAYS cannot be loaded.",
            "Write each as a Python path, such as porchlight.delivery.gateways.twilio_sms",
        )
