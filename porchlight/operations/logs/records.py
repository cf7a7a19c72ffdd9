"""How a record is made: everything that is logged, by us or by a library, goes through these few steps."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from typing import Any, Literal

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from porchlight.operations.logs.redaction import without_secrets

type Form = Literal["console", "json"]

FORMS: tuple[Form, ...] = ("console", "json")
# Of what our own code passes along with a line, only these are kept.
EXTRA = ["job", "account", "gateway", "page", "status", "count"]
DEEPEST = 40  # frames of a traceback, the innermost kept
_ROOTS = sorted((str(Path(folder)) + "/" for folder in sys.path if folder), key=len, reverse=True)


def logging_config(form: Form, level: str, *, tells_all: bool = False) -> dict[str, Any]:
    """Django's LOGGING. `tells_all` keeps the words of exceptions: for somebody who is writing Porchlight."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_steps(tells_all), _to_formatter()],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.raiseExceptions = tells_all  # or a line that cannot be written would be printed raw
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "record": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_writers(form)],
                "foreign_pre_chain": _steps(tells_all),
            }
        },
        "handlers": {"standard": {"class": "logging.StreamHandler", "formatter": "record"}},
        "root": {"handlers": ["standard"], "level": "WARNING"},
        "loggers": {
            "porchlight": {"level": level.upper()},
            # Each page is one line of ours with its status; Django's own line would hold the whole address.
            "django": {"level": "WARNING", "handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},
            "django_ox": {
                "level": "WARNING",
                "handlers": ["standard"],
                "propagate": False,
            },  # or it adds its own
            "django.security": {"level": "ERROR"},
            "django.security.DisallowedHost": {
                "level": "CRITICAL"
            },  # strangers trying names; `doctor` knows ours
        },
    }


def _steps(tells_all: bool) -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=EXTRA),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *([] if tells_all else [_exception_without_words]),
        _redact,
    ]


def _to_formatter() -> Processor:
    return structlog.stdlib.ProcessorFormatter.wrap_for_formatter


def _writers(form: Form) -> list[Processor]:
    if form == "json":
        return [structlog.processors.JSONRenderer(ensure_ascii=False)]
    console = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0, sort_keys=False)
    return [_exception_in_lines, console]


def _exception_in_lines(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """As a person reads it: the kind, and under it the places, innermost last."""
    told = event.get("exception")
    if isinstance(told, list):
        parts = ["\n    ".join([one["kind"], *one["at"]]) for one in told]
        event["exception"] = "  " + "\n  caused by ".join(parts)
    return event


def _exception_without_words(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Kinds and places of an exception and its causes. Its message may hold a family's words, so it is left out."""
    problem = event.pop("exc_info", None)
    if problem is True:
        problem = sys.exc_info()
    if isinstance(problem, tuple):
        problem = problem[1]
    if isinstance(problem, BaseException):
        event["exception"] = [_told(one) for one in _causes(problem)]
    return event


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        yield problem
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)


def _told(problem: BaseException) -> dict[str, Any]:
    places = [
        f"{_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(problem.__traceback__)
    ]
    kind = f"{type(problem).__module__}.{type(problem).__qualname__}".removeprefix("builtins.")
    told: dict[str, Any] = {"kind": kind, "at": places[-DEEPEST:]}
    if code := getattr(problem, "sqlstate", None):  # PostgreSQL's five letters say what no message of it may
        told["code"] = code
    return told


def _short(path: str) -> str:
    return next((path.removeprefix(root) for root in _ROOTS if path.startswith(root)), path)


def _redact(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Every word of the record but its moment and its exception's places, which are ours."""
    kept = {"timestamp", "exception", "request", "logger", "level"}
    for key, value in event.items():
        if key not in kept and isinstance(value, str):
            event[key] = without_secrets(value)
    return event
