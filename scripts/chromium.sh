#!/usr/bin/env bash
# Print the path of the Chromium the browser tests drive, installing one when there is none.
set -euo pipefail
cd "$(dirname "$0")/.."

find_chromium() {
    if [ -n "${FOTFESTE_CHROMIUM:-}" ]; then
        [ -x "$FOTFESTE_CHROMIUM" ] && echo "$FOTFESTE_CHROMIUM" && return 0
        echo "FOTFESTE_CHROMIUM names $FOTFESTE_CHROMIUM, which cannot be run." >&2
        exit 2
    fi
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

find_chromium && exit 0
scripts/system-package.sh chromium || {
    echo "The journeys need a browser: install Chromium, or set FOTFESTE_CHROMIUM to one." >&2
    exit 2
}
find_chromium
