#!/usr/bin/env python3
"""
Ask the advisory service about every locked package.

Needs the network. What could not be asked about is said, never counted as safe: exit 0 all asked and none known,
1 some are known, 3 skipped in whole or in part.
"""

import json
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
LOCK = "requirements/dev.txt"  # holds everything the smaller locks hold


def main() -> int:
    """Print what was found, one line each, and return the exit code."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", LOCK, "--require-hashes", "--disable-pip"]
    command += ["--progress-spinner", "off", "--format", "json"]
    answer = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (answer.stderr.strip().splitlines() or ["no answer"])[-1].split("(")[0]
        print(f"the advisory service could not be asked: {reason}")
        return 3
    known = [(package, hole) for package in packages for hole in package.get("vulns", [])]
    for package, hole in known:
        fixed = ", ".join(hole["fix_versions"]) or "nothing yet"
        print(f"{package['name']} {package['version']}: {hole['id']}, fixed in {fixed}")
    unasked = [package["name"] for package in packages if "skip_reason" in package]
    if unasked:
        print(f"{len(unasked)} of {len(packages)} packages could not be looked up, {', '.join(unasked[:5])} among them")
    return 1 if known else 3 if unasked else 0


if __name__ == "__main__":
    sys.exit(main())
