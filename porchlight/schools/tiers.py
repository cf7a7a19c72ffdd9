"""How far words may travel (house plan, "Tiers"). Models name the tier of each field that holds content."""

import enum


class Tier(enum.IntEnum):
    """L0 anywhere; L1 the family's own channel; L2 after proof of person; L3 never outside."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3
