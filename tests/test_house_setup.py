"""`bin/setup` on a machine that lacks something says in one sentence what to do, and touches nothing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house import ROOT

OLD = '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n'
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; *) exit 0 ;; esac\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The set-up alone, in a folder with a space in its name, as people have them."""
    place = tmp_path / "my porchlight"
    (place / "bin").mkdir(parents=True)
    for name in ("setup", "install.py"):
        shutil.copy(ROOT / "bin" / name, place / "bin" / name)
    return place


def set_up(checkout: Path, python: str, *, wanted: str = "demo") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "bin" / "setup", wanted],
        env=os.environ | {"PORCHLIGHT_PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def pretend(checkout: Path, script: str) -> str:
    python = checkout / "some python"
    python.write_text(script)
    python.chmod(0o755)
    return str(python)


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (
            OLD,
            "Porchlight needs Python 3.12 or newer, and only an older one was found (Python 3.9.2): "
            "install a newer Python, then run the same command again.\n",
        ),
        (
            WITHOUT_VENV,
            "Porchlight needs Python's venv and ensurepip, which {python} lacks: on Debian or Ubuntu run "
            '"sudo apt install python3-venv", then the same command again.\n',
        ),
    ],
)
def test_a_python_that_will_not_do_is_named_with_what_to_do(
    checkout: Path, script: str, sentence: str
) -> None:
    python = pretend(checkout, script)
    said = set_up(checkout, python)
    assert (said.returncode, said.stdout, said.stderr) == (1, "", sentence.format(python=python))
    assert not (checkout / ".venv").exists()


def test_no_python_at_all_is_said_too(checkout: Path) -> None:
    said = set_up(checkout, str(checkout / "nowhere"))
    assert said.returncode == 1
    assert said.stderr == (
        "Porchlight needs Python 3.12 or newer, and none was found: install it, then run the same command again.\n"
    )
