#!/usr/bin/env bash
# Everything that reads the code without running it. Changes nothing, runs all of it, and fails if any of it did.
set -uo pipefail
cd "$(dirname "$0")/.."

bin=${VENV:-.venv}/bin
failed=()

step() { # step NAME COMMAND...
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        echo "$output" | sed 's/^/        /'
        failed+=("$name")
    fi
}

known_vulnerabilities() { # needs the network: without it the step says so instead of passing or failing
    local report
    report=$(mktemp)
    "$bin/pip-audit" --requirement requirements/dev.txt --require-hashes --disable-pip --progress-spinner off \
        --format json --output "$report" >"$report.log" 2>&1
    local status=$?
    if [ $status = 0 ]; then
        echo "ok      known vulnerabilities"
    elif [ -s "$report" ]; then
        echo "FAILED  known vulnerabilities"
        sed 's/^/        /' "$report.log"
        "$bin/python" -c '
import json, sys
for package in json.load(open(sys.argv[1]))["dependencies"]:
    for hole in package.get("vulns", []):
        print("       ", package["name"], package["version"], hole["id"], "fixed in", ", ".join(hole["fix_versions"]) or "-")
' "$report"
        failed+=("known vulnerabilities")
    else
        echo "SKIPPED known vulnerabilities: the advisory service could not be asked ($(tail -n 1 "$report.log" | cut -c 1-160))"
    fi
    rm -f "$report" "$report.log"
}

step "ruff" "$bin/ruff" check .
step "formatting" "$bin/ruff" format --check .
step "types" "$bin/mypy"
step "templates" "$bin/djlint" --quiet --lint src
step "imports point down" "$bin/lint-imports"
step "generated documents" "$bin/python" scripts/docs.py --check
known_vulnerabilities

if [ ${#failed[@]} -gt 0 ]; then
    echo "Not in order: $(IFS=,; echo "${failed[*]}"). «make fix» mends some of it."
    exit 1
fi
