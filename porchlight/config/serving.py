"""What concerns the server itself: how it answers, whom it believes, what it says about itself."""

from __future__ import annotations

from porchlight.config import environment as env
from porchlight.operations.logs.records import FORMS, logging_config

DEBUG = env.flag("PORCHLIGHT_DEBUG", help="Show error details in the browser. Never on a public address.")
COLLECTED = not DEBUG and env.flag(
    "PORCHLIGHT_COLLECTED",
    help="Set by `porchlight serve` itself: pages name the collected, compressed stylesheet and scripts.",
)
THREADS = env.number(
    "PORCHLIGHT_THREADS",
    8,
    help="Pages made at the same time by one server, and the database connections it holds for them.",
)
MEGABYTES = env.number(
    "PORCHLIGHT_LARGEST_UPLOAD",
    64,
    help="Megabytes one request may bring: a school's roster is the largest.",
)
LARGEST_UPLOAD = MEGABYTES * 1024 * 1024
PROXIES = env.words(
    "PORCHLIGHT_PROXIES",
    help="Addresses of your reverse proxies, with commas, such as 127.0.0.1,10.0.0.0/8: only theirs is believed "
    "about who is asking.",
)
LOGGING = logging_config(
    env.choice(
        "PORCHLIGHT_LOG", "console", FORMS, help="How log lines look: console for people, json for programs."
    ),
    env.choice(
        "PORCHLIGHT_LOG_LEVEL",
        "info",
        ("debug", "info", "warning", "error"),
        help="The least weighty line to keep.",
    ),
    tells_all=DEBUG,
)
