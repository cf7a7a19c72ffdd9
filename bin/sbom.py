"""Writes a bill of materials (CycloneDX 1.6, JSON) of every package a lock file names, with the hashes it holds.

`python bin/sbom.py requirements.lock var/sbom.json`. Asks nobody: all of it stands in the lock.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

PACKAGE = re.compile(
    r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
NAME = "porchlight"


def main() -> None:
    """The two paths of the command line: the lock, and where the bill goes."""
    lock, out = map(Path, sys.argv[1:3])
    bom = bill_of(lock.read_text())
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(JsonV1Dot6(bom).output_as_string(indent=1) + "\n")
    print(f"{out}: {len(bom.components)} packages of {lock.name}.")


def bill_of(lock: str) -> Bom:
    """Every package of a lock's text. Raises ValueError for one without a hash."""
    bom = Bom()
    ours = Component(name=NAME, type=ComponentType.APPLICATION, bom_ref=NAME)
    bom.metadata.component = ours
    parts = [_component(*found.groups()) for found in PACKAGE.finditer(lock)]
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(ours, parts)
    return bom


def _component(name: str, version: str, rest: str) -> Component:
    hashes = HASH.findall(rest)
    if not hashes:
        raise ValueError(f"{name} {version} has no hash in the lock")
    purl = PackageURL("pypi", name=name.lower().replace("_", "-"), version=version)
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        purl=purl,
        bom_ref=str(purl),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in hashes],
    )


if __name__ == "__main__":
    main()
