"""Mail and password travel protected, and only to a server whose certificate can be trusted."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from porchlight.delivery.gateways.contract import Accepted, Advice, Refused
from porchlight.delivery.gateways.email import posting
from porchlight.delivery.gateways.email.adapter import gateway
from porchlight.delivery.gateways.email.tests.mail_server import MailServer, settings_for
from porchlight.delivery.gateways.email.tests.samples import account, outgoing
from porchlight.delivery.gateways.http import Http


@pytest.fixture
def protected(tmp_path: Path) -> ssl.SSLContext:
    """A server certificate for this machine, signed by itself; its file is `tmp_path / "cert.pem"`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (tmp_path / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context


@pytest.fixture
def trusted(protected: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine trusts that certificate for the time of a test."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    posting._trust.cache_clear()
    yield
    posting._trust.cache_clear()


def send(server: MailServer, security: str):
    async def run():
        async with server, Http() as http:
            secrets = {"password": "secret"}
            school = account(secrets=secrets, **settings_for(server, security=security, username="office"))
            outcome = await gateway.send(http, school, outgoing())
            await gateway.close()
            return outcome

    return asyncio.run(run())


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_leaves_through_a_protected_line(protected, security):
    server = MailServer(offers=("STARTTLS", "AUTH PLAIN"), tls=protected, tls_first=security == "tls")
    assert send(server, security) == Accepted("k7mxq2@maple-street.example.org")
    assert len(server.logins) == len(server.mails) == 1
    assert server.heard.count("STARTTLS") == (security == "starttls")
    if security == "starttls":
        assert server.heard.index("STARTTLS") < server.heard.index("AUTH")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_gets_neither_password_nor_mail(protected, security):
    posting._trust.cache_clear()
    server = MailServer(offers=("STARTTLS", "AUTH PLAIN"), tls=protected, tls_first=security == "tls")
    assert send(server, security) == Refused(Advice.STAFF_MUST_ACT, "certificate")
    assert server.logins == server.mails == []


@pytest.mark.usefixtures("trusted")
def test_a_server_that_does_not_speak_tls_is_tried_again_and_told_nothing():
    server = MailServer(offers=("AUTH PLAIN",))
    outcome = send(server, "tls")
    assert (outcome.advice, outcome.code) == (Advice.RETRY, "no_connection")
    assert server.logins == server.mails == []


@pytest.mark.usefixtures("trusted")
def test_a_server_that_breaks_its_promise_of_starttls_is_told_nothing(protected):
    server = MailServer(offers=("STARTTLS", "AUTH PLAIN"), says={"STARTTLS": "454 not now"}, tls=protected)
    outcome = send(server, "starttls")
    assert (outcome.advice, outcome.code) == (Advice.RETRY, "greeting 454")
    assert server.logins == server.mails == []
