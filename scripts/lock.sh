#!/usr/bin/env bash
# Write the lock files again. Each smaller one is held to the versions of the largest, so installing one over
# another changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v uv >/dev/null || { echo "«make lock» needs uv." >&2; exit 2; }
compile=(uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --universal)
"${compile[@]}" requirements/build.in -o requirements/build.txt
"${compile[@]}" pyproject.toml --extra dev -o requirements/dev.txt
for extra in test linkage demo; do
    "${compile[@]}" pyproject.toml --extra "$extra" --constraint requirements/dev.txt -o "requirements/$extra.txt"
done
