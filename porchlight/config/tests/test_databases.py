"""A database's address, as people write it, in Django's form."""

from pathlib import Path

import pytest

from porchlight.config.databases import database
from porchlight.config.environment import BadSetting


def test_a_sqlite_file_with_a_space_in_its_path():
    entry = database("sqlite:////srv/our%20school/porchlight.sqlite3")
    assert (entry["ENGINE"], entry["NAME"]) == (
        "django.db.backends.sqlite3",
        Path("//srv/our school/porchlight.sqlite3"),
    )


def test_a_postgresql_address_with_everything_in_it():
    entry = database("postgresql://porch:p%40ss@db.example.org:5433/schools?sslmode=verify-full")
    assert {key: entry[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "schools",
        "USER": "porch",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {
            "sslmode": "verify-full",
            "prepare_threshold": 0,
            "connect_timeout": 10,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 25_000,
            "options": "-c jit=off -c plan_cache_mode=force_generic_plan -c tcp_keepalives_idle=10"
            " -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=25000",
        },
    }


def test_an_address_of_another_kind_says_what_to_write():
    with pytest.raises(
        BadSetting, match="DATABASE_URL starts with 'mysql'; write sqlite:///… or postgresql://…"
    ):
        database("mysql://localhost/schools")
