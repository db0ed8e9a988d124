// The wasm package keeps the promises of the native engine: the same bytes, plain objects, plain errors.
// Needs the native command (`make core` builds it) and the package (`make wasm`).
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const native = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'flowgauge');
/** A module of the package. */
async function load(folder) {
  const glue = await import(new URL(`${folder}/flowgauge.js`, import.meta.url));
  glue.initSync({ module: readFileSync(new URL(`${folder}/flowgauge_bg.wasm`, import.meta.url)) });
  return glue;
}
const {
  initSync,
  Session,
  sample_log: sampleLog,
  sample_files: sampleFiles,
  what_if: whatIf,
  what_if_json: whatIfJson,
  engine_version: version,
} = await load('../../www/pkg');
const full = await load('../../www/pkg/full');

const fixtures = join(root, 'tests/fixtures');
const run = (...args) => execFileSync(native, args, { maxBuffer: 1 << 30 });

function open(name, bytes, options, module = { Session }, chunk = 100_003) {
  const session = new module.Session(options);
  session.start_file(name);
  for (let at = 0; at < bytes.length; at += chunk) session.push(bytes.subarray(at, at + chunk));
  session.finish_file();
  const engine = session.finish();
  session.free();
  return engine;
}

function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}

const isZip = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** The full module reads everything alike, the core all but archives and workbooks. */
function sameReport(path, nativeArgs = [], query = undefined, options = undefined) {
  const bytes = readFileSync(path);
  // Where a file leaves something to ask, both ask the same.
  const done = spawnSync(native, ['report', path, '--json', '-', ...nativeArgs], { maxBuffer: 1 << 30 });
  const expected = done.status === 0 ? done.stdout.toString().trimEnd() : null;
  const question = done.stderr.toString();
  for (const module of isZip(bytes) ? [full] : [{ Session }, full]) {
    const engine = open(basename(path), bytes, options, module);
    if (expected === null) {
      const { kind, message } = thrown(() => engine.report_json(query));
      assert.match(kind, /_open$/);
      assert.ok(question.includes(message), `${basename(path)}: the questions differ`);
    } else {
      assert.ok(engine.report_json(query) === expected, `${basename(path)}: the reports differ`);
    }
    engine.free();
  }
}

const names = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'ambiguous_dates.csv')
  .map(({ name }) => name);
assert.ok(names.length >= 9);
for (const kind of ['.xlsx', '.ods', '.zip', '.json', '.xes']) assert.ok(names.some((n) => n.endsWith(kind)), kind);
for (const name of names) {
  test(`native and wasm give the same bytes: ${name}`, () => {
    sameReport(join(fixtures, name));
    sameReport(join(fixtures, name), ['--points', '--ids', '--zone', 'Pacific/Chatham'],
      { include: { points: true, ids: true } }, { zone: 'Pacific/Chatham' });
  });
}

test('the core says that archives and workbooks need the full module', () => {
  for (const name of names) {
    const bytes = readFileSync(join(fixtures, name));
    if (!isZip(bytes)) continue;
    const error = thrown(() => open(name, bytes));
    assert.equal(error.kind, 'needs_full_module', name);
    assert.equal(error.position.file, name);
  }
});

test('native and wasm make the same sample, and the same report of it', () => {
  const made = sampleLog(3000, 5n);
  const file = join(mkdtempSync(join(tmpdir(), 'flowgauge-')), 'sample.csv');
  run('generate', '--tickets', '3000', '--seed', '5', '--out', file);
  assert.ok(Buffer.from(made).equals(readFileSync(file)));
  sameReport(file);
});

test('native and wasm make the same changes and deployments around the sample', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flowgauge-'));
  const path = (name) => join(folder, `${name}.csv`);
  const options = ['out', 'changes', 'deployments'].flatMap((option, n) => [
    `--${option}`,
    path(['incidents', 'changes', 'deployments'][n]),
  ]);
  run('generate', '--tickets', '1000', '--seed', '5', ...options);
  const files = sampleFiles(1000, 5n);
  assert.deepEqual(
    files.map((file) => file.name),
    ['incidents.csv', 'changes.csv', 'deployments.csv'],
  );
  for (const { name, bytes } of files) assert.ok(Buffer.from(bytes).equals(readFileSync(join(folder, name))), name);
});

const data = process.env.FLOWGAUGE_DATA;
if (data === undefined) console.log('not run: FLOWGAUGE_DATA names no folder of real ticket data');
for (const name of data === undefined ? [] : readdirSync(data).filter((n) => n.endsWith('.csv.gz'))) {
  test(`native and wasm give the same bytes: ${name}`, () => sameReport(join(data, name)));
}

test('native and wasm say the same of a described desk', () => {
  const tiers = [
    { name: 'First line', people: 4, handling_minutes: 20, handling_cv: 1.4, escalated: 0.4 },
    { name: 'Second line', people: 3, handling_minutes: 50, handling_cv: 0.6 },
  ];
  const expected = run('what-if', '--arrivals', '50', '--tier', 'First line,4,20,40%,1.4', '--tier', 'Second line,3,50,0,0.6',
    '--kappa', '1.3', '--alpha', '0.7', '--runs', '5', '--seed', '3', '--json', '-');
  const input = { arrivals_per_day: 50, tiers, kappa: 1.3, alpha: 0.7, runs: 5, seed: 3 };
  assert.equal(whatIfJson(input), expected.toString().trimEnd());
  const answer = whatIf(input);
  assert.deepEqual(answer, JSON.parse(whatIfJson(input)), 'a plain object');
  assert.equal(answer.policies[0].change_lead_mean, null, 'None is null');
  assert.equal(whatIf().people, 13, 'missing fields stand at the default');
  assert.match(thrown(() => whatIf({ ...input, runs: 1 })).message, /runs/);
  assert.equal(thrown(() => whatIf({ ...input, runz: 1 })).kind, 'bad_query');
});

