#!/usr/bin/env bash
# Run the tests, or with arguments the part of them that pytest is told to run.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=${VENV:-.venv}/bin
if [ $# -gt 0 ]; then
    exec "$bin/python" -m pytest "$@" </dev/null
fi
FOTFESTE_CHROMIUM=$(scripts/chromium.sh)
export FOTFESTE_CHROMIUM
"$bin/python" -m pytest </dev/null
"$bin/lint-imports" </dev/null
