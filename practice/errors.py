"""What can be wrong with something asked of the town itself (never of a pretend gateway)."""


class Mistake(ValueError):
    """The control page or API was asked for something that cannot be; the text says what to mend."""


class PortTaken(OSError):
    """Another program already listens where the town was told to."""
