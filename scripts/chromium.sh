#!/usr/bin/env bash
# Print the path of the Chromium the browser tests drive, installing one when there is none.
#
# The headless shell is preferred: the same pages without the window of a browser around them, in half the time. Debian has it
# as a package of its own; where it cannot be had, a whole Chromium does the same.
set -euo pipefail
cd "$(dirname "$0")/.."

shell=chromium-headless-shell

find_chromium() {
    command -v "$shell" || command -v chromium || command -v chromium-browser || command -v google-chrome
}

if [ -n "${FOTFESTE_CHROMIUM:-}" ]; then
    [ -x "$FOTFESTE_CHROMIUM" ] && echo "$FOTFESTE_CHROMIUM" && exit 0
    echo "FOTFESTE_CHROMIUM names $FOTFESTE_CHROMIUM, which cannot be run." >&2
    exit 2
fi
command -v "$shell" >/dev/null || scripts/system-package.sh "$shell" 2>/dev/null || find_chromium >/dev/null ||
    scripts/system-package.sh chromium || {
    echo "The journeys need a browser: install Chromium, or set FOTFESTE_CHROMIUM to one." >&2
    exit 2
}
find_chromium
