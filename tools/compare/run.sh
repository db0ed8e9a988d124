#!/usr/bin/env bash
# Compares readers on polluted files and prints who reads what: `tools/compare/run.sh [ARGUMENTS OF compare.py]`.
# Sets up the other readers where they are missing, beside this file.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
cargo build --manifest-path "$root/Cargo.toml" --locked --quiet --release --bin flowgauge
venv=$here/.venv
if [ ! "$venv/.installed" -nt "$here/requirements.txt" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  touch "$venv/.installed"
fi
[ "$here/node_modules" -nt "$here/package-lock.json" ] || (cd "$here" && npm ci --no-audit --no-fund --silent && touch node_modules)
program=${CARGO_TARGET_DIR:-$root/target}/release/flowgauge
exec "$venv/bin/python" "$here/compare.py" "$program" "$@"
