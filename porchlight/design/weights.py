"""How heavy something is to fetch, in words a family and a colleague read alike."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from porchlight.toolbox.slow_network import seconds_for

A_MINUTE_AND_A_HALF = 90  # seconds; from there on minutes are easier to imagine


def weight(size: int) -> str:
    """`300 KB, about 40 seconds on a slow phone network`."""
    seconds = seconds_for(size)
    if seconds < A_MINUTE_AND_A_HALF:
        time = ngettext("one second", "%(n)s seconds", seconds) % {"n": seconds}
    else:
        minutes = round(seconds / 60)
        time = ngettext("one minute", "%(n)s minutes", minutes) % {"n": minutes}
    names = {"size": max(1, round(size / 1000)), "time": time}
    return _("%(size)s KB, about %(time)s on a slow phone network") % names
