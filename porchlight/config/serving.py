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
METRICS_TOKEN = env.text(
    "PORCHLIGHT_METRICS_TOKEN",
    secret=True,
    help="What Prometheus sends to /metrics as a bearer token, and whoever asks /health for figures. Empty: neither is "
    "there.",
)
METRICS_SCHOOLS = env.flag(
    "PORCHLIGHT_METRICS_SCHOOLS",
    help="Name each school's short name in /metrics. Otherwise they are summed up.",
)
WEBHOOKS_INSIDE = env.networks(
    "PORCHLIGHT_WEBHOOKS_INSIDE",
    help="Networks of your own, with commas, such as 10.1.0.0/16, to which schools may have webhooks sent. "
    "Nothing else inside is sent to; the open internet is reached by https alone.",
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
