"""The line to a gateway and the small tools around it: pauses, certificates, redaction, numbers."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.addresses import e164, is_safe_base
from porchlight.delivery.gateways.contract import Advice, Refused, Unclear
from porchlight.delivery.gateways.http import Http, _vouchers
from porchlight.delivery.gateways.redaction import redact
from porchlight.delivery.gateways.tests.loopback import CHUNKED, Loopback
from porchlight.delivery.gateways.wire import ANSWER_CAP, Answer, post, seconds_to_wait

NOW = datetime(2026, 9, 1, 14, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17.0),
        (" 0 ", 0.0),
        ("Tue, 01 Sep 2026 14:11:00 GMT", 60.0),
        ("Tue, 01 Sep 2026 14:09:00 GMT", 0.0),
        ("Tue, 01 Sep 2026 14:11:00 -0000", 60.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 400, None),
        ("Tue, 99 Foo 99999 99:99:99 GMT", None),
    ],
)
def test_a_pause_is_seconds_or_a_date(header, seconds):
    assert seconds_to_wait(header, now=NOW) == seconds


def certificate(folder) -> ssl.SSLContext:
    """A certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


def over_tls(folder) -> tuple[Answer | Refused | Unclear, int]:
    """A post to a server with that certificate: its outcome, and how many requests came."""
    received = []

    async def take(request: web.Request) -> web.Response:
        received.append(await request.read())
        return web.Response(text="taken")

    async def run():
        app = web.Application()
        app.router.add_post("/", take)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificate(folder)).start()
        url = URL(f"https://127.0.0.1:{runner.addresses[0][1]}/")
        try:
            async with Http() as http:
                return await post(http, url, body=b"secret", headers=CIMultiDict())
        finally:
            await runner.cleanup()

    return asyncio.run(run()), len(received)


def test_a_certificate_nobody_vouches_for_stops_the_lane(tmp_path):
    outcome, received = over_tls(tmp_path)
    assert (outcome.advice, outcome.code, received) == (Advice.STAFF_MUST_ACT, "certificate", 0)


def test_whom_this_machine_trusts_is_trusted(tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "both.pem"))
    _vouchers.cache_clear()
    (tmp_path / "both.pem").touch()
    try:
        outcome, received = over_tls(tmp_path)
    finally:
        _vouchers.cache_clear()
    assert isinstance(outcome, Answer)
    assert (outcome.status, outcome.body, received) == (200, b"taken", 1)


@pytest.mark.parametrize("address", ["nonsense", "http://", "ftp://127.0.0.1/", "http://127.0.0.1:99999999/"])
def test_a_base_address_that_is_none_is_the_office_to_mend(address):
    async def run():
        async with Http() as http:
            return await post(http, address, body=b"", headers=CIMultiDict())

    outcome = asyncio.run(run())
    assert isinstance(outcome, Refused)
    assert (outcome.advice, outcome.code) == (Advice.STAFF_MUST_ACT, "bad_address_of_gateway")


@pytest.mark.parametrize("chunked", [False, True])
def test_an_endless_answer_is_read_to_the_cap_and_no_further(chunked):
    async def run():
        async with Loopback() as server, Http() as http:
            server.answer(200, b"x" * (ANSWER_CAP * 20), manner=CHUNKED if chunked else "")
            return await post(http, URL(server.base_url), body=b"", headers=CIMultiDict())

    answer = asyncio.run(run())
    assert isinstance(answer, Answer)
    assert len(answer.body) == ANSWER_CAP


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("to +44 7700 900123 failed", "to […] failed"),
        ("to 447700900123, (0)7700-900-123", "to […], ([…]"),
        ("mail amal@example.org bounced", "mail […] bounced"),
        ("user US.13491208655302741918 or US.ENT.11815799212886844830", "user […] or […]"),
        ("message wamid.HBgLMTY1MDM4Nzk0MzkVAgA= token EAAGm0PX4ZCpsBA", "message […] token […]"),
        ("error 131026 at step 2 of 10", "error 131026 at step 2 of 10"),
        ("about Hamza: late", "about […]: late"),
        ("x" * 5000, "x" * 300),
    ],
)
def test_a_gateways_sentence_keeps_no_personal_data(sentence, kept):
    assert redact(sentence, "Hamza", "", "a") == kept


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("447700900123", "+447700900123"),
        ("+447700900123", "+447700900123"),
        ("", ""),
        ("0770", ""),
        ("+", ""),
        ("٤٤٧٧", ""),
    ],
)
def test_numbers_without_a_plus_get_one(given, number):
    assert e164(given) == number


def test_plain_http_is_for_this_machine_alone():
    assert is_safe_base("http://localhost:8025/x")
    assert is_safe_base("https://api.example.org")
    assert not any(
        map(
            is_safe_base,
            ["http://localhost.example.org", "//x", "", "https://a?b=1", "https://u@x", "file:///etc"],
        )
    )


def test_moments_are_plain_seconds_or_nothing():
    assert (
        tolerant.moment("1697043223")
        == tolerant.moment(1697043223)
        == datetime(2023, 10, 11, 16, 53, 43, tzinfo=UTC)
    )
    assert [tolerant.moment(odd) for odd in ("", None, True, "-1", "9" * 12, 1.5, [], "²")] == [None] * 8
