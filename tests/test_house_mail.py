"""The mail server for colleagues' codes is one line of settings."""

import pytest

from porchlight.config.environment import BadSetting
from porchlight.config.mail import mailer


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("smtp://me:p%40ss@mail.example.org", ("mail.example.org", 587, "me", "p@ss", False, True)),
        ("smtps://mail.example.org", ("mail.example.org", 465, "", "", True, False)),
        ("smtp://127.0.0.1:8026", ("127.0.0.1", 8026, "", "", False, False)),
    ],
)
def test_a_mail_server_is_one_line(url: str, options: tuple[object, ...]) -> None:
    made = mailer(url)["OPTIONS"]
    names = ("host", "port", "username", "password", "use_ssl", "use_tls")
    assert tuple(made[name] for name in names) == options


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_a_mail_server_that_cannot_be_is_said_so(url: str) -> None:
    with pytest.raises(BadSetting, match="PORCHLIGHT_MAIL_URL"):
        mailer(url)


def test_without_one_nothing_is_pretended() -> None:
    assert mailer("") == {"BACKEND": "porchlight.accounts.unsent.NoServer"}
