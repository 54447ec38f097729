#!/usr/bin/env bash
# Everything that reads the code without running it. Changes nothing, runs all of it, and fails if any of it did.
set -uo pipefail
cd "$(dirname "$0")/.."

bin=${VENV:-.venv}/bin
failed=()

step() { # step NAME COMMAND...; a command leaving with 3 could not be run here, and says why
    local name=$1 output status
    shift
    output=$("$@" 2>&1 </dev/null)
    status=$?
    case $status in
        0) echo "ok      $name" && return ;;
        3) echo "SKIPPED $name" ;;
        *) echo "FAILED  $name" && failed+=("$name") ;;
    esac
    while IFS= read -r line; do echo "        $line"; done <<<"$output"
}

step "ruff" "$bin/ruff" check .
step "formatting" "$bin/ruff" format --check .
step "types" env MYPYPATH=src "$bin/mypy"
step "templates" "$bin/djlint" --quiet --lint src
step "imports point down" "$bin/lint-imports"
step "generated documents" "$bin/python" scripts/docs.py --check
step "translations" "$bin/python" -m scripts.messages --check
step "deployment settings" "$bin/python" scripts/deployment.py
step "known vulnerabilities" "$bin/python" scripts/known_vulnerabilities.py

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Not in order:'
    printf ' «%s»' "${failed[@]}"
    printf '. «make fix» mends some of it.\n'
    exit 1
fi
