"""The files of OneRoster CSV 1.1 and 1.2: columns in their order, what refers to what, which we take.

Source: 1EdTech OneRoster 1.1 CSV tables and OneRoster 1.2 CSV binding, rostering, gradebook and resources.
"""

from __future__ import annotations

from dataclasses import dataclass

from porchlight.rosters.reading.problems import Severity, Sort

COMMON = "sourcedId status dateLastModified "
ROSTER = {
    "academicSessions": COMMON + "title type startDate endDate parentSourcedId schoolYear",
    "orgs": COMMON + "name type identifier parentSourcedId",
    "courses": COMMON + "schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes",
    "classes": COMMON
    + "title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds subjects "
    "subjectCodes periods",
    "users": COMMON
    + "enabledUser username userIds givenName familyName middleName identifier email sms phone agentSourcedIds "
    "grades password userMasterIdentifier preferredGivenName preferredMiddleName preferredFamilyName "
    "primaryOrgSourcedId pronouns",
    "roles": COMMON + "userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId",
    "enrollments": COMMON + "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
    "demographics": COMMON + "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
    "nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity "
    "countryOfBirthCode stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus",
    "userProfiles": COMMON
    + "userSourcedId profileType vendorId applicationId description credentialType username password",
}
OTHER = {  # grade books and resources: checked, never taken
    "categories": COMMON + "title weight",
    "lineItems": COMMON
    + "title description assignDate dueDate classSourcedId categorySourcedId academicSessionSourcedId "
    "resultValueMin resultValueMax schoolSourcedId",
    "results": COMMON
    + "lineItemSourcedId studentSourcedId scoreStatus score scoreDate comment textScore classSourcedId "
    "inProgress incomplete late missing",
    "scoreScales": COMMON + "title type orgSourcedId courseSourcedId classSourcedId scoreScaleValue",
    "lineItemLearningObjectiveIds": COMMON + "lineItemSourcedId source learningObjectiveId",
    "lineItemScoreScales": COMMON + "title lineItemSourcedId scoreScaleSourcedId",
    "resultLearningObjectiveIds": COMMON + "resultSourcedId source learningObjectiveId score textScore",
    "resultScoreScales": COMMON + "title resultSourcedId scoreScaleSourcedId",
    "resources": COMMON + "vendorResourceId title roles importance vendorId applicationId",
    "classResources": COMMON + "title classSourcedId resourceSourcedId",
    "courseResources": COMMON + "title courseSourcedId resourceSourcedId",
    "userResources": COMMON + "userSourcedId orgSourcedId classSourcedId resourceSourcedId",
}
CHANGED_SINCE_1_1 = {
    "users": COMMON
    + "enabledUser orgSourcedIds role username userIds givenName familyName middleName identifier email sms "
    "phone agentSourcedIds grades password",
    "lineItems": COMMON
    + "title description assignDate dueDate classSourcedId categorySourcedId gradingPeriodSourcedId "
    "resultValueMin resultValueMax",
    "results": COMMON + "lineItemSourcedId studentSourcedId scoreStatus score scoreDate comment",
}
ONLY_1_2 = {
    "roles",
    "userProfiles",
    "scoreScales",
    "lineItemLearningObjectiveIds",
    "lineItemScoreScales",
    "resultLearningObjectiveIds",
    "resultScoreScales",
    "userResources",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names rows of another file, and what a name without a row costs."""

    file: str
    column: str
    target: str
    missing: Severity = Severity.LEFT_OUT
    many: bool = False


# A missing target costs the row where we need it, or where the standard's own cases ask for it; it costs only the
# value where a real school leaves the target out and nothing of ours hangs on it.
REFERENCES = [
    Reference("academicSessions", "parentSourcedId", "academicSessions", Severity.DROPPED),
    Reference("orgs", "parentSourcedId", "orgs", Severity.DROPPED),
    Reference("courses", "schoolYearSourcedId", "academicSessions", Severity.DROPPED),
    Reference("courses", "orgSourcedId", "orgs"),
    Reference("classes", "courseSourcedId", "courses", Severity.DROPPED),
    Reference("classes", "schoolSourcedId", "orgs"),
    Reference("classes", "termSourcedIds", "academicSessions", Severity.DROPPED, many=True),
    Reference("users", "orgSourcedIds", "orgs", Severity.DROPPED, many=True),
    Reference("users", "primaryOrgSourcedId", "orgs", Severity.DROPPED),
    Reference("users", "agentSourcedIds", "users", Severity.DROPPED, many=True),
    Reference("roles", "userSourcedId", "users"),
    Reference("roles", "orgSourcedId", "orgs"),
    Reference("roles", "userProfileSourcedId", "userProfiles"),
    Reference("enrollments", "classSourcedId", "classes"),
    Reference("enrollments", "schoolSourcedId", "orgs"),
    Reference("enrollments", "userSourcedId", "users"),
    Reference("relationships", "userSourcedId", "users"),
    Reference("relationships", "relationshipUserSourcedId", "users"),
    Reference("demographics", "sourcedId", "users"),
    Reference("userProfiles", "userSourcedId", "users"),
    Reference("lineItems", "classSourcedId", "classes"),
    Reference("lineItems", "categorySourcedId", "categories"),
    Reference("lineItems", "academicSessionSourcedId", "academicSessions"),
    Reference("lineItems", "gradingPeriodSourcedId", "academicSessions"),
    Reference("lineItems", "schoolSourcedId", "orgs"),
    Reference("results", "lineItemSourcedId", "lineItems"),
    Reference("results", "studentSourcedId", "users"),
    Reference("results", "classSourcedId", "classes"),
    Reference("scoreScales", "orgSourcedId", "orgs"),
    Reference("scoreScales", "courseSourcedId", "courses"),
    Reference("scoreScales", "classSourcedId", "classes"),
    Reference("lineItemLearningObjectiveIds", "lineItemSourcedId", "lineItems"),
    Reference("lineItemScoreScales", "lineItemSourcedId", "lineItems"),
    Reference("lineItemScoreScales", "scoreScaleSourcedId", "scoreScales"),
    Reference("resultLearningObjectiveIds", "resultSourcedId", "results"),
    Reference("resultScoreScales", "resultSourcedId", "results"),
    Reference("resultScoreScales", "scoreScaleSourcedId", "scoreScales"),
    Reference("classResources", "classSourcedId", "classes"),
    Reference("classResources", "resourceSourcedId", "resources"),
    Reference("courseResources", "courseSourcedId", "courses"),
    Reference("courseResources", "resourceSourcedId", "resources"),
    Reference("userResources", "userSourcedId", "users"),
    Reference("userResources", "resourceSourcedId", "resources"),
]
# Columns whose names are looked up once for all, and the files they point to. As numbers they stand in `<file>_at`.
NAMED = {
    "roles": {"userSourcedId": "users"},
    "enrollments": {"userSourcedId": "users", "classSourcedId": "classes"},
    "relationships": {"userSourcedId": "users", "relationshipUserSourcedId": "users"},
}
# Never staged: secrets, then what a school need not tell us about anybody, then what we have no use for.
LOGINS = "password username identifier userIds userMasterIdentifier "
TOO_MUCH = f"pronouns sex {ROSTER['demographics'].partition(' sex ')[2]} "
UNUSED = (
    "vendorId applicationId description credentialType profileType comment textScore vendorResourceId "
    "courseCode subjects subjectCodes periods location classCode classType importance weight "
    "enabledUser middleName preferredMiddleName roleType schoolYear"
)
NEVER_TAKEN = frozenset((LOGINS + TOO_MUCH + UNUSED).split())
SORTS = {
    "email": Sort.EMAIL,
    "sms": Sort.PHONE,
    "phone": Sort.PHONE,
    "birthDate": Sort.BIRTHDAY,
    "comment": Sort.NOTE,
    "givenName": Sort.NAME,
    "familyName": Sort.NAME,
}
DATES = ("startDate", "endDate", "beginDate", "birthDate", "assignDate", "dueDate", "scoreDate")
REQUIRED = {
    "academicSessions": ["title", "startDate", "endDate"],
    "orgs": ["name"],
    "classes": ["title", "schoolSourcedId"],
    "roles": ["userSourcedId", "role"],
    "enrollments": ["classSourcedId", "userSourcedId", "role"],
}
ROLES = {  # user roles of 1.2, and `administrator` of 1.1
    "aide",
    "counselor",
    "districtAdministrator",
    "guardian",
    "parent",
    "principal",
    "proctor",
    "relative",
    "siteAdministrator",
    "student",
    "systemAdministrator",
    "teacher",
    "administrator",
}
ENROLMENT_ROLES = {"administrator", "proctor", "student", "teacher"}


def columns(file: str, version: str) -> list[str]:
    """The standard columns of a file (without `.csv`) in a version, in order."""
    if version == "1.1" and file in CHANGED_SINCE_1_1:
        return CHANGED_SINCE_1_1[file].split()
    return (ROSTER | OTHER)[file].split()


def files(version: str) -> list[str]:
    """Every file of a version, without `.csv`."""
    return [file for file in ROSTER | OTHER if version != "1.1" or file not in ONLY_1_2]
