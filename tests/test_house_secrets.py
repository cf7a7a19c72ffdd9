"""T50. No key, token or password of anybody's stands in the repository."""

from __future__ import annotations

import re

import pytest

from tests.house import ROOT, checked_in

# As those who issue them shape them; names say whose they are when one is found.
SHAPES = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{20}",
    "Amazon": r"\bAKIA[0-9A-Z]{16}\b",
    "GitHub": r"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60}",
    "GitLab": r"\bglpat-[\w-]{20}\b",
    "Google": r"\bAIza[\w-]{35}\b",
    "Meta": r"\bEAA[A-Za-z0-9]{60,}\b",
    "PyPI": r"\bpypi-AgEI[\w-]{50,}",
    "Slack": r"\bxox[abprs]-[A-Za-z0-9-]{20,}",
    "Stripe": r"\b[sr]k_live_[A-Za-z0-9]{20,}",
    "Twilio": r"\bSK[0-9a-f]{32}\b",
    "an address with a password": r"\b(?:amqps?|postgres(?:ql)?|smtps?|https?)://[\w.-]+:(?!(?:password|secret|guest|practice|choose-|…|\{|%|<))[^\s@/\"'`:{}$]{8,}@",
}  # fmt: skip
FOUND = {name: re.compile(shape) for name, shape in SHAPES.items()}
BINARY = {".png", ".jpg", ".woff2", ".mo", ".ico", ".ogg", ".gz", ".zip", ".xlsx"}


def secrets_in(text: str) -> list[str]:
    return [name for name, shape in FOUND.items() if shape.search(text)]


@pytest.mark.git
def test_t50_no_secret_is_in_the_repository() -> None:
    paths = checked_in()
    found = {
        str(path.relative_to(ROOT)): secrets
        for path in paths
        if path.suffix not in BINARY and path.is_file()
        and (secrets := secrets_in(path.read_text(encoding="utf-8", errors="replace")))
    }  # fmt: skip
    assert len(paths) > 500
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA PRIVATE " + "KEY-----\nMIIEowIBAAKCAQEAx8b1",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "token = 'ghp_" + "a1B2" * 9 + "'",
        "AIza" + "Sy" * 17 + "x",
        "SK" + "0a" * 16,
        "amqp://porchlight:" + "hunter2hunter2@rabbit:5672/",
    ],
)
def test_t50_a_secret_would_be_found(text: str) -> None:
    assert secrets_in(text)
