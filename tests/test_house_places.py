"""Nothing in the checkout names the machine it was written on, or where packages were fetched from."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.house import ROOT, checked_in


def texts() -> dict[str, str]:
    """Every file of the checkout that is text."""
    found = {}
    for path in checked_in():
        if path.is_file() and b"\0" not in (content := path.read_bytes())[:8000]:
            found[str(path.relative_to(ROOT))] = content.decode(errors="replace")
    return found


def package_hosts() -> set[str]:
    """Where pip looks on this machine, when it was told."""
    said = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    words = said.replace("'", " ").replace("\\n", " ").split()
    return {host for word in words if "://" in word and (host := urlsplit(word).hostname or "")}


@pytest.mark.git
def test_no_file_names_a_place_on_this_machine() -> None:
    places = {f"{ROOT}/", f"{Path.home()}/", *package_hosts()}
    found = [
        (name, spot) for name, text in texts().items() for spot in places if len(spot) > 3 and spot in text
    ]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-scale.lock", "requirements-dev.lock"])
def test_a_lock_names_packages_and_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    assert len(lines) > 500
    strange = [line for line in lines if "://" in line or " @ " in line or line.startswith("-")]
    assert strange == []


def test_every_locked_package_has_a_hash() -> None:
    for lock in ("requirements.lock", "requirements-scale.lock", "requirements-dev.lock"):
        packages = (ROOT / lock).read_text().replace("\\\n", " ").splitlines()
        assert [line for line in packages if line.strip() and "--hash=sha256:" not in line] == []
