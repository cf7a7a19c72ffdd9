"""A bar while a long import runs, where somebody is looking; nothing in a log or a pipe."""

from __future__ import annotations

import time
from typing import TextIO

from django.utils.translation import gettext as _

STEPS = (
    *("links", "reading", "comparing", "changing", "term", "class", "staff", "student", "guardian", "home"),
    *("tie", "member", "contact", "enrolment", "teaching", "restriction", "link", "homes"),
)
LOOKING = STEPS[:3]
UNDOING = (*STEPS[3:16], "homes")
# How long each step takes, as a town's roster shows it; a small school's are over before anybody could count.
WEIGHTS = {"links": 1, "reading": 44, "comparing": 3, "link": 10, **dict.fromkeys(STEPS[3:16], 3), "homes": 1}
WIDTH = 24


def share(step: str, steps: tuple[str, ...] = STEPS) -> float:
    """How much of the work is done, from 0 to 1, when this step begins."""
    done = steps.index(step) if step in steps else 0
    return sum(WEIGHTS[name] for name in steps[:done]) / sum(WEIGHTS[name] for name in steps)


class Progress:
    """Call it with each step's name; steps a file has nothing for are passed over."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.shown = stream.isatty()
        self.started = time.monotonic()

    def __call__(self, step: str) -> None:
        """Draw the bar up to this step."""
        if self.shown:
            done = int(WIDTH * share(step))
            seconds = int(time.monotonic() - self.started)
            bar = "█" * done + "░" * (WIDTH - done)
            self.stream.write(f"\r{bar} {seconds:3d} s  {words(step):<28}")
            self.stream.flush()

    def finish(self) -> None:
        """Take the bar away, so that the answer stands alone."""
        if self.shown:
            self.stream.write("\r" + " " * (WIDTH + 38) + "\r")
            self.stream.flush()


def words(step: str) -> str:
    """A step in words."""
    return {
        "links": _("looking at what is here"),
        "reading": _("reading the files"),
        "comparing": _("comparing"),
        "changing": _("changing rows"),
        "term": _("terms"),
        "class": _("classes"),
        "staff": _("staff"),
        "student": _("students"),
        "guardian": _("guardians"),
        "home": _("homes"),
        "tie": _("who cares for whom"),
        "member": _("who lives where"),
        "contact": _("numbers and mailboxes"),
        "enrolment": _("who is in which class"),
        "teaching": _("who teaches which class"),
        "restriction": _("restrictions"),
        "link": _("remembering the source"),
        "homes": _("a home for each guardian"),
    }[step]
