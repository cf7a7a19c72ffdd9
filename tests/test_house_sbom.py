"""T50. The bill of materials names every locked package once, with every hash the lock holds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_t50_every_locked_package_is_in_the_bill(lock: str, tmp_path: Path) -> None:
    out = tmp_path / "bill.json"
    subprocess.run([sys.executable, "bin/sbom.py", lock, out], cwd=ROOT, check=True, capture_output=True)
    bill, text = json.loads(out.read_text()), (ROOT / lock).read_text()
    locked = {name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)(?:\[.*?\])?==", text, re.M)}
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert {part["purl"].split("/")[1].split("@")[0] for part in bill["components"]} == locked
    hashes = {one["content"] for part in bill["components"] for one in part["hashes"]}
    assert hashes == set(re.findall(r"--hash=sha256:(\w+)", text))
    [ours] = [one for one in bill["dependencies"] if one["ref"] == "porchlight"]
    assert len(ours["dependsOn"]) == len(bill["components"])


def test_t50_a_package_without_a_hash_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.lock").write_text("left-pad==1.0\n")
    ran = subprocess.run(
        [sys.executable, "bin/sbom.py", tmp_path / "bad.lock", tmp_path / "out.json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ran.returncode != 0
    assert "left-pad 1.0 has no hash" in ran.stderr
