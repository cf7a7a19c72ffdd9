"""Pairs of languages, and which engine a school trusts with one."""

from __future__ import annotations

from porchlight.languages.models import EngineAccount, TrustedPair
from porchlight.schools.models import School
from porchlight.toolbox import scripts


def plain(tag: str) -> str:
    """The tag without its region: who trusts an engine with English trusts it with British English."""
    parts = scripts.normal(tag).split("-")
    return "-".join(part for place, part in enumerate(parts) if place == 0 or len(part) == 4)


def trusted(school: School, source: str, target: str) -> EngineAccount | None:
    """The account the school trusts with this pair; None: people translate."""
    rows = TrustedPair.objects.in_school(school).filter(account__closed_at=None)
    row = rows.filter(source=plain(source), target=plain(target)).select_related("account").first()
    return row.account if row is not None else None
