#!/usr/bin/env bash
# Print the path of the PgBouncer the test of pooled connections goes through, installing one when there is none.
set -euo pipefail
cd "$(dirname "$0")/.."

find_pgbouncer() {
    if [ -n "${FOTFESTE_PGBOUNCER:-}" ]; then
        [ -x "$FOTFESTE_PGBOUNCER" ] && echo "$FOTFESTE_PGBOUNCER" && return 0
        echo "FOTFESTE_PGBOUNCER names $FOTFESTE_PGBOUNCER, which cannot be run." >&2
        exit 2
    fi
    PATH=$PATH:/usr/sbin command -v pgbouncer
}

find_pgbouncer && exit 0
scripts/system-package.sh pgbouncer || {
    echo "The test of pooled connections needs PgBouncer: install it, or set FOTFESTE_PGBOUNCER to one." >&2
    exit 2
}
find_pgbouncer
