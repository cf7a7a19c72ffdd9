"""DATABASE_URL to Django's form, with the options each database needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from porchlight.config.environment import BadSetting

# Either side lets go of a connection whose other end is gone (power, cable) after some 25 seconds. Left to itself a
# system waits two hours, and a machine cut off in the middle of a claim would keep its lane locked for as long.
OURS = {
    "connect_timeout": 10, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}  # fmt: skip
THEIRS = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=25000"

# Seconds a thread keeps its connection for the next page. Opening one and reading all that the tables are takes SQLite
# five milliseconds and more of work; PostgreSQL forgets with it which questions it had prepared.
KEPT = 600


def database(url: str) -> dict[str, Any]:
    """`sqlite:///path` or `postgresql://user:password@host:port/name?option=value` as a DATABASES entry."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": _options(dict(parse_qsl(parts.query))),
            "CONN_MAX_AGE": KEPT,
            "CONN_HEALTH_CHECKS": True,
        }
    raise BadSetting(f"DATABASE_URL starts with {parts.scheme!r}; write sqlite:///… or postgresql://…")


def _options(asked: dict[str, str]) -> dict[str, Any]:
    """What the address asks for comes after ours, and so wins.

    Compiling a plan takes PostgreSQL longer than any statement of ours runs. What the outbox asks is prepared at its
    first use, what pages ask again and again a little later, and each wants one plan: docs/decisions/0021 and 0106.
    """
    ours = "-c jit=off -c plan_cache_mode=force_generic_plan"
    return {
        "prepare_threshold": 0,
        **OURS,
        **asked,
        "options": f"{ours} {THEIRS} {asked.get('options', '')}".strip(),
    }


def sqlite(path: Path) -> dict[str, Any]:
    """One file, many readers, one writer at a time that waits instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": KEPT,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
