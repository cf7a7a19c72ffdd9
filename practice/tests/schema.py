"""Enough of OpenAPI's schema language to hold the town to the phone's published schema, and stricter:
a field the schema does not name is a failure too."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

KINDS = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


def check(value: Any, schema: dict[str, Any], book: dict[str, Any], where: str = "body") -> None:
    """Raises AssertionError naming the place where `value` leaves the schema."""
    schema = whole(schema, book)
    if value is None:
        assert schema.get("nullable"), f"{where} may not be null"
        return
    kind = schema.get("type")
    if kind:
        assert isinstance(value, KINDS[kind]), f"{where} is no {kind}: {value!r}"
    if "enum" in schema:
        assert value in schema["enum"], f"{where} is {value!r}"
    if isinstance(value, str):
        assert len(value) <= schema.get("maxLength", len(value)), f"{where} is too long"
        assert re.search(schema.get("pattern", ""), value), f"{where} is {value!r}"
        if schema.get("format") == "date-time":
            assert datetime.fromisoformat(value).tzinfo, f"{where} has no offset"
    if isinstance(value, list):
        for number, item in enumerate(value):
            check(item, schema["items"], book, f"{where}[{number}]")
    if isinstance(value, dict):
        _check_object(value, schema, book, where)


def _check_object(value: dict[str, Any], schema: dict[str, Any], book: dict[str, Any], where: str) -> None:
    for name in schema.get("required", []):
        assert name in value, f"{where} lacks {name}"
    for name, inner in value.items():
        named = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
        assert named is not None, f"{where} has {name}, which the schema does not know"
        if "oneOf" not in named:  # which of them is said by another field; the test names it
            check(inner, named, book, f"{where}.{name}")


def whole(schema: dict[str, Any], book: dict[str, Any]) -> dict[str, Any]:
    """References followed, allOf parts laid together."""
    if "$ref" in schema:
        return whole(book["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], book)
    found = {key: value for key, value in schema.items() if key != "allOf"}
    for part in schema.get("allOf", []):
        part = whole(part, book)
        found = {**part, **found, "properties": {**part.get("properties", {}), **found.get("properties", {})}}
        if part.get("enum"):
            found["type"] = part["type"]
    if "enum" in found:
        found.pop("properties", None)
    return found
