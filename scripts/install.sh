#!/usr/bin/env bash
# Make .venv and install what one of the lock files names. Quick when there is nothing to do.
#
#   scripts/install.sh demo|test|dev        each holds all of the one before it
#
# For test and dev the extra «linkage» is taken along, from a lock of its own: its library is built for fewer machines
# than the rest, and where it is not, that is said, and the tests of it fail while the others can be run.
#
# Uses Python's own venv and pip; uv where those are missing. VENV and PYTHON choose another folder or interpreter.
set -euo pipefail
cd "$(dirname "$0")/.."

extra=$1
venv=${VENV:-.venv}
oldest="3.11"
locks=(requirements/build.txt "requirements/$extra.txt")

say() { echo "$*" >&2; }

stamp_of() { # what an installation of extra $1 was made from
    cat requirements/build.txt "requirements/$1.txt" requirements/linkage.txt pyproject.toml | cksum
}

is_installed() {
    local larger
    case $extra in
        demo) larger="demo test dev" ;;
        test) larger="test dev" ;;
        *) larger=$extra ;;
    esac
    for one in $larger; do
        [ "$(cat "$venv/.installed-$one" 2>/dev/null)" = "$(stamp_of "$one")" ] && return 0
    done
    return 1
}

find_python() { # prints the first interpreter that is new enough; PATH names may be empty shims, so each is asked
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$candidate" -c "import sys; sys.exit(sys.version_info < (3, ${oldest#3.}))" 2>/dev/null; then
            "$candidate" -c "import sys; print(sys.executable)"
            return 0
        fi
    done
    return 1
}

has_working_venv() {
    [ -x "$venv/bin/python" ] && "$venv/bin/python" -c "" 2>/dev/null
}

make_venv() {
    local python
    if [ -e "$venv" ]; then # half made, or of a Python that is gone
        [ -e "$venv/pyvenv.cfg" ] || { say "$venv is in the way and is no Python environment. Move it and try again."; exit 2; }
        rm -rf "$venv"
    fi
    if python=$(find_python); then
        "$python" -m venv "$venv" >/dev/null 2>&1 && return 0
        rm -rf "$venv"
        if ! command -v uv >/dev/null && [ "$python" = /usr/bin/python3 ]; then
            # Debian keeps venv in a package of its own.
            scripts/system-package.sh python3-venv && "$python" -m venv "$venv" && return 0
        fi
    fi
    command -v uv >/dev/null && uv venv --quiet --python ">=$oldest" "$venv" && return 0
    say "Fotfeste needs Python $oldest or newer with its venv module (Debian: python3-venv), or uv. Neither works here."
    exit 2
}

has_pip() { # an environment made by uv comes without
    "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

install() { # install LOCK...
    local requirements=() lock
    for lock in "$@"; do requirements+=(-r "$lock"); done
    if has_pip || { ! command -v uv >/dev/null && "$venv/bin/python" -m ensurepip >/dev/null 2>&1; }; then
        local pip=("$venv/bin/python" -m pip install --quiet --quiet --no-input --disable-pip-version-check)
        "${pip[@]}" --require-hashes --only-binary :all: "${requirements[@]}" &&
            "${pip[@]}" --no-deps --no-build-isolation --editable .
    elif command -v uv >/dev/null; then
        local uv=(uv pip install --quiet --python "$venv/bin/python")
        "${uv[@]}" --require-hashes --only-binary :all: "${requirements[@]}" &&
            "${uv[@]}" --no-deps --no-build-isolation --editable .
    else
        say "$venv has no pip and uv is not installed. Remove $venv and try again."
        exit 2
    fi
}

is_installed && has_working_venv && exit 0
has_working_venv || make_venv
say "Installing Fotfeste with «$extra» into $venv ..."
if ! install "${locks[@]}"; then
    say "The installation did not succeed; what pip or uv says is above. A network, or a package mirror, is needed the first time."
    exit 2
fi
if [ "$extra" != demo ] && ! install requirements/build.txt requirements/linkage.txt; then
    say "The extra «linkage» could not be installed here; what pip or uv says is above. The tests of it will fail; the rest runs."
fi
stamp_of "$extra" >"$venv/.installed-$extra"
