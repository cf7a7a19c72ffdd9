"""docs/running.md is true: every command on it is run here, in its order, on both databases."""

from __future__ import annotations

import re
import secrets
import shlex
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import get_commands

from porchlight.config.mail import mailer
from porchlight.delivery.tests.kit import until
from porchlight.operations.tests.running import Program, ask, free_port, porchlight, surroundings
from tests.house import ROOT
from tests.plugins import postgres

PAGE = (ROOT / "docs" / "running.md").read_text()
FENCE = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROLES = ("porchlight_owner", "porchlight_app")


def blocks(language: str, name: str | None = None) -> list[str]:
    return [text for kind, called, text in FENCE.findall(PAGE) if kind == language and called == (name or "")]


SETTINGS = blocks("sh", "settings")[0]


class Server:
    """A machine as the page sets it up, in a folder of its own."""

    def __init__(self, folder: Path, **words: str) -> None:
        self.folder, self.port = folder, free_port()
        self.words = {"/var/lib/porchlight": str(folder / "var"), "/var/backups": str(folder), **words}
        self.env = surroundings(folder / "var")
        self.programs: list[Program] = []

    def as_here(self, text: str) -> str:
        """The page's words with this machine's folders, port, database and roles in them."""
        for word, here in self.words.items():
            text = text.replace(word, here)
        return text

    def set(self, block: str) -> None:
        """Run a block of exports and keep what it exported."""
        names = re.findall(r"^export (\w+)=", block, re.MULTILINE)
        script = self.as_here(block) + "\n" + "\n".join(f'printf "%s\\n" "${name}"' for name in names)
        done = subprocess.run(["sh", "-euc", script], capture_output=True, text=True, check=True)
        self.env.update(zip(names, done.stdout.splitlines(), strict=True))

    def run(self, block: str) -> list[subprocess.CompletedProcess[str]]:
        """Every command of a block, one after the other; none may fail."""
        done = []
        for line in self.as_here(block).splitlines():
            program, *words = shlex.split(line)
            assert program == "porchlight", line
            done.append(porchlight(*words, env=self.env))
            assert done[-1].returncode == 0, (line, done[-1].stdout, done[-1].stderr)
        return done

    def start(self, block: str) -> None:
        """Programs that go on."""
        for line in block.replace("8000", str(self.port)).splitlines():
            self.programs.append(Program(*shlex.split(line)[1:], env=self.env))
        self.programs[0].until("answers at")
        self.programs[1].until("Working:")

    def is_well(self) -> bool:
        return ask(self.port, "/health").status == 200

    def stop(self) -> list[int]:
        return [program.end(signal.SIGTERM) for program in self.programs]


def follow(server: Server) -> None:
    """The page's first half: tables, school, people, both programs."""
    server.run(blocks("sh", "first")[0])
    server.start(blocks("sh", "programs")[0])
    until(server.is_well)


@pytest.fixture(scope="module")
def one_school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("one"))
    server.set(SETTINGS)
    try:
        follow(server)
        yield server
    finally:
        codes = server.stop()
    assert codes == [0, 0]


@pytest.mark.timeout(300)
def test_one_school_runs_on_sqlite_and_the_doctor_finds_nothing_wrong(one_school: Server) -> None:
    [doctor] = one_school.run(blocks("sh", "doctor")[0])
    assert not re.search(r"^Wrong", doctor.stdout, re.MULTILINE)
    assert len(one_school.env["PORCHLIGHT_SECRET_KEY"]) == 64
    assert one_school.env["PORCHLIGHT_SECRET_KEY"] != one_school.env["PORCHLIGHT_SEAL_KEY"]
    front = ask(one_school.port, "/maple-street/sign-in/", Host="porchlight.example.org")
    assert (front.status, front.headers["Strict-Transport-Security"]) == (
        200,
        "max-age=31536000; includeSubDomains",
    )


