"""Judges staged OneRoster and SDS rows: what cannot be trusted is left out with its reason, the rest may stay.

The codes are those of the standard's own conformance cases where it has them.
"""

from __future__ import annotations

import sqlite3

from porchlight.rosters.reading import oneroster_files as spec
from porchlight.rosters.reading.oneroster import Contents, Mode
from porchlight.rosters.reading.problems import Report, Severity, Sort
from porchlight.rosters.reading.references import HOLDS, check_references
from porchlight.rosters.reading.rules import Rule, Walk
from porchlight.rosters.reading.staging import Staging

DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
MOMENT = f"{DAY}T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]*Z"
LONGEST_ID = 255
UUID_URN = "urn:uuid:________-____-____-____-____________"
GONE = "(t.status <> '' AND lower(t.status) IN ('tobedeleted', 'inactive'))"
ROLE_WORDS = {word.lower() for word in spec.ROLES} | {"professor", "lecturer", "adjunct", "faculty", "staff"}
ROLE_WORDS |= {"administrativestaff", "assistant", "visitor", "alumni"}
ENROLMENT_WORDS = {word.lower() for word in spec.ENROLMENT_ROLES} | {
    "professor",
    "lecturer",
    "faculty",
    "aide",
}
WORDS = {"users": ROLE_WORDS, "roles": ROLE_WORDS, "enrollments": ENROLMENT_WORDS}
LEFT_OUT, GUESSED, NOTED = Severity.LEFT_OUT, Severity.GUESSED, Severity.NOTED
OBJECTIVE = Rule(
    "semantic.invalid_case_learning_objective_id",
    LEFT_OUT,
    "learningObjectiveId",
    f"t.source = 'case' AND t.\"learningObjectiveId\" NOT LIKE '{UUID_URN}'",
    also=("source",),
)
SEMANTICS = {  # what the standard's cases ask of grade books, which we check and never take
    "lineItems": Rule(
        "semantic.invalid_score_range",
        LEFT_OUT,
        "resultValueMin",
        "t.\"resultValueMin\" <> '' AND t.\"resultValueMax\" <> ''"
        ' AND CAST(t."resultValueMin" AS REAL) > CAST(t."resultValueMax" AS REAL)',
        also=("resultValueMax",),
    ),
    "scoreScales": Rule(
        "semantic.invalid_score_scale_mapping",
        LEFT_OUT,
        "scoreScaleValue",
        "t.\"scoreScaleValue\" NOT LIKE '{%:%}'",
    ),
    "lineItemLearningObjectiveIds": OBJECTIVE,
    "resultLearningObjectiveIds": OBJECTIVE,
}
USELESS_ID = [
    Rule("row.no_id", LEFT_OUT, "sourcedId", "t.\"sourcedId\" = ''"),
    Rule("row.id_too_long", LEFT_OUT, "sourcedId", f'length(t."sourcedId") > {LONGEST_ID}'),
]
STRANGE_ID = Rule("row.strange_id", NOTED, "sourcedId", "t.\"sourcedId\" GLOB '*[^-0-9A-Za-z._/@]*'")
MARKED_GONE = Rule("row.marked_gone", NOTED, "status", GONE)
STAMP = 't."dateLastModified"'
LIFECYCLE = {  # `status` and `dateLastModified`: asked for in a delta file, out of place in a bulk one
    Mode.DELTA: [
        Rule("row.field_required_in_delta", LEFT_OUT, "status", "trim(t.status) = ''"),
        Rule("row.field_required_in_delta", LEFT_OUT, "dateLastModified", f"trim({STAMP}) = ''"),
        Rule(
            "row.unknown_word",
            LEFT_OUT,
            "status",
            f"t.status <> '' AND lower(t.status) <> 'active' AND NOT {GONE}",
        ),
        Rule(
            "row.guessed_datetime",
            GUESSED,
            "dateLastModified",
            f"{STAMP} GLOB '{DAY}*' AND {STAMP} NOT GLOB '{MOMENT}'",
        ),
        Rule(
            "row.invalid_datetime",
            LEFT_OUT,
            "dateLastModified",
            f"{STAMP} <> '' AND ({STAMP} NOT GLOB '{DAY}*' OR date(substr({STAMP}, 1, 10)) IS NULL)",
        ),
    ],
    Mode.BULK: [
        *(
            Rule("row.field_forbidden_in_bulk", NOTED, field, f"t.\"{field}\" <> ''", once=True)
            for field in ("status", "dateLastModified")
        ),
        MARKED_GONE,
    ],
}


