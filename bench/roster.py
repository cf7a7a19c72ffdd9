"""Roster import of 100,000 users against bare `csv` reading of the same files: CPU seconds and peak memory.

Each slice runs in a process of its own, bare and import in turn, on a fresh SQLite file. The people are drawn with a
fixed seed; their numbers are of the kinds kept free for stories.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

USERS = 100_000
STAFF, STUDENTS, GUARDIANS = 5_000, 45_000, 50_000
CLASSES, SEATS = 3_000, 3  # classes, and how many of them a student is in
PAIRS = int(os.environ.get("PORCHLIGHT_BENCH_PAIRS", "5"))
MOST_CPU, MOST_MEMORY = 20, 300  # times bare reading; MB
HEADERS = {
    "orgs": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
    "classes": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
    "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
    "users": "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,"
    "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
    "roles": "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
    "userProfileSourcedId",
    "enrollments": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
    "beginDate,endDate",
}


def rows(rng: random.Random) -> dict[str, Iterator[list[str]]]:
    """Every file's rows. Students name their two guardians; each guardian has a number, most have a mailbox."""
    guid = [f"{rng.getrandbits(128):032x}" for _ in range(USERS)]
    posts = ["teacher"] * STAFF + ["student"] * STUDENTS + ["guardian"] * GUARDIANS
    groups = (f"c{number}" for number in range(CLASSES))
    return {
        "orgs": iter([["o1", "", "", "Long Street School", "school", "", ""]]),
        "classes": ([key, "", "", f"Class {key}", "07", *[""] * 4, "o1", *[""] * 4] for key in groups),
        "users": users(guid, posts),
        "roles": (
            [f"r{n}", "", "", guid[n], "primary", post, "", "", "o1", ""] for n, post in enumerate(posts)
        ),
        "enrollments": seats(guid, posts),
    }


def users(guid: list[str], posts: list[str]) -> Iterator[list[str]]:
    """Rows of users.csv."""
    for place, post in enumerate(posts):
        first, last = f"Given{place % 977}", f"Family{place % 1231}"
        agents, sms, email = "", "", f"u{place}@example.org" if place % 3 else ""
        if post == "student":
            child = place - STAFF
            near = [STAFF + STUDENTS + (child + step) % GUARDIANS for step in (0, 1 + child % 7)]
            agents = ",".join(guid[found] for found in near)
        elif post == "guardian":
            sms = f"+1{200 + place % 790:03d}55501{place // 790 % 100:02d}"
        names = ["", "", "true", f"user{place}", "", first, last, "", str(place)]
        yield [guid[place], *names, email, sms, "", agents, *[""] * 6, "o1", ""]


def seats(guid: list[str], posts: list[str]) -> Iterator[list[str]]:
    """Rows of enrollments.csv."""
    number = 0
    for place in range(STAFF + STUDENTS):
        for seat in range(SEATS if posts[place] == "student" else 1):
            number += 1
            group = f"c{(place * 7 + seat * 911) % CLASSES}"
            yield [f"e{number}", "", "", group, "o1", guid[place], posts[place], "", "2026-09-01", ""]


def write(folder: Path) -> None:
    """The bundle as a folder of CSV files."""
    for name, found in rows(random.Random(7)).items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(HEADERS[name].split(","))
            out.writerows(found)
    lines = ["propertyName,value", "manifest.version,1.0", "oneroster.version,1.2"]
    (folder / "manifest.csv").write_text(
        "\n".join([*lines, *(f"file.{name},bulk" for name in HEADERS)]) + "\n"
    )


def bare(folder: Path) -> int:
    """The anchor: every row of every file through `csv.reader`, and nothing done with it."""
    found = 0
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for _row in csv.reader(file):
                found += 1
    return found


def imported(folder: Path) -> int:
    """The whole import: read, check, compare, write, commit."""
    import django

    django.setup()
    from porchlight.rosters.actions import take
    from porchlight.schools.actors import system
    from porchlight.schools.models import School

    school = School.objects.get()
    run = take(path=folder, school=school, by=system(school.pk), confirm_removals=True)
    return sum(states["told"] for states in run.counts.values())


def prepare() -> None:
    """An empty school in the process's own database."""
    import django

    django.setup()
    from django.core.management import call_command

    from porchlight.schools.models import School

    call_command("migrate", verbosity=0)
    School.objects.create(slug="long-street", name="Long Street School", country="US")


def slice_of(task: str, folder: Path, var: Path) -> dict[str, float]:
    """Run one slice in a process of its own; its CPU seconds, wall seconds, MB and rows."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "porchlight.config.settings", "PORCHLIGHT_VAR": str(var)}
    env.pop("DATABASE_URL", None)
    answer = subprocess.run(
        [sys.executable, "-m", "bench.roster", task, str(folder)],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def measured(task: str, folder: Path) -> dict[str, float]:
    """In the slice's process: CPU of the task alone, without Python's and Django's own start."""
    if task == "prepare":
        prepare()
        return {}
    if task == "import":
        import django

        django.setup()
    cpu, wall = time.process_time(), time.perf_counter()
    found = bare(folder) if task == "bare" else imported(folder)
    return {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rows": found,
    }


def main() -> dict[str, float]:
    """Alternate the slices and print medians. Exits with 1 when a limit is missed."""
    times: dict[str, list[dict[str, float]]] = {"bare": [], "import": [], "again": []}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "bundle"
        folder.mkdir()
        write(folder)
        for pair in range(PAIRS):
            var = Path(place) / f"var{pair}"
            slice_of("prepare", folder, var)
            times["bare"].append(slice_of("bare", folder, var))
            times["import"].append(slice_of("import", folder, var))
            times["again"].append(slice_of("import", folder, var))
    median = {
        task: {key: statistics.median(one[key] for one in found) for key in found[0]}
        for task, found in times.items()
    }
    ratio = median["import"]["cpu"] / median["bare"]["cpu"]
    memory = max(one["memory"] for task in ("import", "again") for one in times[task])
    for task, found in median.items():
        figures = f"{found['cpu']:6.2f} CPU s  {found['wall']:6.2f} s  {found['memory']:5.0f} MB"
        print(f"roster {task:<7} {figures}  {found['rows']:.0f} rows")
    print(f"roster import of {USERS:,} users: {ratio:.1f} x bare csv (limit {MOST_CPU})")
    print(f"peak memory: {memory:.0f} MB (limit {MOST_MEMORY})")
    return {"ratio": ratio, "memory": memory}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measured(sys.argv[1], Path(sys.argv[2]))))
    else:
        outcome = main()
        sys.exit(outcome["ratio"] > MOST_CPU or outcome["memory"] > MOST_MEMORY)
