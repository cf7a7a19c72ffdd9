"""What a new row of each kind is made of: column → SQL over the told record `t`.

`{student}`, `{guardian}` … stand for the id of the record that `t` names there, `{address}` for its address.
"""

from __future__ import annotations

from typing import Any

from django.db import models

WORDING = "Given to the school for its roll; the family may stop it at any time."
OWN = "own/"  # how the homes begin that were opened for one guardian alone


def _text(told: str, longest: int) -> str:
    return f"substr(coalesce(t.{told}, ''), 1, {longest})"


KEYED = {"key": "random_key()"}
SINCE = {"since": "nullif(t.since, '')", "until": "nullif(t.until, '')"}
MADE = {"source_id": "t.key", "created_at": ":now"}
COLUMNS: dict[str, dict[str, str]] = {
    "term": {
        "name": _text("name", 100),
        "starts_on": "t.starts_on",
        "ends_on": "t.ends_on",
        "source_id": "t.key",
    },
    "class": {**KEYED, "name": _text("name", 100), "year": _text("year", 40), "source_id": "t.key"},
    "staff": {**KEYED, **MADE, "name": _text("name", 200), "email": _text("email", 254)},
    "student": {**KEYED, **MADE, "name": _text("name", 200), "called": _text("called", 100)},
    "guardian": {
        **MADE,
        "key": "coalesce((SELECT o.key FROM own_home o WHERE o.place = t.rowid), random_key())",
        "name": _text("name", 200),
        "addressed_as": _text("addressed_as", 200),
        "speaks": "coalesce(t.speaks, :language)",
        "reads": "coalesce(t.reads, '')",
        "script": "coalesce(t.script, '')",
        "access_needs": "coalesce(t.access_needs, '[]')",
        "may_ring": "coalesce(t.may_ring, 'anyone')",
        "ring_from": "nullif(t.ring_from, '')",
        "ring_until": "nullif(t.ring_until, '')",
        "timezone": "coalesce(t.timezone, '')",
        "islamic_day": "''",
    },
    "home": {**KEYED, **MADE, "label": _text("label", 200)},
    "tie": {
        **KEYED,
        "guardian_id": "{guardian}",
        "student_id": "{student}",
        "relation": "coalesce(t.relation, 'guardian')",
        "may_receive": "coalesce(t.may_receive, '1')",
        "may_see_records": "coalesce(t.may_see_records, '1')",
        "may_collect": "coalesce(t.may_collect, '1')",
    },
    "member": {"household_id": "{home}", "student_id": "{student}", "guardian_id": "{guardian}"},
    "contact": {
        **KEYED,
        "address_id": "{address}",
        "guardian_id": "{guardian}",
        "rank": "t.rank",
        "consented": "t.consented",
        "created_at": ":now",
    },
    "enrolment": {"student_id": "{student}", "school_class_id": "{class}", **SINCE},
    "teaching": {"staff_id": "{staff}", "school_class_id": "{class}", "is_lead": "t.is_lead", **SINCE},
    "restriction": {
        "key": "coalesce((SELECT e.row_key FROM sealed_evidence e WHERE e.key = t.key), random_key())",
        "guardianship_id": "{tie}",
        "scope": "t.scope",
        "evidence": "coalesce((SELECT e.closed FROM sealed_evidence e WHERE e.key = t.key), '')",
        "set_by_id": ":by",
        "set_at": ":now",
        **SINCE,
    },
}
ADDRESS = {
    **KEYED,
    "channel": "t.channel",
    "value": "t.value",
    "state": "'good'",
    "created_at": ":now",
}
CONSENT = {
    "given": "'1'",
    "source": "'school roster'",
    "wording": f"'{WORDING}'",
    "recorded_by_id": ":by",
    "at": ":now",
}
LINK = {
    "source": ":source",
    "record_key": "t.key",
    "adopted": "'0'",
    "added_in_id": ":run",
    "gone_in_id": "NULL",
}
HOME_OF_ONE = {
    **KEYED,
    "label": "substr(coalesce(nullif(g.addressed_as, ''), g.name, ''), 1, 200)",
    "source_id": f"'{OWN}' || t.key",
    "created_at": ":now",
}


def complete(model: type[models.Model], columns: dict[str, str], pk: str = "") -> dict[str, str]:
    """With the school, the id where it is known, and nothing in the columns not named: NULL, "" or no."""
    whole = {"school_id": ":school", **columns}
    if pk:
        whole["id"] = pk
    for column in model._meta.local_concrete_fields:
        if not column.primary_key and column.column and column.column not in whole:
            whole[column.column] = _nothing(column)
    return whole


def _nothing(column: models.Field[Any, Any]) -> str:
    if column.null:
        return "NULL"
    return "'0'" if isinstance(column, models.BooleanField) else "''"
