import { describe, expect, test } from 'vitest';
import { ageing } from '../../src/charts/ageing.js';
import type { ChartTheme, View } from '../../src/charts/chart.js';
import { busiest, handoffs } from '../../src/charts/handoffs.js';
import { leadTimeHistogram } from '../../src/charts/lead-time-histogram.js';
import { leadTimeScatter } from '../../src/charts/lead-time-scatter.js';
import { throughput } from '../../src/charts/throughput.js';
import { wip } from '../../src/charts/wip.js';
import type { Report } from '../../src/engine/types.js';
import { absent, drawing, fixture, series, theme } from './report.js';

type Part = 'lead_time' | 'throughput' | 'wip' | 'ageing' | 'handoffs';

const CHARTS: { name: string; part: Part; build: (report: Report, theme: ChartTheme) => View }[] = [
  { name: 'lead-time scatter', part: 'lead_time', build: leadTimeScatter },
  { name: 'lead-time histogram', part: 'lead_time', build: leadTimeHistogram },
  { name: 'throughput', part: 'throughput', build: throughput },
  { name: 'wip', part: 'wip', build: wip },
  { name: 'ageing', part: 'ageing', build: ageing },
  { name: 'handoffs', part: 'handoffs', build: handoffs },
];

describe.each(CHARTS)('$name', ({ part, build }) => {
  test('draws the fixture with a summary and a table whose rows fit its columns', () => {
    const view = drawing(build(fixture(), theme));
    expect(view.summary.length).toBeGreaterThan(20);
    expect(view.summary).not.toMatch(/NaN|undefined|null|Infinity/);
    expect(view.table.rows.length).toBeGreaterThan(0);
    for (const row of view.table.rows) {
      expect(row).toHaveLength(view.table.columns.length);
      for (const { text } of row) expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  test('a missing part says why and what would supply it', () => {
    const report = fixture();
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the test takes away the part under test
    delete report[part];
    report.unavailable = { [part]: { reason: 'No column says so.', remedy: 'Add the column.' } };
    expect(absent(build(report, theme))).toEqual({ kind: 'missing', reason: 'No column says so.', remedy: 'Add the column.' });
  });

  test('a missing part without a reason is still no blank', () => {
    const report = fixture();
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the test takes away the part under test
    delete report[part];
    report.unavailable = {};
    expect(absent(build(report, theme)).remedy).not.toBe('');
  });

  test('is a pure function of the report', () => {
    const report = fixture();
    const before = JSON.stringify(report);
    expect(JSON.stringify(build(report, theme))).toBe(JSON.stringify(build(report, theme)));
    expect(JSON.stringify(report)).toBe(before);
  });

  test('draws tooltips instead of parsing them as HTML', () => {
    const { option } = drawing(build(fixture(), theme));
    expect((option as { tooltip: { renderMode: string } }).tooltip.renderMode).toBe('richText');
  });
});

describe('zero is an answer, and not the same as none', () => {
  test('no finished ticket', () => {
    const report = fixture();
    if (report.lead_time) {
      report.lead_time.n = 0;
      report.lead_time.histogram = [];
    }
    expect(absent(leadTimeScatter(report, theme)).reason).toContain('finished');
    expect(absent(leadTimeHistogram(report, theme)).reason).toContain('finished');
  });

  test('no open ticket', () => {
    const report = fixture();
    if (report.ageing) report.ageing.n = 0;
    expect(absent(ageing(report, theme)).reason).toContain('open');
  });

  test('no handoff', () => {
    const report = fixture();
    if (report.handoffs) {
      report.handoffs.total = 0;
      report.handoffs.edges = [];
    }
    expect(absent(handoffs(report, theme)).remedy).toContain('0');
  });

  test('queue hours that are not recorded are not 0 hours', () => {
    const report = fixture();
    const edge = { from: 'A', to: 'B', count: 3, returns: 0 };
    if (report.handoffs) report.handoffs.edges = [edge, { ...edge, to: 'C', queued_seconds: 0, median_queued_seconds: 0 }];
    const { table } = drawing(handoffs(report, theme));
    expect(table.rows.map((row) => row[3]?.text)).toEqual(['not recorded', '0 h']);
  });
});

describe('lead-time scatter', () => {
  test('a dot leads to its ticket', () => {
    const report = fixture();
    const view = drawing(leadTimeScatter(report, theme));
    expect(view.ticketAt?.({ seriesIndex: 0, dataIndex: 5 })).toBe(report.lead_time?.points?.ticket[5]);
    expect(view.ticketAt?.({ seriesIndex: 0, dataIndex: 1e9 })).toBeNull();
  });

  test('the table opens the longest tickets first', () => {
    const { table } = drawing(leadTimeScatter(fixture(), theme));
    const times = table.rows.map((row) => row[2]?.sort ?? 0);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(table.rows[0]?.[0]?.ticket).toBeTypeOf('number');
  });

  test('without single tickets the lines still stand, and the table holds the percentiles', () => {
    const report = fixture();
    delete report.lead_time?.points;
    const view = drawing(leadTimeScatter(report, theme));
    expect((series(view)[0]?.['markLine'] as { data: unknown[] }).data).toHaveLength(4);
    expect(view.table.columns[0]?.label).toBe('Percentile');
    expect(view.summary).toContain('not in this report');
  });

  test('a lead time of 0 is drawn on the floor of the log axis and said', () => {
    const report = fixture();
    if (report.lead_time?.points) {
      report.lead_time.points.seconds[0] = 0;
      report.lead_time.min_seconds = 0;
    }
    const view = drawing(leadTimeScatter(report, theme));
    const data = series(view)[0]?.['data'] as [number, number][];
    expect(data[0]?.[1]).toBeCloseTo(Math.log10(60));
    expect(view.summary).toContain('under a minute');
    expect(drawing(leadTimeScatter(report, theme, { scale: 'linear' })).summary).not.toContain('under a minute');
  });

  test('percentile lines differ in dash, not in colour alone', () => {
    const line = series(drawing(leadTimeScatter(fixture(), theme)))[0]?.['markLine'] as { data: { lineStyle: { type: unknown } }[] };
    expect(new Set(line.data.map(({ lineStyle }) => JSON.stringify(lineStyle.type))).size).toBe(4);
  });
});

describe('throughput', () => {
  test('weekly by default, daily and monthly on request', () => {
    const report = fixture();
    const rows = (period?: 'daily' | 'monthly'): number =>
      drawing(throughput(report, theme, period ? { period } : {})).table.rows.length;
    expect(rows()).toBe(report.throughput?.weekly.length);
    expect(rows('daily')).toBe(report.throughput?.daily.length);
    expect(rows('monthly')).toBe(report.throughput?.monthly.length);
  });

  test('bars carry a pattern, lines a symbol and a dash: never colour alone', () => {
    const bars = series(drawing(throughput(fixture(), theme)));
    expect(bars.map((one) => one['type'])).toEqual(['bar', 'bar']);
    expect((bars[1]?.['itemStyle'] as { decal: { symbol: string } }).decal.symbol).toBe('rect');
    const lines = series(drawing(throughput(fixture(), theme, { period: 'daily' })));
    expect(lines.map((one) => one['type'])).toEqual(['line', 'line']);
    expect(lines[0]?.['symbol']).not.toBe(lines[1]?.['symbol']);
  });

  test('a period that the data covers in part is named so', () => {
    const { table } = drawing(throughput(fixture(), theme));
    expect(table.rows.at(-1)?.[0]?.text).toContain('(in part)');
  });
});

describe('ageing', () => {
  test('without states all tickets stand in one column', () => {
    const report = fixture();
    if (report.ageing) {
      report.ageing.by_state = [];
      delete report.ageing.items?.state;
    }
    const view = drawing(ageing(report, theme));
    const data = series(view)[0]?.['data'] as [number, number][];
    expect(data.every(([x]) => x > -0.5 && x < 0.5)).toBe(true);
  });

  test('the same ticket always lands on the same spot', () => {
    const spots = (): unknown => series(drawing(ageing(fixture(), theme)))[0]?.['data'];
    expect(spots()).toEqual(spots());
  });
});

describe('handoffs', () => {
  const withEdges = (edges: [string, string, number][]): Report => {
    const report = fixture();
    if (report.handoffs) report.handoffs.edges = edges.map(([from, to, count]) => ({ from, to, count, returns: 0 }));
    return report;
  };

  test('work that goes back and forth is no cycle: senders left, receivers right', () => {
    const view = drawing(handoffs(withEdges([['A', 'B', 5], ['B', 'A', 4], ['A', 'A ', 1]]), theme));
    const sankey = series(view)[0] as { data: { name: string; depth: number }[]; links: { source: string; target: string }[] };
    const depth = new Map(sankey.data.map(({ name, depth }) => [name, depth]));
    expect(depth.size).toBe(sankey.data.length);
    for (const { source, target } of sankey.links) expect([depth.get(source), depth.get(target)]).toEqual([0, 1]);
  });

  test('the picture shows the busiest pairs, the table all of them', () => {
    const report = fixture();
    const view = drawing(handoffs(report, theme));
    expect((series(view)[0] as { links: unknown[] }).links).toHaveLength(20);
    expect(view.table.rows).toHaveLength(report.handoffs?.edges.length ?? -1);
    expect(view.summary).toContain('20 busiest');
  });

  test('below the picture stand the ten busiest pairs, in the order of the report', () => {
    const part = fixture().handoffs;
    if (!part) throw new Error('the fixture has handoffs');
    const { caption, columns, rows } = busiest(part, 10);
    expect(caption).toContain(`10 busiest of ${part.edges.length} pairs`);
    expect(columns.map(({ label }) => label)).toEqual(['From', 'To', 'Handoffs', 'Hours queued after', 'Median queued', 'Came back']);
    expect(rows.map((row) => row[2]?.sort)).toEqual(part.edges.slice(0, 10).map((edge) => edge.count));
    expect(busiest(part, 1000).caption).toMatch(/^All pairs of teams/);
  });

  test('hostile team names stay text', () => {
    const name = '<img src=x onerror="executed=1">';
    const view = drawing(handoffs(withEdges([[name, '__proto__', 2], ['__proto__', 'constructor', 1]]), theme));
    expect(view.table.rows[0]?.[0]?.text).toBe(name);
    expect(Object.prototype).not.toHaveProperty('executed');
    expect((series(view)[0] as { data: unknown[] }).data).toHaveLength(4);
  });
});
