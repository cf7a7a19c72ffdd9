"""Comparing what the town sends with what a real gateway sent: same keys, same types, same nesting."""

from __future__ import annotations

from typing import Any


def shape(value: Any) -> Any:
    """Every value replaced by the name of its type; a list by the shape of its items, which must agree."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        shapes = [shape(item) for item in value]
        assert all(one == shapes[0] for one in shapes), f"items differ: {shapes}"
        return shapes[:1]
    return (
        "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
    )


def without(value: Any, *names: str) -> Any:
    """The same structure without these keys, anywhere in it."""
    if isinstance(value, dict):
        return {key: without(inner, *names) for key, inner in value.items() if key not in names}
    if isinstance(value, list):
        return [without(item, *names) for item in value]
    return value
