"""`python bin/docs` writes the generated pages of docs/; `--check` says which of them no longer tell the truth.

Each page is a module here with one function, `page()`, that reads the code and returns Markdown.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
NOTE = "<!-- Written by `make docs` from the code: change the code, not this page. -->\n\n"


def pages() -> dict[str, Callable[[], str]]:
    """File name → what writes it. Imported late: Django has to be ready first."""
    import channels
    import commands
    import doors
    import floor_plan
    import participation
    import processing
    import roles
    import settings_reference

    return {
        "floor-plan.md": floor_plan.page,
        "settings.md": settings_reference.page,
        "commands.md": commands.page,
        "channels.md": channels.page,
        "participation.md": participation.page,
        "roles.md": roles.page,
        "doors.md": doors.page,
        "processing.md": processing.page,
    }


def main() -> None:
    """Write every page, or with `--check` compare every page. Exits with 1 when one is stale."""
    make_django_ready()
    stale = []
    for name, write in pages().items():
        text, path = NOTE + write().strip() + "\n", DOCS / name
        if path.exists() and path.read_text() == text:
            continue
        stale.append(f"docs/{name}")
        if "--check" not in sys.argv:
            path.write_text(text)
    if "--check" not in sys.argv:
        print(f"Written anew: {', '.join(stale)}." if stale else "Every page was up to date.")
    elif stale:
        sys.exit(
            f"Not what the code says any more: {', '.join(stale)}. Run `make docs` and look at the change."
        )


def make_django_ready() -> None:
    """With the settings as they come, whatever this machine's environment says."""
    sys.path.insert(0, str(ROOT))
    for name in [name for name in os.environ if name.startswith(("PORCHLIGHT_", "DATABASE_"))]:
        del os.environ[name]
    os.environ["DJANGO_SETTINGS_MODULE"] = "porchlight.config.settings"
    import django

    django.setup()


if __name__ == "__main__":
    main()
