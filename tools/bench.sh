#!/usr/bin/env bash
# Reads a file natively and in wasm, side by side, and prints ratios: `tools/bench.sh [FILE]`; `BENCH_FILE` names one too.
# Without either, a snapshot of a million tickets of the synthetic desk is generated once.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${RUNS:-3}
cargo build --locked --release --quiet --example bench --example linear --example queries --example swarm_bench --bin flowgauge
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
echo 'The figures of the first screen after a change, in ms: median and worst (in wasm at most 100 and 250 at a million tickets, 15 at 100,000)'
native=$(target/release/examples/queries "$file" 9)
wasm=$(node tools/bench/queries.mjs "$file" 9)
NATIVE=$native WASM=$wasm node -e '
const [native, wasm] = [JSON.parse(process.env.NATIVE), JSON.parse(process.env.WASM)];
const pad = (n) => n.toFixed(1).padStart(8);
for (const [name, [median, worst]] of Object.entries(wasm).filter(([, value]) => Array.isArray(value))) {
  const there = native[name];
  console.log(name.padEnd(22), `wasm${pad(median)}${pad(worst)}`, there ? `  native${pad(there[0])}${pad(there[1])}  ${(median / there[0]).toFixed(2)} x` : "");
}
'

echo
echo 'One replay of 100,000 tickets by each set of rules, native, in ms (at most 15):'
target/release/examples/swarm_bench 100000 9 always

echo
echo 'Answers about swarms at 10,000 tickets, in ms: whole (in wasm at most 10,000), first, and after a slider (at most 300)'
NATIVE=$(target/release/examples/swarm_bench 100000 5 report) WASM=$(node tools/bench/swarm.mjs 10000 5) node -e '
const [native, wasm] = [JSON.parse(process.env.NATIVE), JSON.parse(process.env.WASM)];
const pad = (n) => n.toFixed(1).padStart(8);
for (const [name, ms] of Object.entries(wasm).filter(([name]) => name !== "tickets")) {
  const there = native[name];
  console.log(name.padEnd(22), `wasm${pad(ms)}`, there ? `  native${pad(there)}  ${(ms / there).toFixed(2)} x` : "");
}
'

echo
echo 'Reading time on hostile input, at a size and at twice the size:'
target/release/examples/linear
