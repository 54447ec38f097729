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
    # Between the two differ which SQL there is, how row policies are planned, and what a migration may do. So each app's
    # services and selectors are asked here, and what they are asked through is not: screens, browsers, attacks over the web, the
    # command line and the benchmarks send no statement of their own, and the reading of files and the made-up world none at
    # all. Consent, working together and letters ask in Django's words, behind row policies made of the same functions as
    # those tried here. Who comes first at a lock is the same on both, and so is how the law judges those in a file, a login,
    # the matching of lists outside the database, and the table of 2011.
    left_out=(tests/{law,codes,spec,house,kernel,journeys,attack,at_once,config,benchmarks,annualwheel,consent}
        tests/{collaboration,correspondence,integrations/{reading,synthetic}} tests/*/test_*screens.py
        tests/access/test_{login*,logout,session_pages,conflicts}.py tests/reporting/test_ministry_table.py
        tests/casework/test_{{counsellor,duplicates,queue}_views,views_forms,feedback_desk,at_the_same_time}.py
        tests/lists/test_{otuk_board,otuk_contact,otuk_killed,worklist_actions,hand_over,wash,psi}.py
        tests/integrations/test_{import_desk{,_bad_files,_columns,_at_the_same_time},wash_answers,intake_law}.py
        tests/integrations/test_{places,former_apprentices}_in_files.py
        tests/organisations/test_user_list.py tests/oversight/test_disposal_at_once.py)
    FOTFESTE_TEST_SERVER=system "$bin/python" -m pytest "${workers[@]}" "${left_out[@]/#/--ignore=}" </dev/null ||
        failed+=("tests on the machine's own PostgreSQL")
fi

"$bin/lint-imports" --no-logo </dev/null || failed+=("import contracts")

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed:'
    printf ' «%s»' "${failed[@]}"
    printf '\n'
    exit 1
fi
