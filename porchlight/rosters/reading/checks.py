"""Judges staged OneRoster and SDS rows: what cannot be trusted is left out with its reason, the rest may stay.

Every rule is one line of SQL over the file's table `t`; `Staging.flag` reports the rows it finds. The codes are those
of the standard's own conformance cases where it has them.
"""

from __future__ import annotations

from porchlight.rosters.reading import oneroster_files as spec
from porchlight.rosters.reading.oneroster import Contents, Mode
from porchlight.rosters.reading.problems import Report, Severity, Sort
from porchlight.rosters.reading.references import HOLDS, check_references
from porchlight.rosters.reading.staging import Staging

DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
MOMENT = f"{DAY}T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]*Z"
LONGEST_ID = 255
UUID_URN = "urn:uuid:________-____-____-____-____________"
ROLE_WORDS = {word.lower() for word in spec.ROLES} | {"professor", "lecturer", "adjunct", "faculty", "staff"}
ROLE_WORDS |= {"administrativestaff", "assistant", "visitor", "alumni"}
ENROLMENT_WORDS = {word.lower() for word in spec.ENROLMENT_ROLES} | {
    "professor",
    "lecturer",
    "faculty",
    "aide",
}
WORDS = {"users": ROLE_WORDS, "roles": ROLE_WORDS, "enrollments": ENROLMENT_WORDS}
SEMANTICS = {  # what the standard's cases ask of grade books, which we check and never take
    "lineItems": (
        "semantic.invalid_score_range",
        "resultValueMin",
        "t.\"resultValueMin\" <> '' AND t.\"resultValueMax\" <> ''"
        ' AND CAST(t."resultValueMin" AS REAL) > CAST(t."resultValueMax" AS REAL)',
    ),
    "scoreScales": (
        "semantic.invalid_score_scale_mapping",
        "scoreScaleValue",
        "t.\"scoreScaleValue\" NOT LIKE '{%:%}'",
    ),
    "lineItemLearningObjectiveIds": (
        "semantic.invalid_case_learning_objective_id",
        "learningObjectiveId",
        f"t.source = 'case' AND t.\"learningObjectiveId\" NOT LIKE '{UUID_URN}'",
    ),
    "resultLearningObjectiveIds": (
        "semantic.invalid_case_learning_objective_id",
        "learningObjectiveId",
        f"t.source = 'case' AND t.\"learningObjectiveId\" NOT LIKE '{UUID_URN}'",
    ),
}


def check(staging: Staging, contents: Contents, report: Report) -> None:
    """Leave out every row that breaks a rule; rows marked as deleted move to the table `gone`."""
    for table, mode in contents.modes.items():
        columns = staging.columns(table)
        if "sourcedId" in columns:
            _ids(staging, table, report)
        if "status" in columns:
            _lifecycle(staging, table, mode, report)
        _required(staging, table, columns, report)
        for column in spec.DATES:
            if column in columns:
                _dates(staging, table, column, report)
        if table in SEMANTICS:
            code, field, where = SEMANTICS[table]
            staging.flag(report, code, Severity.LEFT_OUT, table, field, where)
        if table in WORDS and "role" in columns:
            known = ", ".join(f"'{word}'" for word in sorted(WORDS[table]))
            odd = f"t.role <> '' AND lower(t.role) NOT IN ({known}) AND t.role NOT LIKE 'ext:%'"
            staging.flag(report, "row.unknown_word", Severity.LEFT_OUT, table, "role", odd)
        staging.let_go(table, *HOLDS.get(table, ()))
    check_references(staging, contents, report)


def _ids(staging: Staging, table: str, report: Report) -> None:
    staging.run(
        f'UPDATE "{table}" SET "sourcedId" = trim("sourcedId") WHERE "sourcedId" <> trim("sourcedId")'
    )
    staging.flag(report, "row.no_id", Severity.LEFT_OUT, table, "sourcedId", "t.\"sourcedId\" = ''")
    too_long = f'length(t."sourcedId") > {LONGEST_ID}'
    staging.flag(report, "row.id_too_long", Severity.LEFT_OUT, table, "sourcedId", too_long)
    staging.let_go(table)
    strange = "t.\"sourcedId\" GLOB '*[^-0-9A-Za-z._/@]*'"
    staging.flag(report, "row.strange_id", Severity.NOTED, table, "sourcedId", strange)
    staging.run(f'CREATE INDEX "{table}_id" ON "{table}" ("sourcedId")')
    if staging.value(f'SELECT count(*) - count(DISTINCT "sourcedId") FROM "{table}"'):
        earlier = (
            f'EXISTS (SELECT 1 FROM "{table}" o WHERE o."sourcedId" = t."sourcedId" AND o.line < t.line)'
        )
        staging.flag(report, "row.same_id", Severity.LEFT_OUT, table, "sourcedId", earlier)


