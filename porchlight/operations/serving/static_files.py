"""Stylesheet, scripts, pictures: collected, named by their content and compressed when they have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

MARK = "collected-from"  # a file that says what the folder was made of; written last
# django-htmx brings two versions of htmx with all extensions, each long and short; our pages name two files of it.
LEFT_OUT = ["htmax-*", "htmx-2*", "htmx-4.js", "django-htmx.js", "hx-[!s]*", "hx-sse-2*", "hx-sse-4.js"]


def collect_if_changed() -> bool:
    """Fill STATIC_ROOT anew unless it was made from exactly these files. Returns whether it was filled."""
    mark = Path(settings.STATIC_ROOT) / MARK
    sources = fingerprint()
    if mark.is_file() and mark.read_text() == sources:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=LEFT_OUT)
    mark.write_text(sources)
    return True


def fingerprint() -> str:
    """Tells one set of source files from another: names, sizes and moments of change, not contents."""
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            yield f"{name} {file.st_size} {file.st_mtime_ns}"
