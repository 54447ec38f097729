#!/usr/bin/env bash
# Run the tests, or with arguments the part of them that pytest is told to run.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=${VENV:-.venv}/bin
# What is compiled once is kept: each worker, each server and each command the tests start would else do it again.
unset PYTHONDONTWRITEBYTECODE
if [ $# -gt 0 ]; then
    exec "$bin/python" -m pytest "$@" </dev/null
fi
FOTFESTE_CHROMIUM=$(scripts/chromium.sh)
FOTFESTE_PGBOUNCER=$(scripts/pgbouncer.sh)
export FOTFESTE_CHROMIUM FOTFESTE_PGBOUNCER
scripts/test-provider.sh >/dev/null

failed=()
# Each worker has a database server and a browser of its own. Each gets a stretch of the tests, so that a file stays together
# with what it shares, and whoever is done takes over half of what another has left.
workers=(-n auto --maxprocesses 4 --dist worksteal)
"$bin/python" -m pytest "${workers[@]}" </dev/null || failed+=("tests")

# What speaks to the database, once more on the machine's own PostgreSQL when it has one: the oldest we support is
# what many servers run. The embedded server's own tests go through every PostgreSQL there is by themselves.
if "$bin/python" scripts/system_postgres.py; then
    # Browsers, attacks over the web, the command line and the benchmarks ask the database nothing the rest does not; the
    # reading of files and the made-up world ask it nothing at all. Consent, working together and letters ask in Django's
    # words, behind row policies made of the same functions as those tried here. Who comes first at a lock is the same on both.
    # So is a login, the matching of lists outside the database, and the table of 2011, whose figures the rest of reporting asks.
    left_out=(law codes spec house kernel journeys attack at_once config benchmarks annualwheel integrations/{reading,synthetic}
        consent collaboration correspondence access/test_login_{forged,replayed}.py access/test_logout.py lists/test_psi.py
        integrations/test_import_desk{,_bad_files}.py reporting/test_ministry_table.py)
    FOTFESTE_TEST_SERVER=system "$bin/python" -m pytest "${workers[@]}" "${left_out[@]/#/--ignore=tests/}" </dev/null ||
        failed+=("tests on the machine's own PostgreSQL")
fi

"$bin/lint-imports" --no-logo </dev/null || failed+=("import contracts")

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed:'
    printf ' «%s»' "${failed[@]}"
    printf '\n'
    exit 1
fi
