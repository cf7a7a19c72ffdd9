"""Spoken upward by this room, which lies below the record: what somebody did to the school itself."""

from django.dispatch import Signal

done = Signal()  # verb, about, by, facts: as `activity.record` takes them
looked = Signal()  # by, page, shown: rows with the tier of what a colleague just saw of each
opened = Signal()  # school: it has just been made on this server, and its wall is open
