"""What `porchlight doctor` says about settings and the machine: each line, after its fault was made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from porchlight.delivery.gateways import registry
from porchlight.operations.doctor import machine, server
from porchlight.operations.findings import Finding, Severity

HTTPS = {"BASE_URL": "https://porchlight.example.org", "BASE_HOST": "porchlight.example.org", "HTTPS": True}
NEAR = {
    "BASE_URL": "http://127.0.0.1:8000",
    "BASE_HOST": "127.0.0.1",
    "HTTPS": False,
    "ALLOWED_HOSTS": ["127.0.0.1"],
}
GIGABYTES = 50 << 30


def said(found: list[Finding]) -> list[tuple[str, str]]:
    assert all(one.mend.strip() and one.words.endswith((".", "!")) for one in found)
    return [(one.severity.value, one.words) for one in found]


def test_a_server_set_up_with_care_has_nothing_to_mend(safe_settings: Any) -> None:
    assert list(server.findings()) == []


@pytest.mark.parametrize(
    ("fault", "severity", "words"),
    [
        ({"SECRET_KEY": "only-for-this-machine"}, "wrong", "The secret key is the one everybody knows."),
        ({"SECRET_KEY": "c" * 31}, "wrong", "The secret key is shorter than 32 letters."),
        (
            {"SEAL_KEY": ""},
            "look",
            "Gateway secrets are sealed with the secret key, so that one cannot be changed without the other.",
        ),
        ({"SEAL_KEY": "a" * 40}, "look", "The seal key and the secret key are the same."),
        ({"DEBUG": True}, "wrong", "Error details are shown in the browser."),
        (
            {"ALLOWED_HOSTS": ["*"]},
            "wrong",
            "This server answers to any name, which lets others forge links.",
        ),
        (
            {"ALLOWED_HOSTS": ["elsewhere.example.org"]},
            "wrong",
            "Links lead to porchlight.example.org, and this server does not answer to that name.",
        ),
        (NEAR, "look", "Links lead to http://127.0.0.1:8000: neither families nor gateways get there."),
        (
            {"BASE_URL": "http://porchlight.example.org", "HTTPS": False},
            "wrong",
            "Pages travel without https: passwords and families' words are readable on the way.",
        ),
        (
            {"PROXIES": []},
            "look",
            "No proxy is named, so everybody seems to ask from the same place, and one person's wrong passwords "
            "shut all out.",
        ),
        ({"CLOCK_FILE": "/tmp/clock.json"}, "wrong", "The clock people see can be moved by a file."),
        ({"DEMO": True}, "note", "This is the demo: anybody on this machine may sign in as anybody."),
    ],
)
def test_a_fault_in_the_settings_is_one_line(
    fault: dict[str, Any], severity: str, words: str, safe_settings: Any
) -> None:
    for name, value in fault.items():
        setattr(safe_settings, name, value)
    assert said(list(server.findings())) == [(severity, words)]


def test_error_details_on_this_machine_alone_are_no_danger(safe_settings: Any) -> None:
    for name, value in (NEAR | {"DEBUG": True}).items():
        setattr(safe_settings, name, value)
    assert said(list(server.findings()))[0] == ("look", "Error details are shown in the browser.")


def test_a_name_below_ours_is_ours(safe_settings: Any) -> None:
    safe_settings.ALLOWED_HOSTS = [".example.org"]
    assert list(server.findings()) == []


def test_a_gateway_that_cannot_be_loaded_is_said(safe_settings: Any) -> None:
    safe_settings.PORCHLIGHT_GATEWAYS = ["porchlight.delivery.gateways.pigeon"]
    registry.all_gateways.cache_clear()
    try:
        assert said(list(server.findings())) == [
            ("wrong", "A gateway in PORCHLIGHT_GATEWAYS cannot be loaded.")
        ]
    finally:
        registry.all_gateways.cache_clear()


def everything_there(program: str) -> str | None:
    return "/bin/echo" if program == "fc-list" else f"/usr/bin/{program}"


def test_a_machine_with_room_fonts_and_voices_has_nothing_to_mend() -> None:
    assert list(machine.findings(free=GIGABYTES, which=everything_there)) == []


@pytest.mark.parametrize(
    ("free", "severity", "words"),
    [
        (900 << 20, "look", "Only 900 megabytes are free where Porchlight writes."),
        (12 << 20, "wrong", "Only 12 megabytes are free where Porchlight writes."),
    ],
)
def test_a_full_disk_is_said_before_it_is_full(free: int, severity: str, words: str) -> None:
    assert said(list(machine.findings(free=free, which=everything_there))) == [(severity, words)]


def test_what_would_be_good_to_have_is_a_note() -> None:
    assert said(list(machine.findings(free=GIGABYTES, which=lambda program: None))) == [
        ("note", "Not installed: espeak-ng and opusenc. Messages cannot be read aloud by this machine."),
        ("note", "No fonts for Urdu, Arabic, Bengali, Tamil, Chinese: printed letters would show boxes."),
    ]


def test_fonts_are_asked_for_one_script_at_a_time(tmp_path: Path) -> None:
    lister = tmp_path / "fc-list"
    lister.write_text('#!/bin/sh\n[ "$1" = ":lang=ur" ] || echo "Noto Sans"\n')
    lister.chmod(0o755)
    found = machine.findings(free=GIGABYTES, which=lambda program: str(lister))
    assert said(list(found)) == [("note", "No fonts for Urdu: printed letters would show boxes.")]


def test_a_folder_that_cannot_be_written_to_is_said(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path / "gone"
    [only] = machine._room(settings.VAR, GIGABYTES)
    assert (only.severity, only.words) == (
        Severity.WRONG,
        "Porchlight may not write into its own folder.",
    )