test('values cross the border in one form', () => {
  const engine = open('a.csv', readFileSync(join(fixtures, 'servicenow_incident_fields.csv')));
  const report = engine.report();
  assert.deepEqual(report, JSON.parse(engine.report_json()));
  assert.equal(Object.getPrototypeOf(report), Object.prototype, 'a plain object, no Map');
  assert.equal(report.query.as_of, null, 'None is null');
  assert.equal(report.throughput.daily[0].date.length, 10, 'a date is text');
  assert.equal(typeof report.input.files[0].bytes, 'number', 'a u64 is a number');
  const large = open('b.csv', Buffer.from('id,opened,resolved\n1,1970-02-01 00:00:00,2105-01-01 00:00:00\n')).report();
  assert.equal(large.lead_time.max_seconds, 4_257_532_800, 'beyond 32 bits');
  assert.equal(engine.report({ min_group: 1 }).query.min_group, 1, 'a partial query is filled with defaults');
  const detail = engine.ticket(0);
  assert.equal(typeof detail.id, 'string');
  assert.equal(report.engine_version, version());
});

test('errors are plain objects that say where and what to do', () => {
  const broken = thrown(() => open('bad.csv', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')));
  assert.equal(broken.kind, 'not_a_table');
  assert.equal(broken.position.file, 'bad.csv');
  assert.ok(broken.message.length > 0 && broken.remedy.length > 0);
  assert.equal(thrown(() => new Session({ zone: 'Mars/Phobos' })).kind, 'unknown_zone');
  assert.equal(thrown(() => new Session({ zoone: 'UTC' })).kind, 'bad_query');
  const engine = open('a.csv', readFileSync(join(fixtures, 'jira_cloud.csv')));
  assert.equal(thrown(() => engine.report({ by: ['nothing'] })).kind, 'bad_query');
  assert.equal(thrown(() => engine.ticket(99_999)).kind, 'bad_query');
  const asked = open('c.csv', readFileSync(join(fixtures, 'ambiguous_dates.csv')));
  assert.equal(thrown(() => asked.report()).kind, 'date_order_open');
  assert.equal(asked.mappings()[0].doubts.filter((d) => d.blocking).length, 2);
});

test('a mapping goes out and comes back', () => {
  const bytes = readFileSync(join(fixtures, 'ambiguous_dates.csv'));
  const mappings = open('c.csv', bytes).mappings();
  for (const field of mappings[0].fields) field.date_order = 'month_first';
  const report = open('c.csv', bytes, { mappings }).report();
  assert.equal(report.throughput.daily[0].date, '2025-01-02');
});

test('a table and its rejects are written in a second pass, as the command line writes them', () => {
  const path = join(fixtures, 'title_and_totals.csv');
  const bytes = readFileSync(path);
  const engine = open(basename(path), bytes);
  const write = (extract, chunk) => {
    const parts = [];
    for (let at = 0; at < bytes.length; at += chunk) parts.push(extract.push(bytes.subarray(at, at + chunk)));
    parts.push(extract.finish());
    extract.free();
    return Buffer.concat(parts).toString();
  };
  assert.equal(write(engine.extract_table(0), 7), run('table', path, '--csv', '-', '--guard').toString());
  const rejects = write(engine.extract_rejects(0), 100).split('\n');
  assert.equal(rejects[0], 'row,reason,Number,Opened,Resolved,State,Assignment group,Short description');
  assert.ok(rejects.some((line) => line.startsWith('12,totals_line,Total,')));
  assert.equal(thrown(() => engine.extract_table(1)).kind, 'bad_query');
});

test('hostile headers change no prototype', () => {
  const before = Object.getOwnPropertyNames(Object.prototype).join();
  const csv = '__proto__,constructor,id,opened\npolluted,polluted,1,2025-01-01\npolluted,other,2,2025-01-02\n';
  const report = open('d.csv', Buffer.from(csv)).report({ by: ['constructor'], min_group: 1 });
  assert.equal(Object.getOwnPropertyNames(Object.prototype).join(), before);
  assert.equal({}.polluted, undefined);
  assert.equal(report.tickets.total, 2);
});

test('memory is given back: a hundred files leave it as it was', () => {
  const bytes = readFileSync(join(fixtures, 'servicenow_audit_log.csv'));
  const wasm = initSync({ module: readFileSync(new URL('../../www/pkg/flowgauge_bg.wasm', import.meta.url)) });
  for (let i = 0; i < 5; i += 1) open('a.csv', bytes).free();
  const before = wasm.memory.buffer.byteLength;
  for (let i = 0; i < 100; i += 1) open('a.csv', bytes).free();
  assert.equal(wasm.memory.buffer.byteLength, before);
});
