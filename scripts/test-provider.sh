#!/usr/bin/env bash
# Install the OpenID Connect provider the tests log in through, and print the path of the Node.js that runs it.
# Quick when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=tests/oidc_provider
stamp=$folder/node_modules/.installed
oldest=18

find_node() {
    local candidate
    for candidate in ${FOTFESTE_NODE:-node nodejs}; do
        if "$candidate" -e "process.exit(process.versions.node.split('.')[0] < $oldest ? 1 : 0)" 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

need() { # need COMMAND PACKAGE
    command -v "$1" >/dev/null || scripts/system-package.sh "$2" || {
        echo "The login tests need Node.js $oldest or newer with npm, for the provider in $folder." >&2
        exit 2
    }
}

find_node >/dev/null || need node nodejs
node=$(find_node) || { echo "The login tests need Node.js $oldest or newer; FOTFESTE_NODE may name one." >&2; exit 2; }
wanted=$(cksum "$folder/package.json" "$folder/package-lock.json")
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    need npm npm
    exec 8<"$folder/package.json" # two test runs at once install it once
    flock 8
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        echo "Installing the login provider of the tests ..." >&2
        if ! (cd "$folder" && npm ci --silent --no-progress </dev/null >&2); then
            echo "npm could not install what $folder/package-lock.json names; a network, or a mirror, is needed the first time." >&2
            exit 2
        fi
        echo "$wanted" >"$stamp"
    fi
fi
echo "$node"
