"""What a class is told regularly."""

from porchlight.updates.models.facts import About, Fact, FactReading, FactVersion
from porchlight.updates.models.newsletters import Newsletter
from porchlight.updates.models.weeks import ClassWeek, Tonight, UpdateDay

__all__ = ["About", "ClassWeek", "Fact", "FactReading", "FactVersion", "Newsletter", "Tonight", "UpdateDay"]
