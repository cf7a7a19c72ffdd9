"""Microsoft School Data Sync 2.1: OneRoster's cousin, with the guardians in `relationships.csv`.

Source: Microsoft's SDS v2.1 CSV format. Its files become the same staging tables as OneRoster's, so the same
checks hold. `userFlags.csv` (free meals, special needs) is never opened: a school need not tell us.
"""

from __future__ import annotations

from porchlight.rosters.reading.loading import load_file
from porchlight.rosters.reading.oneroster import Contents, Mode
from porchlight.rosters.reading.opening import Bundle
from porchlight.rosters.reading.problems import Severity
from porchlight.rosters.reading.staging import Staging

# Each file: its columns in order, and what we take under which of our names.
FILES: dict[str, tuple[str, dict[str, str]]] = {
    "academicSessions": (
        "sourcedId title type schoolYear startDate endDate",
        {
            "sourcedId": "sourcedId",
            "title": "title",
            "type": "type",
            "startDate": "startDate",
            "endDate": "endDate",
        },
    ),
    "orgs": (
        "sourcedId name type parentSourcedId",
        {"sourcedId": "sourcedId", "name": "name", "type": "type", "parentSourcedId": "parentSourcedId"},
    ),
    "classes": (
        "sourcedId orgSourcedId title sessionSourcedIds courseSourcedId",
        {
            "sourcedId": "sourcedId",
            "title": "title",
            "orgSourcedId": "schoolSourcedId",
            "sessionSourcedIds": "termSourcedIds",
        },
    ),
    "users": (
        "sourcedId username givenName familyName password activeDirectoryMatchId email phone sms",
        {
            "sourcedId": "sourcedId",
            "givenName": "givenName",
            "familyName": "familyName",
            "email": "email",
            "phone": "phone",
            "sms": "sms",
        },
    ),
    "roles": (
        "userSourcedId orgSourcedId role sessionSourcedId grade isPrimary roleStartDate roleEndDate",
        {
            "userSourcedId": "userSourcedId",
            "orgSourcedId": "orgSourcedId",
            "role": "role",
            "roleStartDate": "beginDate",
            "roleEndDate": "endDate",
        },
    ),
    "enrollments": (
        "classSourcedId userSourcedId role",
        {"classSourcedId": "classSourcedId", "userSourcedId": "userSourcedId", "role": "role"},
    ),
    "relationships": (
        "userSourcedId relationshipUserSourcedId relationshipRole",
        {
            "userSourcedId": "userSourcedId",
            "relationshipUserSourcedId": "relationshipUserSourcedId",
            "relationshipRole": "role",
        },
    ),
}
NOT_TAKEN = {"userflags.csv", "demographics.csv", "courses.csv"}


def read_sds(bundle: Bundle, staging: Staging) -> Contents:
    """Stage the files. SDS always sends the whole school, so every file counts as bulk."""
    contents = Contents("sds", "2.1", system="Microsoft School Data Sync")
    by_name = {f"{table}.csv".lower(): table for table in FILES}
    for file in bundle.sizes:
        table = by_name.get(file.lower())
        if table is None:
            taken = Severity.NOTED if file.lower() in NOT_TAKEN else Severity.REFUSED
            code = "package.not_taken" if taken is Severity.NOTED else "package.unknown_file"
            bundle.report.add(code, taken, file)
            continue
        standard, wanted = FILES[table]
        if load_file(
            bundle, staging, file, table=table, standard=standard.split(), wanted=wanted, aliases={}
        ):
            contents.modes[table] = Mode.BULK
    return contents
