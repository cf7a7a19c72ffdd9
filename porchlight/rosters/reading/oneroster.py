"""OneRoster CSV 1.1 and 1.2: the manifest, and the files it names, into staging."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from porchlight.rosters.reading import oneroster_files as spec
from porchlight.rosters.reading.loading import load_file
from porchlight.rosters.reading.opening import Bundle
from porchlight.rosters.reading.problems import Refused, Severity
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.reading.table import read_rows

MANIFEST = "manifest.csv"
CHECKED_ROWS = 10_000  # of files we take nothing from
VERSIONS = {"1.0": "1.1", "1": "1.1", "1.1": "1.1", "1.2": "1.2", "1.2.1": "1.2"}


class Mode(enum.StrEnum):
    """What a file is: everything there is, or what changed."""

    BULK = "bulk"
    DELTA = "delta"
    ABSENT = "absent"


@dataclass(slots=True)
class Contents:
    """What a bundle turned out to be."""

    format: str  # "oneroster", "sds" or "sheet"
    version: str
    modes: dict[str, Mode] = field(default_factory=dict)  # by table, for those read to the end
    system: str = ""  # the exporting system's own name, where it says one
    orgs: frozenset[str] = frozenset()  # the school's and its parts' ids; empty: all of them
    importable: bool = True  # False: read for its report alone

    def whole(self, *tables: str) -> bool:
        """Whether these files tell everything there is, so that what they leave out is gone."""
        needed = [
            table for table in tables if table != "roles" or self.version != "1.1"
        ]  # 1.1 has no roles.csv
        if self.format == "sheet":
            return not self.changes_only
        return all(self.modes.get(table) is Mode.BULK for table in needed)

    @property
    def changes_only(self) -> bool:
        """Whether any file holds changes alone."""
        return Mode.DELTA in self.modes.values()


def read_oneroster(bundle: Bundle, staging: Staging, mode: Mode | None = None) -> Contents:
    """Stage every file of the bundle. `mode` answers for a bundle without a manifest. Raises Refused."""
    stated = _manifest(bundle) if MANIFEST in bundle.sizes else {}
    if not stated:
        bundle.report.add("package.missing_manifest", Severity.REFUSED if mode is None else Severity.GUESSED)
    version = _version(bundle, stated)
    contents = Contents("oneroster", version, system=_system(stated), importable=bool(stated or mode))
    present = _recognise(bundle, version)
    modes = _modes(bundle, stated, present, mode)
    for table in spec.files(version):
        if table in present and modes.get(table, Mode.ABSENT) is not Mode.ABSENT:
            if _load(bundle, staging, present[table], table, version):
                contents.modes[table] = modes[table]
        elif modes.get(table, Mode.ABSENT) is not Mode.ABSENT:
            bundle.report.add("manifest.file_missing", Severity.REFUSED, f"{table}.csv")
    return contents


def _manifest(bundle: Bundle) -> dict[str, str]:
    """propertyName → value. A manifest of another shape is as good as none."""
    with bundle.open(MANIFEST) as stream:
        rows = [
            (line, cells[0].strip(), cells[1].strip() if len(cells) > 1 else "")
            for line, cells in read_rows(stream, MANIFEST, bundle.report)
        ]
    stated = {}
    for line, name, value in rows[1:]:
        meant = name.replace("fiel.", "file.", 1)
        if meant != name:
            bundle.report.add(
                "manifest.guessed_property", Severity.GUESSED, MANIFEST, line, name, meant=meant
            )
        stated[meant] = value
    return stated


def _version(bundle: Bundle, stated: dict[str, str]) -> str:
    written = stated.get("oneroster.version", "").strip().removeprefix("v")
    if written in VERSIONS:
        return VERSIONS[written]
    version = "1.2" if any(name.lower() == "roles.csv" for name in bundle.sizes) else "1.1"
    if stated:
        bundle.report.add(
            "manifest.guessed_version",
            Severity.GUESSED,
            MANIFEST,
            0,
            "oneroster.version",
            written,
            version=version,
        )
    return version


def _system(stated: dict[str, str]) -> str:
    name = stated.get("source.systemName") or stated.get("source.systemCode") or ""
    return "" if name == Mode.ABSENT else name[:100]


def _recognise(bundle: Bundle, version: str) -> dict[str, str]:
    """Table → file name as it is written in the bundle."""
    lower = {f"{table}.csv".lower(): table for table in spec.files(version)}
    present: dict[str, str] = {}
    for name in bundle.sizes:
        table = lower.get(name.lower())
        if name.lower() == MANIFEST:
            continue
        if table is None:
            bundle.report.add("package.unknown_file", Severity.REFUSED, name)
        elif table in present:
            raise Refused("package.twice", name)
        else:
            present[table] = name
            if name != f"{table}.csv":
                bundle.report.add("package.guessed_file", Severity.GUESSED, name, meant=f"{table}.csv")
    return present


def _modes(
    bundle: Bundle, stated: dict[str, str], present: dict[str, str], mode: Mode | None
) -> dict[str, Mode]:
    """What each file is. One the manifest forgets is read as the others are, if these agree."""
    modes: dict[str, Mode] = {}
    for name, value in stated.items():
        if name.startswith("file.") and value.lower() in set(Mode):
            modes[name.removeprefix("file.")] = Mode(value.lower())
    read_as = {found for found in modes.values() if found is not Mode.ABSENT}
    usual = mode or (read_as.pop() if len(read_as) == 1 else None)
    for table, name in present.items():
        if modes.get(table) is Mode.ABSENT:
            bundle.report.add("manifest.file_unexpected", Severity.REFUSED, name)
        elif table not in modes:
            # Without any manifest the bundle is read for its report alone, as strictly as a whole one.
            modes[table] = usual or (Mode.DELTA if stated else Mode.BULK)
            if stated:
                bundle.report.add("manifest.guessed_mode", Severity.GUESSED, name, mode=modes[table].value)
    return modes


def _load(bundle: Bundle, staging: Staging, file: str, table: str, version: str) -> bool:
    standard = spec.columns(table, version)
    taken = [column for column in standard if column not in spec.NEVER_TAKEN]
    return load_file(
        bundle,
        staging,
        file,
        table=table,
        standard=standard,
        wanted={column: column for column in taken},
        most_rows=CHECKED_ROWS if table in spec.OTHER else None,
    )
