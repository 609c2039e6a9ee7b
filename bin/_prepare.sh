# Sourced by the commands beside it. Finds Python, keeps .venv equal to one hashed requirements file and
# leaves the interpreter in $python. Usage: requirements=base . bin/_prepare.sh
set -eu
# Without compiled files every process compiles Django anew at its start, which takes seconds.
unset PYTHONDONTWRITEBYTECODE
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
venv="$root/.venv"
python="$venv/bin/python"
wanted="$root/bin/requirements/$requirements.txt"

say() { printf '%s\n' "$*" >&2; }

recent() { # is this command a Python that runs, and recent enough?
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
        if command -v "$name" >/dev/null && recent "$name"; then
            command -v "$name"
            return
        fi
    done
    say "Python 3.11 or later is needed, and none was found on the PATH."
    exit 1
}

find_uv() {
    if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
        command -v uv
    elif [ -x "$venv/bin/uv" ]; then
        printf '%s\n' "$venv/bin/uv"
    fi
}

make_venv() {
    uv=$(find_uv)
    base=$(find_python)
    if [ -n "$uv" ] && "$uv" venv --quiet --clear --python "$base" "$venv" 2>/dev/null; then return; fi
    if "$base" -m venv --clear "$venv" >/dev/null; then return; fi
    say "$base cannot make a virtual environment: install its venv module (on Debian: apt-get install python3-venv)."
    exit 1
}

install_packages() {
    uv=$(find_uv)
    if [ -n "$uv" ] && "$uv" pip install --quiet --compile-bytecode --python "$python" --require-hashes -r "$wanted"; then return; fi
    "$python" -m pip --version >/dev/null 2>&1 || "$python" -m ensurepip >/dev/null
    if "$python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$wanted"; then return; fi
    say "The packages of bin/requirements/$requirements.txt could not be installed; the lines above say why."
    exit 1
}

# test.txt holds all of base.txt, and bench.txt all of test.txt: what the larger one installed serves the smaller ones,
# so bin/run after bin/test changes nothing.
installed() { cmp -s "$wanted" "$venv/installed-$requirements.txt"; }

remember() {
    # New files, never written into: the folder may share its files with another one, made with hard links.
    rm -f "$venv/installed-base.txt" "$venv/installed-test.txt" "$venv/installed-bench.txt"
    for held in base test bench; do
        cp "$root/bin/requirements/$held.txt" "$venv/installed-$held.txt"
        if [ "$held" = "$requirements" ]; then break; fi
    done
}

export UV_PYTHON_DOWNLOADS=never PYTHONUTF8=1
if ! recent "$python"; then make_venv; fi
if ! installed; then
    say "Installing the packages of bin/requirements/$requirements.txt (once; under a minute)"
    install_packages
    remember
fi
# The folder the command was called from stays current, so that relative --data means what was typed.
export PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}"
