"""The demo's settings: set before Django reads any, and by `porchlight demo` alone."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from urllib.parse import urlsplit

from porchlight.config.environment import BadSetting

FOLDER = Path("var") / "demo"
PORT = 8000


def prepare(environ: MutableMapping[str, str]) -> None:
    """Point everything at the demo's own folder and loopback. A chosen port is kept."""
    folder = Path(environ.get("PORCHLIGHT_DEMO_FOLDER", FOLDER)).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    port = environ.setdefault("PORCHLIGHT_DEMO_PORT", str(PORT))
    environ.update(
        {
            "PORCHLIGHT_DEMO": "yes",
            "PORCHLIGHT_DEBUG": "no",
            "PORCHLIGHT_VAR": str(folder),
            "PORCHLIGHT_CLOCK_FILE": str(folder / "clock.json"),
            "PORCHLIGHT_BASE_URL": f"http://127.0.0.1:{port}",
            "PORCHLIGHT_SECRET_KEY": "practice-only-never-on-a-public-address-3f8a1c",
            "DATABASE_URL": f"sqlite:///{folder / 'porchlight.sqlite3'}",
            "DATABASE_OWNER_URL": "",
        }
    )


def stays_here(is_demo: bool, base_url: str) -> None:
    """Raises BadSetting for a demo that others could reach: in it, anybody may sign in as anybody."""
    if is_demo and urlsplit(base_url).hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise BadSetting(
            f"PORCHLIGHT_DEMO is on, and PORCHLIGHT_BASE_URL is {base_url}. In the demo anybody may sign in as "
            "anybody, so it runs on this machine alone: start it with `porchlight demo`."
        )
