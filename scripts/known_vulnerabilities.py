#!/usr/bin/env python3
"""
Ask the advisory service about every locked package.

Needs the network. What could not be asked about is said, never counted as safe: exit 0 all asked and none known but
those that are accepted, 1 some are known, 3 skipped in whole or in part.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
LOCKS = ("requirements/dev.txt", "requirements/linkage.txt")  # they hold everything the smaller locks hold

_FILES_OF_A_PARTNER = (
    "openmined-psi 2.0.6, the newest, asks for just this version. It reads only the files of «fotfeste wash», from the "
    "Nav office, by hand, 40 MB at most; by the compiled parser, not the one in Python, and never as JSON"
)
ACCEPTED = {("protobuf", "CVE-2025-4565"): _FILES_OF_A_PARTNER, ("protobuf", "CVE-2026-0994"): _FILES_OF_A_PARTNER}
"""What is known and lived with, and why. Printed each time; docs/adr/0061."""


def main() -> int:
    """Print what was found, one line each, and return the exit code."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"]
    command += [each for lock in LOCKS for each in ("--requirement", lock)]
    command += ["--progress-spinner", "off", "--format", "json"]
    answer = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (answer.stderr.strip().splitlines() or ["no answer"])[-1].split("(")[0]
        print(f"the advisory service could not be asked: {reason}")
        return 3
    found = [(package, hole) for package in packages for hole in package.get("vulns", [])]
    known = [each for each in found if not _reason(*each)]
    for package, hole in found:
        fixed = ", ".join(hole["fix_versions"]) or "nothing yet"
        accepted = f"; accepted: {reason}" if (reason := _reason(package, hole)) else ""
        print(f"{package['name']} {package['version']}: {hole['id']}, fixed in {fixed}{accepted}")
    unasked = [package["name"] for package in packages if "skip_reason" in package]
    if unasked:
        print(f"{len(unasked)} of {len(packages)} packages could not be looked up, {', '.join(unasked[:5])} among them")
    return 1 if known else 3 if unasked else 0


def _reason(package: dict[str, Any], hole: dict[str, Any]) -> str:
    """Return why what is known is accepted, by any of the names it goes by; empty when it is not."""
    names = (hole["id"], *hole.get("aliases", []))
    return next((ACCEPTED[package["name"], name] for name in names if (package["name"], name) in ACCEPTED), "")


if __name__ == "__main__":
    sys.exit(main())