def _lifecycle(staging: Staging, table: str, mode: Mode, report: Report) -> None:
    """`status` and `dateLastModified`: asked for in a delta file, out of place in a bulk one."""
    gone = "lower(t.status) IN ('tobedeleted', 'inactive')"
    if mode is Mode.DELTA:
        for field in ("status", "dateLastModified"):
            missing = f"trim(t.\"{field}\") = ''"
            staging.flag(report, "row.field_required_in_delta", Severity.LEFT_OUT, table, field, missing)
        odd = f"t.status <> '' AND lower(t.status) <> 'active' AND NOT {gone}"
        staging.flag(report, "row.unknown_word", Severity.LEFT_OUT, table, "status", odd)
        stamp = 't."dateLastModified"'
        day = f"{stamp} GLOB '{DAY}*' AND {stamp} NOT GLOB '{MOMENT}'"
        staging.flag(report, "row.guessed_datetime", Severity.GUESSED, table, "dateLastModified", day)
        other = f"{stamp} <> '' AND ({stamp} NOT GLOB '{DAY}*' OR date(substr({stamp}, 1, 10)) IS NULL)"
        staging.flag(report, "row.invalid_datetime", Severity.LEFT_OUT, table, "dateLastModified", other)
    else:
        for field in ("status", "dateLastModified"):
            filled = f"t.\"{field}\" <> ''"
            staging.flag(
                report, "row.field_forbidden_in_bulk", Severity.NOTED, table, field, filled, once=True
            )
        staging.flag(report, "row.marked_gone", Severity.NOTED, table, "status", gone)
    staging.let_go(table, *HOLDS.get(table, ()))
    a, b = (f't."{name}"' for name in HOLDS.get(table, ("sourcedId", "sourcedId")))
    staging.run(f'INSERT INTO gone SELECT \'{table}\', t."sourcedId", {a}, {b} FROM "{table}" t WHERE {gone}')
    staging.run(f'DELETE FROM "{table}" AS t WHERE {gone}')


def _required(staging: Staging, table: str, columns: list[str], report: Report) -> None:
    for field in spec.REQUIRED.get(table, []):
        if field in columns:
            empty = f"trim(t.\"{field}\") = ''"
            staging.flag(report, "row.missing_value", Severity.LEFT_OUT, table, field, empty)
    if table == "users":
        nameless = "trim(t.\"givenName\") = '' AND trim(t.\"familyName\") = ''"
        staging.flag(report, "row.missing_value", Severity.LEFT_OUT, table, "familyName", nameless)


def _dates(staging: Staging, table: str, column: str, report: Report) -> None:
    """A day as 2026-09-01. With a time behind it the day is taken; 1/05/2026 is never guessed."""
    cell = f't."{column}"'
    sort = spec.SORTS.get(column, Sort.WORD)
    timed = f"{cell} GLOB '{DAY}[T ]*'"
    if staging.flag(report, "row.guessed_date", Severity.GUESSED, table, column, timed, sort=sort):
        staging.run(f'UPDATE "{table}" AS t SET "{column}" = substr({cell}, 1, 10) WHERE {timed}')
    wrong = f"{cell} <> '' AND ({cell} NOT GLOB '{DAY}' OR date({cell}, '+0 days') IS NOT {cell})"
    staging.flag(report, "row.invalid_date", Severity.LEFT_OUT, table, column, wrong, sort=sort)
    if column == "endDate":
        since = next((name for name in ("startDate", "beginDate") if name in staging.columns(table)), None)
        if since:
            back = f"{cell} <> '' AND t.\"{since}\" <> '' AND {cell} < t.\"{since}\""
            staging.flag(report, "row.ends_before_start", Severity.LEFT_OUT, table, column, back)
