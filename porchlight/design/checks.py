"""A system check: every interface language can be shown."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from porchlight.design import catalogues


@register("design")
def catalogues_are_compiled(**kwargs: Any) -> list[CheckMessage]:
    """A .po that is newer than its .mo could not be compiled, because its folder cannot be written."""
    return [
        Warning(
            f"The translations of {language!r} are not compiled, so its pages appear in English.",
            hint="Run `porchlight catalogues compile` as a role that may write to porchlight/locale.",
            id="design.W001",
        )
        for language in catalogues.languages()
        if catalogues.is_stale(language)
    ]
