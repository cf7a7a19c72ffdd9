"""Fills .venv from a lock file: `install.py demo` for running Porchlight, `scale` with Celery, `dev` for its tests too.

Started by `bin/setup` with a Python that is new enough. Plain pip, so that a machine's own pip configuration
(a school district's package mirror, a certificate) holds here without another word, and every file is checked
against the lock's hashes. A second run with the same locks touches nothing.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "porchlight.stamp"
LOCKS = {"demo": "requirements.lock", "scale": "requirements-scale.lock", "dev": "requirements-dev.lock"}
MORE = list(LOCKS)  # each holds all that the ones before it do


def main() -> None:
    """Make the venv hold exactly what the wanted lock says, and this checkout."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "demo"
    if wanted not in LOCKS:
        sys.exit(f"“{wanted}” is not a set of packages: say demo, scale or dev.")
    have, _, digest = STAMP.read_text().partition(" ") if STAMP.exists() else ("", "", "")
    if have in LOCKS:  # what holds more stays: a developer's venv holds everything
        wanted = max(have, wanted, key=MORE.index)
    if (have, digest) == (wanted, fingerprint(wanted)):
        return
    print(f"Making .venv with Python {sys.version.split()[0]} …", flush=True)
    venv.create(VENV, clear=True, with_pip=True)  # clear: nothing of an older lock stays behind
    print(f"Installing what {LOCKS[wanted]} names, once; about a minute …", flush=True)
    fill(LOCKS[wanted])
    put_ourselves_in()
    STAMP.write_text(f"{wanted} {fingerprint(wanted)}")


def fingerprint(wanted: str) -> str:
    """Changes when the lock, this script, the checkout's place or the Python changes."""
    config = VENV / "pyvenv.cfg"
    parts = [Path(__file__).read_bytes(), (ROOT / LOCKS[wanted]).read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join([*parts, config.read_bytes() if config.exists() else b""])).hexdigest()


def fill(lock: str) -> None:
    """The lock names every package with its hashes, so pip has nothing to resolve."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    if subprocess.run([*command, "--require-hashes", "--no-deps", "-r", lock], cwd=ROOT).returncode:
        sys.exit(
            "The packages could not be installed: see pip's message above, then run the same command again."
        )


def put_ourselves_in() -> None:
    """This checkout on the venv's path and its `porchlight` command, without a build."""
    [packages] = VENV.glob("lib/python3.*/site-packages")
    (packages / "porchlight.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "porchlight"
    command.write_text(f'#!/bin/sh\nexec "{PYTHON}" -P -m porchlight "$@"\n')
    command.chmod(0o755)


if __name__ == "__main__":
    main()
