import { describe, expect, test } from 'vitest';
import { again } from '../../src/charts/again.js';
import type { Missing } from '../../src/charts/chart.js';
import type { Facts } from '../../src/charts/facts.js';
import { byDimension, dimensions, percentiles } from '../../src/charts/percentiles.js';
import { timeIn } from '../../src/charts/time-in.js';
import { waiting } from '../../src/charts/waiting.js';
import { cardsOf } from '../../src/dashboard/cards.js';
import type { Queue, Rate, Report, TimeIn, TimeMetric } from '../../src/engine/types.js';
import { everything } from './parts.js';
import { fixture } from './report.js';

const QUEUE: Queue = {
  definition: 'At least so much was waiting.',
  clock: 'elapsed',
  n: 400,
  share_lower_bound: 0.8399,
  attended_seconds: 3600 * 160,
  lead_seconds: 3600 * 1250,
  hold_seconds: 3600 * 250,
  unassigned_seconds: 3600 * 100,
  assumptions: ['One ticket at a time.'],
};
const STATES: TimeIn = {
  definition: 'Time in each state.',
  clock: 'elapsed',
  n: 400,
  lead_seconds: 3600 * 1000,
  rows: [
    { key: 'New', class: 'queue', tickets: 400, seconds: 3600 * 500, share: 0.5 },
    { key: 'Work', class: 'active', tickets: 390, seconds: 3600 * 300, share: 0.3 },
    { key: 'Vendor', class: 'hold', tickets: 20, seconds: 3600 * 200, share: 0.2 },
  ],
};
const TEAMS: TimeIn = {
  ...STATES,
  rows: Array.from({ length: 14 }, (_, n) => ({ key: `Team ${n}`, tickets: 30 - n, seconds: 3600 * (20 - n), share: (20 - n) / 1000 })),
};
const RATE: Rate = { definition: 'Reopened.', n: 4906, count: 189, rate: 0.0385, lower: 0.0335, upper: 0.0443 };

function full(): Report {
  const report = everything();
  report.queue = { ...QUEUE };
  report.time_in_state = STATES;
  report.time_in_group = TEAMS;
  report.reopens = RATE;
  report.reassignments = { ...RATE, count: 1807, n: 5000, rate: 0.3614, lower: 0.348, upper: 0.375 };
  report.cycle_time = report.lead_time as TimeMetric;
  report.response_time = report.lead_time as TimeMetric;
  return report;
}

function facts<V extends Facts>(view: V | Missing): V {
  if (view.kind !== 'facts') throw new Error(`expected figures, got: ${view.reason}`);
  return view;
}

const PARTS: { name: string; parts: (keyof Report & string)[]; build: (report: Report) => Facts | Missing }[] = [
  { name: 'waiting', parts: ['queue'], build: waiting },
  { name: 'time in states', parts: ['time_in_state'], build: (report) => timeIn(report, 'state') },
  { name: 'time in teams', parts: ['time_in_group'], build: (report) => timeIn(report, 'group') },
  { name: 'again', parts: ['reopens', 'reassignments'], build: again },
  { name: 'percentiles', parts: ['lead_time', 'cycle_time', 'response_time'], build: percentiles },
];

