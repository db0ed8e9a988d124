#!/usr/bin/env bash
# Reads a file natively and in wasm, side by side, and prints ratios: `tools/bench.sh [FILE]`; `BENCH_FILE` names one too.
# Without either, a snapshot of a million tickets of the synthetic desk is generated once.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${RUNS:-3}
cargo build --locked --release --quiet --example bench --example linear --bin flowgauge
file=${1:-${BENCH_FILE:-}}
if [ -z "$file" ]; then
  file=target/bench-1m.csv
  [ -f "$file" ] || target/release/flowgauge generate --tickets 1000000 --seed 1 --snapshot --out "$file"
fi
native=$(target/release/examples/bench "$file" "$runs")
wasm=$(node tools/bench/wasm.mjs "$file" "$runs")
NATIVE=$native WASM=$wasm node -e '
const [native, wasm] = [JSON.parse(process.env.NATIVE), JSON.parse(process.env.WASM)];
const rate = (s) => (native.bytes / 1e6 / s).toFixed(0).padStart(6) + " MB/s";
const line = (name, seconds, note = "") => console.log(name.padEnd(34), seconds.toFixed(3).padStart(8) + " s", rate(seconds), note);
console.log(`${(native.bytes / 1e6).toFixed(1)} MB, ${native.tickets.toLocaleString("en")} tickets; medians`);
line("reading the bytes alone, native", native.bytes_only);
line("reading and parsing, native", native.parse, `${(native.parse / native.bytes_only).toFixed(1)} x the bytes alone`);
line("reading and parsing, wasm", wasm.parse, `${(wasm.parse / native.parse).toFixed(2)} x native (at most 2.5)`);
line("report, native", native.report);
line("report, wasm", wasm.report, `${(wasm.report / native.report).toFixed(2)} x native`);
console.log(`wasm memory after reading: ${(wasm.memory / wasm.tickets).toFixed(0)} B per ticket (at most 100 at a million)`);
'

echo
echo 'Reading time on hostile input, at a size and at twice the size:'
target/release/examples/linear
