"""What is taken out of a line before it is kept."""

from __future__ import annotations

import pytest

from porchlight.operations.logs.redaction import without_secrets
from porchlight.toolbox.keys import random_key, secret_key


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /maple-street/n/8x4fqmz/", "Not Found: /maple-street/n/…/"),
        ("Gone: /maple-street/n/8x4fqmz/message/", "Gone: /maple-street/n/…/"),
        (
            "https://school.example.org/maple-street/join/8x4fqmz",
            "https://school.example.org/maple-street/join/…",
        ),
        ("Not Found: /maple-street/start/7k2m9pqr/", "Not Found: /maple-street/start/…/"),
        ("GET /maple-street/start/7K2M%209PQR refused", "GET /maple-street/start/… refused"),
        ("Not Found: /maple-street/start/7k2m 9pqr/", "Not Found: /maple-street/start/…/"),
        ("POST /maple-street/start/ took long", None),
        ("POST /hooks/whatsapp/8x4fqmz/ refused", "POST /hooks/whatsapp/…/ refused"),
        ("/hooks/stop/maple-street/8x4fqmz/", "/hooks/stop/…/"),
        ("/accounts/password/reset/key/1-set-password/", "/accounts/password/reset/key/…/"),
        ("/accounts/confirm-email/MTI:1abc/", "/accounts/confirm-email/…/"),
        ("GET /desk/?name=Hamza&key=1 took long", "GET /desk/… took long"),
        ("mail to father.yousaf@example.org bounced", "mail to … bounced"),
        ("rang +44 7700 900123 twice", "rang … twice"),
        ("rang 07700900123 twice", "rang … twice"),
        ("two\nlines\r\nand \u202eturned round", "two lines and  turned round"),
        (
            "Worker 1 ended (-9); it starts again in 2 seconds.",
            "Worker 1 ended (-9); it starts again in 2 seconds.",
        ),
        ("relation 12345678 at 2026-11-22T04:33:00 in porchlight/home/desk.py:12", None),
        ("Is it well? Yes.", None),
    ],
)
def test_secrets_mailboxes_numbers_and_forged_lines_go_and_the_rest_stays(
    said: str, kept: str | None
) -> None:
    assert without_secrets(said) == (said if kept is None else kept)


def test_a_key_that_is_itself_the_permission_goes_wherever_it_stands() -> None:
    for _ in range(200):
        secret = secret_key()
        if any(letter.isdigit() for letter in secret):
            assert without_secrets(f"token {secret}.") == "token …."
        assert without_secrets(f"/maple-street/n/{secret}") == "/maple-street/n/…"


def test_the_key_of_a_row_is_no_secret_and_stays() -> None:
    key = random_key()
    assert without_secrets(f"thread {key}") == f"thread {key}"