@pytest.mark.timeout(300)
def test_a_backup_is_whole_nobody_elses_to_read_and_never_over_another(one_school: Server) -> None:
    [command] = blocks("sh", "backup")
    note = one_school.folder / "var" / "files" / "1" / "ab" / "abvoice"
    note.parent.mkdir(parents=True)
    note.write_bytes(b"OggS a voice note")
    one_school.run(command)
    copy = one_school.folder / "porchlight-monday.sqlite3"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as there:
        assert there.execute("SELECT slug FROM schools_school").fetchall() == [("maple-street",)]
        assert there.execute("SELECT count(*) FROM schools_staffmember").fetchone() == (3,)
    again = porchlight(*shlex.split(one_school.as_here(command))[1:], env=one_school.env)
    assert (again.returncode, again.stderr) == (
        1,
        f"CommandError: {copy} is there already. Name a file that is not.\n",
    )
    nowhere = porchlight("backup", str(one_school.folder / "gone" / "x"), env=one_school.env)
    assert nowhere.stderr.endswith("could not be written: No such file or directory.\n")
    assert sorted(path.name for path in one_school.folder.iterdir()) == ["porchlight-files", copy.name, "var"]
    kept = one_school.folder / "porchlight-files" / "1" / "ab" / "abvoice"
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"OggS a voice note", 0o600)
    second = porchlight("backup", str(one_school.folder / "tuesday.sqlite3"), env=one_school.env)
    assert (second.returncode, "new files" in second.stdout) == (0, False)


