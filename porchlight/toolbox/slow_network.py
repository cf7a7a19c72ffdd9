"""What something costs on a slow telephone network, in the seconds it takes to come."""

from __future__ import annotations

# 60 kbit/s: the middle of what the Network Information API calls "2g", between 50 and 70
# (WICG, "Network Information API", table of effective connection types). GPRS in a village is no faster.
BYTES_A_SECOND = 60_000 / 8


def seconds_for(size: int) -> int:
    """Whole seconds for so many bytes; from ten on in fives, since nobody's network is so even."""
    exact = size / BYTES_A_SECOND
    return max(1, round(exact)) if exact < 10 else 5 * round(exact / 5)