def check(staging: Staging, contents: Contents, report: Report) -> None:
    """Leave out every row that breaks a rule; rows marked as deleted move to the table `gone`."""
    for table, mode in contents.modes.items():
        columns = staging.columns(table)
        if "sourcedId" in columns and table not in staging.plain:
            untidy = '"sourcedId" <> trim("sourcedId")'
            staging.run(f'UPDATE "{table}" SET "sourcedId" = trim("sourcedId") WHERE {untidy}')
        dates = [column for column in spec.DATES if column in columns]
        walk = Walk(
            staging,
            table,
            [
                *(USELESS_ID if "sourcedId" in columns else []),
                *([STRANGE_ID] if "sourcedId" in columns and table not in staging.plain else []),
                *([*LIFECYCLE[mode], MARKED_GONE] if "status" in columns else []),
                *_content(table, columns),
                *(rule for column in dates for rule in _dates(column, columns)),
            ],
        )
        if "sourcedId" in columns:
            _ids(walk, report)
        if "status" in columns:
            _lifecycle(walk, mode, report)
        walk.report(report, _content(table, columns))
        for column in dates:
            _tell_dates(walk, column, columns, report)
        staging.let_go(table, *HOLDS.get(table, ()))
    check_references(staging, contents, report)


def _ids(walk: Walk, report: Report) -> None:
    """The index over the ids tells whether one is there twice."""
    staging, table = walk.staging, walk.table
    if walk.report(report, USELESS_ID):
        staging.let_go(table)
    walk.report(report, [STRANGE_ID])
    try:
        staging.run(f'CREATE UNIQUE INDEX "{table}_id" ON "{table}" ("sourcedId")')
    except sqlite3.IntegrityError:
        staging.run(f'CREATE INDEX "{table}_id" ON "{table}" ("sourcedId")')
        earlier = (
            f'EXISTS (SELECT 1 FROM "{table}" o WHERE o."sourcedId" = t."sourcedId" AND o.line < t.line)'
        )
        staging.flag(report, "row.same_id", LEFT_OUT, table, "sourcedId", earlier)


def _lifecycle(walk: Walk, mode: Mode, report: Report) -> None:
    staging, table = walk.staging, walk.table
    walk.report(report, LIFECYCLE[mode])
    staging.let_go(table, *HOLDS.get(table, ()))
    if GONE in walk.broken:
        a, b = (f't."{name}"' for name in HOLDS.get(table, ("sourcedId", "sourcedId")))
        gone = f'SELECT \'{table}\', t."sourcedId", {a}, {b} FROM "{table}" t WHERE {GONE}'
        staging.run(f"INSERT INTO gone {gone}")
        staging.run(f'DELETE FROM "{table}" AS t WHERE {GONE}')


def _content(table: str, columns: list[str]) -> list[Rule]:
    """What must be filled, which words a role may be, and what grade books are asked."""
    rules = [
        Rule("row.missing_value", LEFT_OUT, field, f"trim(t.\"{field}\") = ''")
        for field in spec.REQUIRED.get(table, [])
        if field in columns
    ]
    if table == "users":
        nameless = "trim(t.\"givenName\") = '' AND trim(t.\"familyName\") = ''"
        rules.append(Rule("row.missing_value", LEFT_OUT, "familyName", nameless, also=("givenName",)))
    if table in SEMANTICS:
        rules.append(SEMANTICS[table])
    if table in WORDS and "role" in columns:
        known = ", ".join(f"'{word}'" for word in sorted(WORDS[table]))
        odd = f"t.role <> '' AND lower(t.role) NOT IN ({known}) AND t.role NOT LIKE 'ext:%'"
        rules.append(Rule("row.unknown_word", LEFT_OUT, "role", odd))
    return rules


def _dates(column: str, columns: list[str]) -> list[Rule]:
    """A day as 2026-09-01. With a time behind it the day is taken; 1/05/2026 is never guessed."""
    cell, sort = f't."{column}"', spec.SORTS.get(column, Sort.WORD)
    wrong = f"{cell} <> '' AND ({cell} NOT GLOB '{DAY}' OR date({cell}, '+0 days') IS NOT {cell})"
    rules = [
        Rule("row.guessed_date", GUESSED, column, f"{cell} GLOB '{DAY}[T ]*'", sort),
        Rule("row.invalid_date", LEFT_OUT, column, wrong, sort),
    ]
    since = next((name for name in ("startDate", "beginDate") if name in columns), None)
    if column == "endDate" and since:
        back = f"{cell} <> '' AND t.\"{since}\" <> '' AND {cell} < t.\"{since}\""
        rules.append(Rule("row.ends_before_start", LEFT_OUT, column, back, also=(since,)))
    return rules


def _tell_dates(walk: Walk, column: str, columns: list[str], report: Report) -> None:
    timed, *others = _dates(column, columns)
    if walk.report(report, [timed]):
        cut = f'UPDATE "{walk.table}" AS t SET "{column}" = substr("{column}", 1, 10) WHERE {timed.where}'
        walk.staging.run(cut)
    walk.report(report, others)
