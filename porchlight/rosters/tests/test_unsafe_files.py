"""What is handed over may be broken or meant to break us: a clear answer within two seconds, and little memory."""

import io
import os
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.tests.bundles import Told, csv_text, oneroster, small_school, zipped

MANIFEST = oneroster({"users": []})["manifest.csv"]


def bomb(path: Path) -> Path:
    """100 MB of zeros in 100 KB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("users.csv", "w") as entry:
        for _ in range(100):
            entry.write(b"0" * (1 << 20))
    return path


def flat_bomb(path: Path) -> Path:
    """Ten names for the same bytes."""
    body = os.urandom(200_000)
    zipped(path, {"users.csv": body})
    raw = path.read_bytes()
    start = raw.rindex(b"PK\x01\x02")
    end = raw.rindex(b"PK\x05\x06")
    entry = raw[start:end]
    names = [f"user{number}.csv".encode() for number in range(10)]
    directory = b"".join(entry.replace(b"users.csv", name) for name in names)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 10, 10, len(directory), start, 0)
    path.write_bytes(raw[:start] + directory + tail)
    return path


def liar(path: Path) -> Path:
    """States 10 bytes for a file of a megabyte."""
    zipped(path, {"manifest.csv": MANIFEST, "users.csv": "x" * (1 << 20)})
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<L", 10)
    path.write_bytes(bytes(raw))
    return path


def crowd(path: Path) -> Path:
    """60,000 empty files."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(60_000):
            archive.writestr(zipfile.ZipInfo(f"f{number}.csv"), b"")
    return path


def locked(path: Path) -> Path:
    zipped(path, {"manifest.csv": MANIFEST})
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 8] |= 1
    path.write_bytes(bytes(raw))
    return path


def cut(path: Path) -> Path:
    zipped(path, oneroster(small_school()))
    path.write_bytes(path.read_bytes()[:-40])
    return path


def scrambled(path: Path) -> Path:
    """The directory is whole, the bytes of a file are not."""
    zipped(path, {"manifest.csv": MANIFEST * 50})
    raw = bytearray(path.read_bytes())
    raw[60:90] = bytes(30)
    path.write_bytes(bytes(raw))
    return path


def words(path: Path) -> Path:
    path.write_text("This is not a zip.")
    return path


def named(name: str) -> Callable[[Path], Path]:
    return lambda path: zipped(path, {"manifest.csv": MANIFEST, name: "sourcedId\n1\n"})


def large(path: Path) -> Path:
    """Claims 10 GB."""
    zipped(path, {"users.csv": "x"})
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<L", 0xFFFFFFF0)
    path.write_bytes(bytes(raw))
    return path


UNSAFE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a bomb": (bomb, "package.bomb"),
    "a flat bomb": (flat_bomb, "package.bomb"),
    "a lie about size": (liar, "package.damaged_file"),
    "a claim of gigabytes": (large, "package.too_large"),
    "sixty thousand files": (crowd, "package.too_many_files"),
    "a way out": (named("../../etc/users.csv"), "package.unsafe_name"),
    "a way out for Windows": (named("..\\users.csv"), "package.unsafe_name"),
    "the root": (named("/users.csv"), "package.unsafe_name"),
    "a drive": (named("C:/users.csv"), "package.unsafe_name"),
    "a password": (locked, "package.locked"),
    "half a file": (cut, "package.not_a_zip"),
    "scrambled bytes": (scrambled, "package.damaged_file"),
    "words": (words, "package.not_a_zip"),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_it_is_refused_with_its_reason_within_two_seconds(name: str, tmp_path: Path) -> None:
    make, code = UNSAFE[name]
    path = make(tmp_path / "roster.zip")
    before = time.perf_counter()
    try:
        codes = Told(path).report.codes
    except Refused as refusal:
        codes = {refusal.problem.code}
    assert time.perf_counter() - before < 2
    assert code in codes


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no file or folder called gone"):
        Told(tmp_path / "gone.zip")


def test_a_zip_in_a_zip_stays_closed_and_the_rest_is_read(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("users.csv", "x")
    found = Told(zipped(tmp_path / "r.zip", {**oneroster(small_school()), "more.zip": inner.getvalue()}))
    assert found.contents.importable
    assert found.problems() == [("refused", "package.zip_inside", "more.zip", 0, "")]


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    folder = tmp_path / "roster"
    folder.mkdir()
    (folder / "users.csv").symlink_to(tmp_path / "secret")
    with pytest.raises(Refused) as refusal:
        Told(folder)
    assert refusal.value.problem.code == "package.unsafe_name"


def test_files_side_by_side_in_one_folder_are_read_with_a_word_about_it(tmp_path: Path) -> None:
    files = {f"export/{name}": text for name, text in oneroster(small_school()).items()}
    found = Told(
        zipped(tmp_path / "r.zip", {**files, "__MACOSX/export/._users.csv": "x", "export/.DS_Store": "x"})
    )
    assert found.problems() == [("guessed", "package.nested", "export/", 0, "")]
    assert len(found.of("student")) == 2


def a_million_columns() -> str:
    return "sourcedId" + ",x" * 100_000


def an_endless_line() -> str:
    return "sourcedId,givenName\n1," + "x" * (5 << 20)


def a_quote_that_never_closes() -> str:
    return 'sourcedId,givenName\n1,"Hamza\n' + "2,Zara\n" * 50_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (a_million_columns(), "file.too_many_columns"),
        ("sourcedId" + ",x" * 1_000_000, "file.line_too_long"),
        (an_endless_line(), "file.line_too_long"),
        (a_quote_that_never_closes(), "file.unclosed_quote"),
        ("", "file.empty"),
        ("name,role\nHamza,student\n", "schema.no_id_column"),
    ],
)
def test_a_file_nobody_can_read_is_refused_and_the_rest_is_not_touched(
    text: str, code: str, tmp_path: Path
) -> None:
    files = {**oneroster(small_school()), "users.csv": text}
    before = time.perf_counter()
    found = Told(zipped(tmp_path / "r.zip", files))
    assert time.perf_counter() - before < 2
    assert ("refused", code, "users.csv") in [problem[:3] for problem in found.problems()]
    assert not found.contents.whole("users")
    assert [record["name"] for record in found.of("class")] == ["4A"]


def test_half_a_gigabyte_in_one_line_takes_little_memory_and_time(tmp_path: Path) -> None:
    folder = tmp_path / "roster"
    folder.mkdir()
    for name, text in oneroster(small_school()).items():
        (folder / name).write_text(text)
    with (folder / "users.csv").open("w") as file:
        file.write(csv_text(["sourcedId", "givenName"], []))
        for _ in range(500):
            file.write("x" * (1 << 20))
    script = (
        "import django, resource, sys, time; django.setup(); from pathlib import Path;"
        "from porchlight.rosters.tests.bundles import Told;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; start = time.perf_counter();"
        "found = Told(Path(sys.argv[1]));"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before;"
        "print('file.line_too_long' in found.report.codes, time.perf_counter() - start < 2, grown < 50_000)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "porchlight.config.settings"},
    )
    assert answer.stdout.split() == ["True"] * 3
