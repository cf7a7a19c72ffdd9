"""What the phone says of itself: when it was last there, its battery and its network, in the app's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from multidict import CIMultiDict
from yarl import URL

from porchlight.delivery.gateways import tolerant
from porchlight.delivery.gateways.http import Http
from porchlight.delivery.gateways.tolerant import Unreadable
from porchlight.delivery.gateways.wire import Answer, get

MOST_CHECKS, LONGEST = 12, 120
NOT_WELL = ("warn", "fail")


async def look(http: Http, base: URL, headers: CIMultiDict[str]) -> dict[str, object]:
    """`{"seen_at": …, "checks": [[words, value, is well], …]}`; what the app does not tell is left out.

    The app tells no signal strength and no credit: whether it is there, over which network, and its battery.
    """
    found: dict[str, object] = {}
    health = _json(await get(http, base.with_name("health"), headers=headers))
    if isinstance(health, dict) and isinstance(checks := health.get("checks"), dict):
        found["checks"] = [_check(name, row) for name, row in list(checks.items())[:MOST_CHECKS]]
    devices = _json(await get(http, base.with_name("devices"), headers=headers))
    seen = [_moment(row) for row in devices if isinstance(row, dict)] if isinstance(devices, list) else []
    if known := [moment for moment in seen if moment is not None]:
        found["seen_at"] = max(known).isoformat()
    return found


def _json(answer: object) -> object:
    if not isinstance(answer, Answer) or answer.status not in (200, 503):
        return None
    try:
        return tolerant.json_of(answer.body)
    except Unreadable:
        return None


def _check(name: object, row: object) -> list[object]:
    says: Mapping[str, object] = row if isinstance(row, dict) else {}
    words = tolerant.text(says, "description") or str(name)
    value = says.get("observedValue")
    shown = f"{value} {tolerant.text(says, 'observedUnit')}".strip() if isinstance(value, int) else ""
    return [words[:LONGEST], shown[:LONGEST], says.get("status") not in NOT_WELL]


def _moment(row: Mapping[str, object]) -> datetime | None:
    try:
        found = datetime.fromisoformat(tolerant.text(row, "lastSeen"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
