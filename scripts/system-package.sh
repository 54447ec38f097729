#!/usr/bin/env bash
# Install one package of the operating system when we may (root on Debian or Ubuntu); else say what to install.
#
#   scripts/system-package.sh PACKAGE
set -euo pipefail

package=$1
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Fotfeste needs the system package «$package» here (Debian: sudo apt-get install $package)." >&2
    exit 1
fi
echo "Installing the system package «$package» ..." >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt-get update && apt-get install --yes --no-install-recommends "$package"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "The system package «$package» could not be installed; the reason is above." >&2
    exit 1
fi