@pytest.mark.timeout(300)
def test_a_lost_database_comes_back_from_the_copy_that_runs_beside_it(one_school: Server) -> None:
    """T48 on SQLite: what was written a second before the disk was lost is there."""
    config = one_school.folder / "litestream.yml"
    config.write_text(one_school.as_here(blocks("yaml", "replica")[0]))
    database, here = one_school.folder / "var" / "porchlight.sqlite3", {"/etc/litestream.yml": str(config)}

    def litestream(block: str) -> list[str]:
        [line] = one_school.as_here(blocks("sh", block)[0]).splitlines()
        program, *words = shlex.split(line.replace(*next(iter(here.items()))))
        return [str(Path(sys.executable).with_name(program)), *words]

    beside = subprocess.Popen(litestream("replicate"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        one_school.run(blocks("sh", "switches")[0])
        before = rows(database)
        replica, lost = one_school.folder / "replica", one_school.folder / "lost.sqlite3"
        restore = [word if word != str(database) else str(lost) for word in litestream("restore")]
        restore[-1] = str(database)

        def came_back() -> bool:
            lost.unlink(missing_ok=True)
            return subprocess.run(restore, capture_output=True).returncode == 0 and rows(lost) == before

        until(lambda: replica.exists() and came_back(), within=20)
    finally:
        beside.terminate()
        assert beside.wait(20) == 0


def rows(file: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as there:
        return there.execute(
            "SELECT id, channel, reason, lifted_at FROM delivery_killswitch ORDER BY id"
        ).fetchall()


@pytest.mark.timeout(300)
def test_sending_is_switched_off_and_on_again(one_school: Server) -> None:
    off, listed, on = one_school.run(blocks("sh", "switches")[0])
    assert off.stdout == "Within five seconds nothing leaves for sms at Maple Street School. It waits.\n"
    assert listed.stdout.startswith("Off for sms at Maple Street School, ")
    assert on.stdout == "What waited for sms at Maple Street School leaves now.\n"


@pytest.mark.timeout(300)
def test_keys_are_changed_and_an_operator_asks_the_school(one_school: Server) -> None:
    [rotated] = one_school.run(blocks("sh", "keys")[0])
    assert re.fullmatch(
        r"maple-street: \d+ keys? wrapped anew, \d+ fields? sealed anew, 0 old .*\n", rotated.stdout
    )
    added, asked = one_school.run(blocks("sh", "operators")[0])
    assert added.stdout.startswith("sam@host.example signs in with a code by mail")
    assert asked.stdout.startswith("Maple Street School has been asked.")


@pytest.fixture
def several_schools(tmp_path: Path, postgres: postgres.Postgres) -> Iterator[Server]:
    """A database and two roles, made by the page's own statements under other names, and taken away again."""
    mine = f"porchlight_page_{secrets.token_hex(4)}"
    owner, application = f"{mine}_owner", f"{mine}_app"
    place = urlsplit(postgres.administrator_url).netloc.rpartition("@")[2]
    words = {
        ROLES[0]: owner,
        ROLES[1]: application,
        "DATABASE porchlight ": f"DATABASE {mine} ",
        "127.0.0.1:5432/porchlight": f"{place}/{mine}",
        ".dump porchlight": f".dump {mine}",
    }
    server = Server(tmp_path, **words)
    with psycopg.connect(postgres.administrator_url, autocommit=True) as administrator:
        try:
            for statement in server.as_here(blocks("sql")[0]).split(";"):
                if statement.strip():
                    administrator.execute(statement)
            yield server
        finally:
            server.stop()
            administrator.execute(f"DROP DATABASE IF EXISTS {mine} WITH (FORCE)")
            for role in (application, owner):
                administrator.execute(f"DROP ROLE IF EXISTS {role}")


@pytest.mark.postgres
@pytest.mark.timeout(600)
def test_several_schools_run_on_postgresql_with_two_roles(
    several_schools: Server, postgres: postgres.Postgres
) -> None:
    server = several_schools
    for block in blocks("sh", "settings"):
        server.set(block)
    [owners] = blocks("sh", "owner")
    served = dict(server.env)
    server.set(owners.splitlines()[0])
    server.run(owners.splitlines()[1])
    server.env = served  # what answers the world never knows the owner
    first = blocks("sh", "first")[0].replace("porchlight migrate\n", "")
    server.run(first + first.replace("maple-street", "oak-lane").replace("Maple Street", "Oak Lane"))
    server.start(blocks("sh", "programs")[0])
    until(server.is_well)
    [doctor] = server.run(blocks("sh", "doctor")[0])
    assert not re.search(r"^Wrong", doctor.stdout, re.MULTILINE)
    assert "Wall" not in doctor.stdout
    refused = porchlight("backup", str(server.folder / "x"), env=server.env)
    assert refused.stderr.startswith("CommandError: This database is PostgreSQL's: pg_dump")
    dumped = dump(server, postgres.administrator_url)
    assert dumped.returncode == 0, dumped.stderr
    assert (server.folder / "porchlight-monday.dump").read_bytes()[:5] == b"PGDMP"


def dump(server: Server, administrator: str) -> subprocess.CompletedProcess[str]:
    """The page's backup, as the administrator, on the server of the tests."""
    parts = urlsplit(administrator)
    where = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": parts.username or "",
    }
    words = shlex.split(server.as_here(blocks("sh", "administrator")[0]))
    return subprocess.run(
        words, env={**server.env, **where, "PGPASSWORD": parts.password or ""}, capture_output=True, text=True
    )


def test_every_block_of_commands_is_run_by_a_test_of_this_file() -> None:
    named = {called for kind, called, _ in FENCE.findall(PAGE) if kind == "sh"}
    ran = "settings first programs doctor backup owner administrator switches keys operators mail replicate restore"
    assert named == set(ran.split())
    assert {kind for kind, _, _ in FENCE.findall(PAGE)} == {"sh", "sql", "ini", "nginx", "yaml"}


def test_every_command_named_anywhere_on_the_page_is_there() -> None:
    named = set(re.findall(r"porchlight ([a-z]+)", PAGE)) - {"speaks"}
    assert {"serve", "work", "doctor", "migrate"} <= named
    assert named - set(get_commands()) == set()


def test_every_setting_named_on_the_page_is_one() -> None:
    from porchlight.config.environment import REGISTER

    named = set(re.findall(r"\b(?:PORCHLIGHT|DATABASE)_[A-Z_]+\b", PAGE))
    assert len(named) > 8
    assert named - set(REGISTER) == set()


def test_the_mail_server_of_the_page_is_one_and_its_doctor_says_what_the_page_says() -> None:
    [block] = blocks("sh", "mail")
    address = re.findall(r"^export PORCHLIGHT_MAIL_URL=(.+)$", block, re.MULTILINE)
    [options] = [mailer(one)["OPTIONS"] for one in address]
    assert (options["host"], options["port"], options["use_tls"]) == ("mail.example.org", 587, True)
    assert (options["username"], options["password"]) == ("porchlight@school.example.org", "its-password")
    said = re.findall(r"^\| “(.+?)” \|", PAGE, re.MULTILINE)
    assert len(said) == 5
    doctor = (ROOT / "porchlight" / "operations" / "doctor" / "mail.py").read_text()
    assert [one for one in said if one not in doctor] == []
