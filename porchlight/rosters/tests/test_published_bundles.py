"""Every published bundle imports with its deviations said, or is refused with the reason."""

import json
from pathlib import Path

import pytest

from porchlight.rosters.reading.bundles import Wanted
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.tests.bundles import Told

pytestmark = pytest.mark.shared

# name → (records told, codes of its deviations)
REAL = {
    "v1p1-gospelnerd-a-sh1.zip": (
        {"term": 1, "class": 42, "staff": 7, "student": 72, "enrolment": 504, "teaching": 42},
        {"row.field_forbidden_in_bulk"},
    ),
    "v1p1-lepo-en.zip": (
        {"term": 4, "class": 5, "student": 20, "enrolment": 25},
        {"manifest.guessed_property", "enrolment.not_staff"},
    ),
    "v1p1-moodle-minimal.zip": (
        {"term": 3, "class": 2, "staff": 2, "student": 3, "guardian": 1, "enrolment": 2, "teaching": 2},
        {"reference.missing_target_file", "enrolment.not_student"},
    ),
    "v1p2-moodle-delta.zip": ({"term": 1, "class": 1, "student": 1, "enrolment": 1}, set()),
    "ms-sds-v2.1": (
        {
            **{"term": 1, "class": 2, "staff": 2, "student": 4, "guardian": 2, "tie": 3},
            **{"contact": 2, "enrolment": 4, "teaching": 2},
        },
        {"contact.bad_number", "package.not_taken"},
    ),
}
SEVERAL_SCHOOLS = {
    "v1p1-gospelnerd-d-sh.zip": (
        "fc822df6-d15c-4eb3-9109-f2c06984e722",
        {"class": 42, "student": 72, "staff": 7},
    ),
    "v1p1-oat-basecsv": ("12345", {"class": 2, "student": 1, "enrolment": 2}),
}


def told(found: Told) -> dict[str, int]:
    return {kind: len(rows) for kind, rows in found.records.items() if rows}


@pytest.mark.parametrize("name", REAL)
def test_a_real_export_imports_and_each_deviation_is_said(shared: Path, name: str) -> None:
    found = Told(shared / "standards/oneroster" / name)
    records, codes = REAL[name]
    assert found.contents.importable
    assert told(found) == records
    assert found.report.codes == codes
    assert all(len(problem.reason) > 20 for problem in found.report.kept)


@pytest.mark.parametrize("name", SEVERAL_SCHOOLS)
def test_a_bundle_of_several_schools_asks_which_one_and_then_takes_that_alone(
    shared: Path, name: str
) -> None:
    path = shared / "standards/oneroster" / name
    org, records = SEVERAL_SCHOOLS[name]
    with pytest.raises(Refused) as refusal:
        Told(path)
    assert refusal.value.problem.code == "package.which_school"
    assert org in str(refusal.value)
    found = told(Told(path, Wanted(org=org)))
    assert {kind: found[kind] for kind in records} == records


def test_the_first_microsoft_format_is_refused_with_the_way_on(shared: Path) -> None:
    with pytest.raises(Refused, match=r"v2\.1, with relationships\.csv"):
        Told(shared / "standards/oneroster/ms-sds-v1-min-required-attributes")


def conformance() -> list[str]:
    """Names of the cases, known without the data so that each is listed when it is absent."""
    return [
        *(
            "ok-full-bulk-package",
            "ok-gradebook-bulk-package",
            "ok-metadata-columns",
            "ok-resources-bulk-package",
        ),
        *("ok-rostering-bulk-package", "neg-delta-lifecycle-datetime-failure"),
        *(
            "neg-delta-lifecycle-required-failure",
            "neg-manifest-marks-present-file-absent",
        ),
        *("neg-missing-target-file-failure", "neg-schema-header-and-metadata-failures"),
        *("neg-semantic-validation-failure", "neg-unknown-zip-entry", "ref-classes-schoolsourcedid"),
        *("ref-courses-orgsourcedid", "ref-demographics-sourcedid", "ref-enrollments-schoolsourcedid"),
        *("ref-orgs-parentsourcedid", "ref-roles-userprofilesourcedid", "ref-roles-usersourcedid"),
        *("ref-users-agentsourcedids", "reffile-classes-csv-cross-file-references"),
        "reffile-roles-userprofilesourcedid",
    ]


def test_no_published_case_is_forgotten(shared: Path) -> None:
    folder = shared / "standards/oneroster/v1p2-conformance"
    assert sorted(path.stem for path in folder.glob("*.zip")) == sorted(
        [*conformance(), "neg-missing-manifest"]
    )


def test_a_bundle_without_a_manifest_and_without_anything_else_is_refused(shared: Path) -> None:
    with pytest.raises(Refused, match="nothing to read"):
        Told(shared / "standards/oneroster/v1p2-conformance/neg-missing-manifest.zip")


@pytest.mark.parametrize("name", conformance())
def test_the_standards_own_cases_come_out_as_published(shared: Path, name: str) -> None:
    folder = shared / "standards/oneroster/v1p2-conformance"
    expected = next(
        case for case in json.loads((folder / "expected.json").read_text()) if case["file"] == f"{name}.zip"
    )
    found = Told(folder / f"{name}.zip")
    if expected["valid"]:
        assert found.contents.importable
        assert found.problems() == []
        assert {"class": 1, "staff": 2}.items() <= told(found).items()
        return
    wanted = expected.get("diagnostics") or [
        {"code": code, "fileName": expected.get("file_"), **expected} for code in expected["expectedCodes"]
    ]
    for case in wanted:
        assert any(
            problem.code == case["code"]
            and (not case.get("fileName") or problem.file == case["fileName"])
            and (not case.get("rowNumber") or problem.line == case["rowNumber"])
            and (not case.get("field") or problem.field == case["field"])
            for problem in found.report.kept
        ), case
    refused = not found.contents.importable
    left_out = any(problem.severity == "left_out" for problem in found.report.kept)
    assert refused or left_out
