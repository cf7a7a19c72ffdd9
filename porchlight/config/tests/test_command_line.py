"""The `porchlight` program: one name, plain words when a setting is wrong, and a demo that touches nothing else."""

import os
import subprocess
import sys
from pathlib import Path

from porchlight.config import demo


def porchlight(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "porchlight", *words],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_called_porchlight():
    said = porchlight("migrate", "--help")
    assert said.returncode == 0
    assert said.stdout.startswith("usage: porchlight migrate ")


def test_a_setting_that_cannot_be_understood_is_one_sentence_and_no_traceback():
    said = porchlight("check", PORCHLIGHT_DEBUG="perhaps")
    assert (said.returncode, said.stdout, said.stderr) == (
        1,
        "",
        "PORCHLIGHT_DEBUG is 'perhaps'; write yes or no.\n",
    )


def test_the_demo_keeps_to_its_own_folder_and_to_this_machine(tmp_path: Path):
    environ = {
        "PORCHLIGHT_DEMO_FOLDER": str(tmp_path / "demo"),
        "DATABASE_URL": "postgresql://db.example.org/real",
        "DATABASE_OWNER_URL": "postgresql://owner@db.example.org/real",
        "PORCHLIGHT_BASE_URL": "https://school.example.org",
    }
    demo.prepare(environ)
    assert environ["DATABASE_URL"] == f"sqlite:///{tmp_path}/demo/porchlight.sqlite3"
    assert environ["DATABASE_OWNER_URL"] == ""
    assert environ["PORCHLIGHT_BASE_URL"] == "http://127.0.0.1:8000"
    assert environ["PORCHLIGHT_DEMO"] == "yes"
    assert (tmp_path / "demo").is_dir()


def test_the_demo_keeps_a_chosen_port(tmp_path: Path):
    environ = {"PORCHLIGHT_DEMO_FOLDER": str(tmp_path), "PORCHLIGHT_DEMO_PORT": "8123"}
    demo.prepare(environ)
    assert environ["PORCHLIGHT_BASE_URL"] == "http://127.0.0.1:8123"


def test_t20_a_demo_that_others_could_reach_does_not_start():
    said = porchlight("check", PORCHLIGHT_DEMO="yes", PORCHLIGHT_BASE_URL="https://school.example.org")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith(
        "PORCHLIGHT_DEMO is on, and PORCHLIGHT_BASE_URL is https://school.example.org."
    )
    for address in ("http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"):
        demo.stays_here(True, address)
    demo.stays_here(False, "https://school.example.org")
