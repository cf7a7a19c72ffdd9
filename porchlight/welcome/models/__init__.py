"""Hello week: whether a school is saying hello, since when, and how much of it a day."""

from porchlight.welcome.models.hello import HelloWeek

__all__ = ["HelloWeek"]