describe.each(PARTS)('$name', ({ parts, build }) => {
  test('says it in words and as a table whose rows fit its columns', () => {
    const { summary, table } = facts(build(full()));
    expect(summary.length).toBeGreaterThan(20);
    expect(summary).not.toMatch(/NaN|undefined|null|Infinity/);
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) {
      expect(row).toHaveLength(table.columns.length);
      for (const { text } of row) expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  test('a missing part says why and what would supply it', () => {
    const report = full();
    report.unavailable = {};
    for (const part of parts) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the test takes away the part under test
      delete (report as unknown as Record<string, unknown>)[part];
      report.unavailable[part] = { reason: `No ${part}.`, remedy: 'Add the column.' };
    }
    expect(build(report)).toEqual({ kind: 'missing', reason: `No ${parts[0] ?? ''}.`, remedy: 'Add the column.' });
  });

  test('is a pure function of the report', () => {
    const report = full();
    const before = JSON.stringify(report);
    expect(JSON.stringify(build(report))).toBe(JSON.stringify(build(report)));
    expect(JSON.stringify(report)).toBe(before);
  });
});

describe('waiting', () => {
  test('a proven bound is rounded down, never up', () => {
    expect(facts(waiting(full())).headline).toBe(
      'At least 83 % of the lead time, holds taken out, was waiting: proven, not estimated.',
    );
  });

  test('the parts of the bar add up to the lead time', () => {
    const { segments } = facts(waiting(full()));
    expect(segments.map(({ kind }) => kind)).toEqual(['active', 'waiting', 'hold']);
    expect(segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(segments.map(({ text }) => text)).toEqual(['13 %, 160 h', '67 %, 840 h', '20 %, 250 h']);
  });

  test('without holds the headline speaks of the bar itself', () => {
    const report = full();
    report.queue = { ...QUEUE, hold_seconds: 0, lead_seconds: 3600 * 1000 };
    const view = facts(waiting(report));
    expect(view.headline).toBe('At least 83 % of the lead time was waiting: proven, not estimated.');
    expect(view.note).toBe('');
  });

  test('a bound of 0 proves nothing, and says so', () => {
    const report = full();
    report.queue = { ...QUEUE, share_lower_bound: 0, attended_seconds: 3600 * 1000, unassigned_seconds: 0 };
    const view = facts(waiting(report));
    expect(view.headline).toContain('No waiting is proven');
    expect(view.summary).not.toContain('nobody');
    expect(view.segments[1]?.share).toBe(0);
  });
});

describe('where time goes', () => {
  test('the longest bar fills its track, the others are measured by it', () => {
    expect(facts(timeIn(full(), 'state')).bars.map(({ length }) => length)).toEqual([1, 0.6, 0.4]);
  });

  test('the class of a state is said in words', () => {
    const { bars, table, summary } = facts(timeIn(full(), 'state'));
    expect(bars.map(({ detail }) => detail)).toEqual(['queue, 400 tickets', 'being worked on, 390 tickets', 'on hold, 20 tickets']);
    expect(table.columns.map(({ label }) => label)).toEqual(['State', 'Class', 'Tickets', 'Hours', 'Share']);
    expect(summary).toContain('In queues 50 %, being worked on 30 %, on hold 20 %');
  });

  test('ten teams are drawn, the table has all, and the rest is named', () => {
    const { bars, table, more } = facts(timeIn(full(), 'group'));
    expect(bars).toHaveLength(10);
    expect(table.rows).toHaveLength(14);
    expect(more).toBe('4 more with 3.4 % in all: see the table.');
    expect(table.columns.map(({ label }) => label)).not.toContain('Class');
  });

  test('no finished ticket is not a blank', () => {
    const report = full();
    report.time_in_state = { ...STATES, n: 0, lead_seconds: 0, rows: [] };
    expect(timeIn(report, 'state').kind).toBe('missing');
  });
});

describe('again and again', () => {
  test('the interval is said in words', () => {
    const [reopened] = facts(again(full())).rates;
    expect(reopened?.figure).toBe('3.9 %');
    expect(reopened?.interval).toBe('About 1 ticket in 26. Anything from 3.4 % to 4.4 % fits these figures (95 % interval).');
  });

  test('few tickets are pointed out', () => {
    const report = full();
    report.reopens = { ...RATE, n: 6, count: 0, rate: 0, lower: 0, upper: 0.39 };
    expect(facts(again(report)).rates[0]?.interval).toBe('Anything from 0 % to 39 % fits these figures (95 % interval). So few tickets say little.');
  });

  test('one rate stands where the other is not known, with the reason beside it', () => {
    const report = full();
    delete report.reassignments;
    report.unavailable = { reassignments: { reason: 'Not said.', remedy: 'Add a column.' } };
    const view = facts(again(report));
    expect(view.rates.map(({ label }) => label)).toEqual(['Reopened']);
    expect(view.gaps).toEqual([{ label: 'Reassigned', reason: 'Not said.', remedy: 'Add a column.' }]);
  });
});

describe('times in figures', () => {
  test('each percentile carries its interval, with a shared unit said once', () => {
    const report = full();
    if (report.lead_time) {
      report.lead_time.percentiles = [
        { p: 50, seconds: 25_200, lower_seconds: 20_880, upper_seconds: 32_760, n_too_small: false },
        { p: 70, seconds: 90_000, lower_seconds: 82_800, upper_seconds: 172_800, n_too_small: false },
        { p: 95, seconds: 600_000, n_too_small: true },
      ];
    }
    const { table } = facts(percentiles(report));
    expect(table.rows[0]?.slice(2).map(({ text }) => text)).toEqual(['7 h (5.8 to 9.1 h)', '1 day (23 h to 2 days)', '6.9 days (few)']);
    expect(table.columns.map(({ label }) => label)).toEqual(['Time', 'Tickets', '50 % within', '70 % within', '95 % within']);
    expect(table.note).toContain('too few tickets');
  });

  test('times that are not known stand beside those that are', () => {
    const view = facts(percentiles(fixture()));
    expect(view.table.rows.map(([first]) => first?.text)).toEqual(['Lead time']);
    expect(view.gaps.map(({ label }) => label)).toEqual(['Cycle time', 'Response time']);
    expect(view.gaps[0]?.remedy).not.toBe('');
  });

  test('lead time by each dimension of the report, and by no other', () => {
    const report = fixture();
    expect(dimensions(report)).toEqual(Object.keys(report.lead_time?.by ?? {}));
    expect(byDimension(report, 'priority')?.rows).toHaveLength(report.lead_time?.by['priority']?.length ?? -1);
    expect(byDimension(report, 'constructor')).toBeNull();
    expect(byDimension(report, '__proto__')).toBeNull();
  });
});

describe('cards of the dashboard', () => {
  const names = (report: Report): string[] =>
    cardsOf((part) => report[part] !== undefined).map(({ id, wide }) => (wide ? `${id}*` : id));

  test('a report with everything fills all of them', () => {
    expect(names(full())).toEqual([
      'lead_time*', 'ageing', 'throughput', 'wip', 'chances', 'histogram', 'survival', 'clocks*', 'forecast*', 'cfd*',
      'process_behaviour*', 'waste*', 'queue', 'flow_efficiency', 'swarm*', 'time_in*', 'handoffs*', 'touches', 'rework', 'sla*', 'again', 'cost', 'times*',
    ]);
  });

  test('what the input cannot have gets no card, and a card left alone takes the row', () => {
    expect(names(fixture())).toEqual(['lead_time*', 'ageing', 'throughput', 'wip', 'chances', 'histogram*', 'swarm*', 'handoffs*', 'again*', 'times*']);
  });
});
