"""A question that stands inside many others, put into words once: who sees which child, which thread.

Django writes such a question out anew wherever it is used, which takes longer than the database needs to answer it.
What is kept is the question, never its answer: the database still asks who teaches whom, each time.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.expressions import RawSQL


def worded(rows: models.QuerySet[Any, Any]) -> RawSQL:
    """The rows' one column, for `field__in=`. They must not speak of what stands around them (no OuterRef)."""
    return RawSQL(*rows.query.sql_with_params())  # noqa: S611 - Django's own words, values beside them
