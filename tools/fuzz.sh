#!/usr/bin/env bash
# Runs each fuzz target for a while: `tools/fuzz.sh [SECONDS] [TARGET...]`. Seeds are the fixtures of the tests; what is
# found new stays in fuzz/corpus, a crash in fuzz/artifacts, from where it belongs into tests/regressions.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(text spreadsheet json xes timestamps pipeline)
command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked
# libFuzzer's flags are unstable; the toolchain here is a stable one.
export RUSTC_BOOTSTRAP=1
seed() { # seed TARGET PREFIX FILE...: copies with a first byte where the target reads one
  local target=$1 prefix=$2 file
  shift 2
  mkdir -p "fuzz/corpus/$target"
  for file in "$@"; do
    [ -f "$file" ] || continue
    { printf '%s' "$prefix"; head -c 65536 "$file"; } >"fuzz/corpus/$target/seed-$(basename "$file")"
  done
}
shopt -s nullglob globstar
seed text x tests/fixtures/**/*.csv tests/fixtures/**/*.tsv tests/fixtures/**/*.txt tests/regressions/*
seed spreadsheet '' tests/fixtures/**/*.{xlsx,xlsb,ods,zip}
seed json x tests/fixtures/**/*.{json,ndjson}
seed xes x tests/fixtures/**/*.xes
seed pipeline '' tests/fixtures/**/*.{csv,json,ndjson,xes,xlsx,zip,gz} tests/regressions/*
mkdir -p fuzz/corpus/timestamps
for text in '2016-02-29 01:16:00' '29/2/2016 01:16' '30/Jun/25 9:54 AM' '2021-01-08T16:38:15.000+0000' '5. März 2025' \
  '1er mars 2025 14h35' 'Wed Jan 08 16:38:15 UTC 2021' '07-MAR-25 10.22.11.000000 AM' '2025-W03-2' '1735689600'; do
  printf '%s' "$text" >"fuzz/corpus/timestamps/seed-$(printf '%s' "$text" | tr -c 'A-Za-z0-9' _)"
done
status=0
for target in "${targets[@]}"; do
  echo "fuzz: $target for $seconds s"
  # -timeout: a single input of at most 64 KiB must never take 5 seconds. -rss_limit_mb: nor much memory.
  cargo fuzz run "$target" --sanitizer none -- -max_total_time="$seconds" -max_len=65536 -timeout=5 -rss_limit_mb=2048 \
    -print_final_stats=1 2>&1 | tee "fuzz/$target.log" | grep -E 'DONE|stat::(number_of_executed|new_units)|ERROR|SUMMARY|panicked' ||
    true
  if grep -qE '==[0-9]+==|SUMMARY: libFuzzer|panicked' "fuzz/$target.log"; then
    echo "fuzz: $target found something: see fuzz/$target.log" >&2
    status=1
  fi
done
exit $status
