"""The short codes that tell open questions on one phone apart."""

from __future__ import annotations

import secrets
from itertools import product

from porchlight.conversations.models import Ask

CODES = ["".join(signs) for signs in product("ABCEFGHKMPRTWXY", "23456789")]  # none that look alike
APART = 100  # questions of a school, one after the other, no two of which share a code


def new_code(school_id: int) -> str:
    """A letter and a digit that none of the school's newest questions has."""
    taken = Ask.objects.filter(school_id=school_id).order_by("-pk").values_list("code", flat=True)[:APART]
    return secrets.choice(sorted({*CODES} - {*taken}))
