"""All that listens around a meeting, brought in once when the house is opened."""

from porchlight.meetings.around import missing, questions, reminding, ticking

__all__ = ["missing", "questions", "reminding", "ticking"]
