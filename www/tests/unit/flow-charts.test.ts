import { describe, expect, test } from 'vitest';
import { ageing } from '../../src/charts/ageing.js';
import { ageingBands } from '../../src/charts/ageing-bands.js';
import { cfd } from '../../src/charts/cfd.js';
import { chances } from '../../src/charts/chances.js';
import type { ChartTheme, Missing, Table, View } from '../../src/charts/chart.js';
import { clocks } from '../../src/charts/clocks.js';
import { cost } from '../../src/charts/cost.js';
import type { Facts } from '../../src/charts/facts.js';
import { flowEfficiency } from '../../src/charts/flow-efficiency.js';
import { forecast } from '../../src/charts/forecast.js';
import { timeOn } from '../../src/charts/format.js';
import { busiest } from '../../src/charts/handoffs.js';
import { HELP } from '../../src/charts/help.js';
import { leadTimeHistogram } from '../../src/charts/lead-time-histogram.js';
import { leadTimeScatter } from '../../src/charts/lead-time-scatter.js';
import { percentiles } from '../../src/charts/percentiles.js';
import { leadTimeFits } from '../../src/charts/lead-time-fits.js';
import { behaviourSeries, processBehaviour } from '../../src/charts/process-behaviour.js';
import { rework } from '../../src/charts/rework.js';
import { sla } from '../../src/charts/sla.js';
import { survival } from '../../src/charts/survival.js';
import { throughput } from '../../src/charts/throughput.js';
import { touchedBy, touches } from '../../src/charts/touches.js';
import { wipAge } from '../../src/charts/wip-age.js';
import { wip } from '../../src/charts/wip.js';
import type { Report } from '../../src/engine/types.js';
import { everything, rateOf } from './parts.js';
import { absent, drawing, fixture, series, theme } from './report.js';

type Any = View | Facts | Missing;

function told(view: Any): { summary: string; tables: Table[]; missing: null } {
  if (view.kind === 'missing') throw new Error(`expected figures, got: ${view.reason}`);
  return { summary: view.summary, tables: [view.table, ...(view.further ?? [])], missing: null };
}

function facts<V extends Facts>(view: V | Missing): V {
  if (view.kind !== 'facts') throw new Error(`expected figures, got: ${view.reason}`);
  return view;
}

const CHARTS: { name: string; part: keyof Report & string; build: (report: Report, theme: ChartTheme) => Any }[] = [
  { name: 'clocks', part: 'clocks', build: clocks },
  { name: 'survival', part: 'survival', build: survival },
  { name: 'histogram with curves', part: 'lead_time', build: (report, look) => leadTimeFits(report, look, { fits: true }) },
  { name: 'ageing with bands', part: 'ageing', build: ageingBands },
  { name: 'chances', part: 'ageing', build: chances },
  { name: 'cumulative flow', part: 'cfd', build: cfd },
  { name: 'cumulative flow of the last days', part: 'cfd', build: (report, look) => cfd(report, look, { range: '90 days' }) },
  { name: 'age of work in progress', part: 'wip', build: wipAge },
  { name: 'process behaviour', part: 'process_behaviour', build: processBehaviour },
  { name: 'flow efficiency', part: 'flow_efficiency', build: flowEfficiency },
  { name: 'touches', part: 'touches', build: (report) => touches(report, 'people') },
  { name: 'rework', part: 'rework', build: rework },
  { name: 'service levels', part: 'sla', build: sla },
  { name: 'cost', part: 'cost', build: cost },
  { name: 'forecast', part: 'forecast', build: forecast },
];

describe.each(CHARTS)('$name', ({ part, build }) => {
  test('says it in words and in tables whose rows fit their columns', () => {
    const { summary, tables } = told(build(everything(), theme));
    expect(summary.length).toBeGreaterThan(20);
    expect(summary).not.toMatch(/NaN|undefined|null|Infinity|\.\.|\s\s/);
    for (const table of tables) {
      expect(table.rows.length).toBeGreaterThan(0);
      for (const row of table.rows) {
        expect(row).toHaveLength(table.columns.length);
        for (const { text } of row) expect(text).not.toMatch(/NaN|undefined|Infinity/);
      }
    }
  });

  test('a missing part says why and what would supply it', () => {
    const report = everything();
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the test takes away the part under test
    delete (report as unknown as Record<string, unknown>)[part];
    report.unavailable = { [part]: { reason: 'No column says so.', remedy: 'Add the column.' } };
    expect(build(report, theme)).toEqual({ kind: 'missing', reason: 'No column says so.', remedy: 'Add the column.' });
  });

  test('is a pure function of the report, narrow and wide', () => {
    const report = everything();
    const before = JSON.stringify(report);
    for (const narrow of [false, true]) {
      const look = { ...theme, narrow };
      expect(JSON.stringify(build(report, look))).toBe(JSON.stringify(build(report, look)));
    }
    expect(JSON.stringify(report)).toBe(before);
  });

  test('draws tooltips instead of parsing them as HTML', () => {
    const view = build(everything(), theme);
    if (view.kind === 'drawing') expect((view.option as { tooltip: { renderMode: string } }).tooltip.renderMode).toBe('richText');
  });
});

test('every help says what, how to read it, how it misleads and by which formula', () => {
  for (const help of Object.values(HELP)) {
    for (const text of [help.what, help.read, help.misleads, help.formula]) expect(text.length).toBeGreaterThan(30);
  }
});

describe('clocks', () => {
  test('counted hours stay hours, whole days stay days', () => {
    expect([timeOn('business')(98_514), timeOn('days')(5 * 86_400), timeOn('days')(86_400), timeOn('elapsed')(30 * 3600)]).toEqual([
      '27.4 h', '5 days', '1 day', '1.3 days',
    ]);
    expect([timeOn('business')(0), timeOn('business')(600)]).toEqual(['0 s', '10 min']);
  });

  test('with working hours every chart of lead time says hours, as the sentences do', () => {
    const report = everything();
    if (report.lead_time) report.lead_time.clock = 'business';
    if (report.survival) report.survival.clock = 'business';
    report.query.clock = 'business';
    for (const build of [leadTimeScatter, leadTimeHistogram, ageing, survival]) {
      const { summary, table, option } = drawing(build(report, theme));
      expect(summary + JSON.stringify(table.rows) + JSON.stringify(option)).not.toMatch(/\d days?\b/);
    }
    expect(facts(percentiles(report)).summary).not.toMatch(/\d days?\b/);
  });

  test('each percentile stands under all clocks, measured by its longest', () => {
    const { groups, summary } = facts(clocks(everything()));
    expect(groups.map(({ label }) => label)).toEqual(['50 % within', '70 % within', '85 % within', '95 % within']);
    expect(groups[2]?.bars.map(({ text }) => text)).toEqual(['4 days', '30 h', '5 days']);
    expect(groups[2]?.bars.map(({ length }) => length)).toEqual([0.8, 0.25, 1]);
    expect(summary).toBe(everything().clocks?.sentence);
  });

  test('a clock of another name is called by it', () => {
    const report = everything();
    if (report.clocks?.rows[0]) report.clocks.rows[0].clock = '__proto__';
    expect(facts(clocks(report)).table.rows[0]?.[0]?.text).toBe('__proto__');
  });
});

describe('survival', () => {
  test('sets open ones counted against finished ones alone', () => {
    const report = everything();
    const alone = report.lead_time?.percentiles.find(({ p }) => p === 85)?.seconds;
    const { summary, table } = drawing(survival(report, theme));
    expect(summary).toContain('85 % are done within 5 days; finished ones alone say');
    expect(summary).toContain('More than 5 % are open.');
    expect(table.rows[2]?.[4]?.sort).toBe(alone);
  });

  test('where the curve does not come down to 85 %, the sentence says from when on', () => {
    const report = everything();
    if (report.survival) report.survival.percentiles = [{ p: 50, seconds: 86_400 }, { p: 85, at_least_seconds: 7_396_000 }];
    expect(drawing(survival(report, theme)).summary).toMatch(
      /^With open tickets counted, it is not known when 85 % are done, but not before 85\.6 days; finished ones alone say /,
    );
  });

  test('a percentile that the curve does not reach is at least so long, and no mark', () => {
    const view = drawing(survival(everything(), theme));
    expect(view.table.rows[3]?.map(({ text }) => text).slice(0, 4)).toEqual(['95 %', 'at least 30 days', 'not known', 'no limit']);
    expect(series(view)[2]?.['data']).toHaveLength(3);
  });

  test('the marks differ in shape', () => {
    const [, , counted, alone] = series(drawing(survival(everything(), theme)));
    expect(counted?.['symbol']).not.toBe(alone?.['symbol']);
  });

  test('the band follows the steps up and down again', () => {
    const band = series(drawing(survival(everything(), theme)))[1] as {
      renderItem: (params: unknown, api: { coord: (point: [number, number]) => [number, number] }) => { shape: { points: [number, number][] } };
    };
    const { points } = band.renderItem({}, { coord: (point) => point }).shape;
    expect(points).toHaveLength(2 * (1 + 2 * 4));
    expect(points.map(([, y]) => y).filter((y) => y < 0 || y > 1)).toEqual([]);
    expect(points[0]).toEqual(points.at(-1));
  });
});

describe('curves over the histogram', () => {
  test('are off until asked for', () => {
    expect(series(drawing(leadTimeFits(everything(), theme)))).toHaveLength(1);
  });

  test('differ in dash and mark', () => {
    const [, one, two] = series(drawing(leadTimeFits(everything(), theme, { fits: true })));
    expect(one?.['symbol']).not.toBe(two?.['symbol']);
    expect((one?.['lineStyle'] as { type: string }).type).not.toBe((two?.['lineStyle'] as { type: string }).type);
  });

  test('their parameters, distance and p stand in a table; a p of 0 is under one draw', () => {
    const { further, summary } = drawing(leadTimeFits(everything(), theme, { fits: true }));
    expect(further?.[0]?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['Lognormal', 'mu 9.812, sigma 1.900', '12.3', 'under 0.002', '500 samples of 400 tickets', 'lead times do not follow it'],
      ['Weibull', 'shape 0.6100, scale 2 days', '0.5', '0.23', '500 samples of 400 tickets', 'the data do not speak against it'],
    ]);
    expect(summary).toContain('Lognormal: lead times do not follow it.');
  });

  test('where there are none, the bars stay and the reason is said', () => {
    const report = everything();
    delete report.fits;
    report.unavailable = { fits: { reason: 'Too few tickets.', remedy: 'Widen the filter.' } };
    const view = drawing(leadTimeFits(report, theme, { fits: true }));
    expect(series(view)).toHaveLength(1);
    expect(view.summary).toContain('No curves: Too few tickets. Widen the filter.');
  });

  test('bins that a curve does not cover are gaps', () => {
    const shortened = everything();
    if (shortened.fits) shortened.fits = { ...shortened.fits, bins: shortened.fits.bins.slice(1), fits: shortened.fits.fits.map((fit) => ({ ...fit, expected: fit.expected.slice(1) })) };
    const line = series(drawing(leadTimeFits(shortened, theme, { fits: true })))[1]?.['data'] as (number | null)[];
    expect(line[0]).toBeNull();
    expect(line[1]).toBeTypeOf('number');
  });
});

describe('ageing with bands', () => {
  test('states stand in the order of flow, and marks in their states', () => {
    const report = everything();
    const view = drawing(ageingBands(report, theme));
    const [dots, bands] = series(view) as { data: [number, number][] }[];
    expect(bands?.data.map(([x]) => x)).toEqual([0, 1, 2]);
    const items = report.ageing?.items;
    const first = report.ageing?.bands?.[0]?.state;
    const column = Math.round(dots?.data[items?.state?.indexOf(first ?? '') ?? 0]?.[0] ?? -1);
    expect(column).toBe(0);
  });

  test('a band is no ticket', () => {
    const view = drawing(ageingBands(everything(), theme));
    expect(view.ticketAt?.({ seriesIndex: 0, dataIndex: 0 })).toBeTypeOf('number');
    expect(view.ticketAt?.({ seriesIndex: 1, dataIndex: 0 })).toBeNull();
  });

  test('can be switched off, and are not there in older reports', () => {
    expect(series(drawing(ageingBands(everything(), theme, { bands: false })))).toHaveLength(1);
    expect(series(drawing(ageingBands(fixture(), theme)))).toHaveLength(1);
  });

  test('edges differ in dash and lie above each other', () => {
    const bands = series(drawing(ageingBands(everything(), theme)))[1] as {
      renderItem: (
        params: { dataIndex: number },
        api: { value: () => number; coord: (point: [number, number]) => [number, number] },
      ) => { children: { type: string; shape: { y1: number }; style: { lineDash?: unknown } }[] };
    };
    const { children } = bands.renderItem({ dataIndex: 0 }, { value: () => 0, coord: ([x, y]) => [x, -y] });
    const edges = children.filter(({ type }) => type === 'line');
    expect(new Set(edges.map(({ style }) => JSON.stringify(style.lineDash))).size).toBe(4);
    const heights = edges.map(({ shape }) => shape.y1);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
  });
});

describe('chances', () => {
  test('what is not known is not 0 %', () => {
    const { rows } = facts(chances(everything()));
    expect(rows[2]?.cells.map(({ text }) => text)).toEqual(['0 %', '12 %', 'not known']);
    expect(rows[2]?.cells.map(({ shade }) => shade)).toEqual([0, 1, 0]);
    expect(rows[0]?.age).toBe('new');
  });

  test('the sentence sets the youngest against the oldest that many tickets reached', () => {
    expect(facts(chances(everything())).summary).toBe(
      'A new ticket is done within 7 days in 86 % of cases; a ticket 30 days old is done within 7 days in 12 % of cases. 31 open tickets are that old or older.',
    );
  });

  test('a report without them says what they need', () => {
    expect(absent(chances(fixture()) as View).remedy).toContain('finished');
  });
});

describe('cumulative flow', () => {
  test('the areas stack to the edges of the report', () => {
    const report = everything();
    const stacked = series(drawing(cfd(report, theme))) as { name: string; data: number[] }[];
    expect(stacked.map(({ name }) => name)).toEqual(['Finished', 'In Progress', 'New', 'Opened']);
    const sums = report.cfd?.dates.map((_, day) => stacked.reduce((sum, { data }) => sum + (data[day] ?? 0), 0));
    expect(sums).toEqual(report.cfd?.stages[0]?.reached);
  });

  test('neighbours have other patterns', () => {
    const decals = series(drawing(cfd(everything(), theme))).map((one) => JSON.stringify((one['itemStyle'] as { decal: unknown }).decal));
    for (const [n, decal] of decals.entries()) expect(decal).not.toBe(decals[n + 1]);
  });

  test('times in which tickets had gone back are marked and named; a long one does not cover the picture', () => {
    interface End { xAxis: number; y?: number; name?: string; label?: { show: boolean } }
    const marksOf = (report: Report): [End, End][] =>
      (series(drawing(cfd(report, theme))).at(-1) as { markArea: { data: [End, End][] } }).markArea.data;
    const [strip, ...others] = marksOf(everything());
    expect([strip?.[0].xAxis, strip?.[1].xAxis, strip?.[0].name, strip?.[0].label?.show]).toEqual([1, 3, '3 back', true]);
    expect(strip?.[1].y).toBeTypeOf('number');
    expect(others).toEqual([]);
    const short = everything();
    if (short.cfd) short.cfd.corrections = [{ from: '2025-07-02', to: '2025-07-02', tickets: 2 }];
    expect(marksOf(short)).toHaveLength(2);
    const view = drawing(cfd(everything(), theme));
    expect(view.summary).toContain('Marked: 1 time in which tickets had gone back, at most 3 at once.');
    expect(view.further?.[0]?.rows).toHaveLength(1);
  });

  test('names that would cover each other are left to the table, those of most tickets first', () => {
    const report = everything();
    const dates = Array.from({ length: 100 }, (_, n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
    if (report.cfd) {
      const reached = dates.map(() => 5);
      report.cfd = { ...report.cfd, dates, moved_back: reached, stages: report.cfd.stages.map((stage) => ({ ...stage, reached })) };
      report.cfd.corrections = [2, 9, 4].map((tickets, n) => ({ from: dates[10 + 3 * n] ?? '', to: dates[11 + 3 * n] ?? '', tickets }));
    }
    const { markArea } = series(drawing(cfd(report, theme))).at(-1) as { markArea: { data: [{ name?: string; label: { show: boolean } }][] } };
    expect(markArea.data.filter(([start]) => start.label.show).map(([start]) => start.name)).toEqual(['9 back']);
  });

  test('the last days begin where the finished ones stood, and say so', () => {
    const report = everything();
    const days = 200;
    report.cfd = {
      definition: '',
      dates: Array.from({ length: days }, (_, n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10)),
      stages: [
        { key: 'opened', reached: Array.from({ length: days }, (_, n) => 10 * n + 5) },
        { key: 'finished', reached: Array.from({ length: days }, (_, n) => 10 * n) },
      ],
      moved_back: Array.from({ length: days }, () => 0),
      corrections: [{ from: '2025-01-02', to: '2025-01-03', tickets: 3 }],
      excluded: 0,
    };
    const view = drawing(cfd(report, theme, { range: '90 days' }));
    expect((view.option as { yAxis: { min: number } }).yAxis.min).toBe(1100);
    expect(view.summary).toContain('The scale begins at 1,100');
    expect((series(view).at(-1) as { markArea: { data: unknown[] } }).markArea.data).toEqual([]);
  });
});

describe('work in progress', () => {
  test('the age of all together is a view of its own', () => {
    const report = everything();
    const view = drawing(wipAge(report, theme));
    expect(view.table.rows).toHaveLength(report.wip?.daily.length ?? -1);
    expect(view.summary).toContain('ticket-days old together');
  });

  test('a report that does not hold it says so', () => {
    const report = fixture();
    for (const day of report.wip?.daily ?? []) delete day.age_seconds;
    expect(absent(wipAge(report, theme)).remedy).toContain('older version');
  });

  test('whether averages can be trusted is said in the card', () => {
    expect(drawing(wip(everything(), theme)).summary).toContain('Stability ratio 0.60: Work in progress grows: averages of finished tickets flatter.');
    expect(drawing(wip(fixture(), theme)).summary).not.toContain('flatter');
  });

  test('how unevenly tickets come is said beside throughput', () => {
    expect(drawing(throughput(everything(), theme)).summary).toContain('Index of dispersion 2.3 for arrivals, 4.1 for departures');
    expect(drawing(throughput(everything(), theme)).summary).toContain('resolved a day, 6.1 a working day.');
    expect(drawing(throughput(fixture(), theme)).summary).not.toMatch(/dispersion|working/);
  });
});

describe('process behaviour', () => {
  test('each series can be chosen; of none the first', () => {
    const report = everything();
    expect(behaviourSeries(report).map(({ id }) => id)).toEqual(['departures_weekly', 'lead_weekly']);
    expect(drawing(processBehaviour(report, theme, { series: 'lead_weekly' })).summary).toContain('Nothing stands out. Limits are taken from the mean.');
    expect(drawing(processBehaviour(report, theme, { series: '__proto__' })).summary).toContain('One week stands out.');
  });

  test('a point carries the mark of the surest rule that it breaks, and the table names all', () => {
    const view = drawing(processBehaviour(everything(), theme));
    const [, beyond, three, eight] = series(view) as { data: (number | null)[]; symbol: string }[];
    expect(beyond?.data).toEqual([null, null, null, 70, null]);
    expect(three?.data).toEqual([null, null, 28, null, null]);
    expect(new Set([beyond?.symbol, three?.symbol, eight?.symbol]).size).toBe(3);
    expect(view.table.rows[3]?.[3]?.text).toBe('Beyond a limit; 3 of 4 near a limit');
  });

  test('what can be below 0 is drawn below 0', () => {
    const report = everything();
    const [chart] = report.process_behaviour?.charts ?? [];
    Object.assign(chart ?? {}, { values: [-4, 6, -2, 3, 0], lower: -11.2 });
    const { option } = drawing(processBehaviour(report, theme));
    expect((option as { yAxis: { min: number }[] }).yAxis.map(({ min }) => min)).toEqual([-20, 0]);
  });

  test('a period without a value is passed over', () => {
    const { table } = drawing(processBehaviour(everything(), theme, { series: 'lead_weekly' }));
    expect(table.rows.map((row) => row[2]?.text)).toEqual(['', '', '1 day', '1 day', '2 days']);
    expect(table.rows[1]?.[1]?.text).toBe('none');
  });

  test('times are drawn in days, a lower limit of 0 is no line', () => {
    const days = drawing(processBehaviour(everything(), theme, { series: 'lead_weekly' }));
    expect(series(days)[0]?.['data']).toEqual([1, null, 2, 3, 1]);
    const lines = (view: View): number => (series(drawing(view))[0]?.['markLine'] as { data: unknown[] }).data.length;
    expect([lines(days), lines(processBehaviour(everything(), theme))]).toEqual([3, 2]);
  });
});

describe('flow efficiency', () => {
  test('parts add up to the whole, unknown states are named', () => {
    const { segments, headline, summary } = facts(flowEfficiency(everything()));
    expect(segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(segments.map(({ kind }) => kind)).toEqual(['active', 'waiting', 'hold', 'unknown']);
    expect(headline).toBe('25 % (20 % to 31 %) of the time from start to end was work, by what the states say.');
    expect(summary).toContain('100 finished tickets left out');
  });

  test('blocked time is said with its states', () => {
    const { blocked, blockedBars } = facts(flowEfficiency(everything()));
    expect(blocked).toContain('60 of 380 finished tickets stood on hold 90 times');
    expect(blocked).toContain('1 open ticket is on hold now');
    expect(blockedBars.map(({ label, text }) => `${label}: ${text}`)).toEqual(['Awaiting Vendor: 150 h', 'Awaiting User: 50 h']);
  });

  test('without an interval that is said, without time there is no figure', () => {
    const report = everything();
    if (report.flow_efficiency) {
      delete report.flow_efficiency.lower;
      delete report.flow_efficiency.upper;
    }
    expect(facts(flowEfficiency(report)).headline).not.toContain('to 31');
    expect(facts(flowEfficiency(report)).summary).toContain('Too few weeks');
    if (report.flow_efficiency) Object.assign(report.flow_efficiency, { n: 0, active_seconds: 0, queue_seconds: 0, hold_seconds: 0, unknown_seconds: 0 });
    expect(flowEfficiency(report).kind).toBe('missing');
  });
});

describe('the price list of handoffs', () => {
  test('has a column for each price that the report knows', () => {
    const part = everything().handoffs;
    const [edge] = part?.edges ?? [];
    if (!part || !edge) throw new Error('the fixture has handoffs');
    Object.assign(edge, { mean_queued_seconds: 7200, lower_queued_seconds: 3600, upper_queued_seconds: 10_800, bounce_rate: 0.2, lead_share: 0.041 });
    const { columns, rows } = busiest(part, 2);
    expect(columns.map(({ label }) => label)).toEqual([
      'From', 'To', 'Handoffs', 'Hours queued after', 'Median queued', 'Mean queued (95 %)', 'Came back', 'Straight back', 'Share of lead time',
    ]);
    expect([rows[0]?.[5]?.text, rows[0]?.[7]?.text, rows[0]?.[8]?.text]).toEqual(['2 h (1 h to 3 h)', '20 %', '4.1 %']);
    expect(rows[1]?.[5]?.text).toBe('not recorded');
  });
});

describe('touches', () => {
  test('people or groups, whichever the report holds', () => {
    const report = everything();
    expect(touchedBy(report)).toEqual(['people', 'groups']);
    if (report.touches) report.touches.people = [];
    expect(touchedBy(report)).toEqual(['groups']);
    expect(facts(touches(report, 'people')).bars.map(({ label }) => label)).toEqual(['1 group']);
  });

  test('says how much longer many hands take', () => {
    const { summary, bars, rates } = facts(touches(everything(), 'people'));
    expect(summary).toContain('Half of those with 1 person took under 2 h; with 10 or more people under 1.7 days, 20 times as long.');
    expect(bars.map(({ length }) => length)).toEqual([1, 0.75, 0.25]);
    expect(rates.map(({ figure }) => figure)).toEqual(['50 %', '75 %']);
  });
});

describe('steps back', () => {
  test('the table has all, the picture the most frequent', () => {
    const { bars, rest, table } = facts(rework(everything()));
    expect([bars.length, table.rows.length, rest]).toEqual([8, 10, '2 more: see the table.']);
  });

  test('none is a count, not a gap', () => {
    const report = everything();
    if (report.rework) report.rework = { ...report.rework, steps: 0, edges: [], tickets: rateOf(0, 400) };
    expect(facts(rework(report)).summary).toBe('None of 400 tickets with a history of states ever went back.');
  });
});

describe('service levels', () => {
  test('as recorded and against targets, each with its list', () => {
    const view = facts(sla(everything()));
    expect(view.headline).toBe('90 % of 400 finished tickets met their service level, as the tool recorded it.');
    expect(view.lists.map(({ title, rates }) => `${title}: ${rates.length}`)).toEqual(['As recorded in made_sla, by priority: 2', 'Against your targets: 1']);
    expect(view.summary).toContain('3 tickets left out, since "maybe", nothing says neither met nor missed.');
    expect(view.summary).toContain('3 open tickets past the target already, 3 not yet; of those about 1.4 will miss it.');
    expect(view.gaps).toEqual([]);
  });

  test('a ticket at risk opens', () => {
    const rows = facts(sla(everything())).atRisk?.rows ?? [];
    expect(rows.map(([first]) => [first?.text, first?.ticket])).toEqual([['INC0000008', 7], ['Ticket 12', 11]]);
  });

  test('without targets it says that they can be set', () => {
    const report = everything();
    if (report.sla) report.sla = { ...report.sla, targets: [], at_risk: [] };
    const view = facts(sla(report));
    expect(view.gaps.map(({ label }) => label)).toEqual(['Against targets']);
    expect(view.atRisk).toBeNull();
  });

  test('with neither it is a card that says what is missing', () => {
    const report = everything();
    report.sla = { definition: '', targets: [] };
    expect(sla(report).kind).toBe('missing');
  });
});

describe('cost', () => {
  test('two figures that are never added', () => {
    const { lines, summary } = facts(cost(everything()));
    expect(lines.map(({ label, figure }) => `${label}: ${figure}`)).toEqual(['Waiting: 24,691 EUR', 'Staff: 2,430 EUR']);
    expect(summary).toContain('The two are never added.');
    expect(JSON.stringify(lines)).not.toContain('27,121');
  });

  test('without rates there are hours and no money; without hours neither', () => {
    const report = everything();
    report.cost = { definition: '', delay: { definition: 'Queued.', hours: 1000 }, cash: { definition: 'Staff.' } };
    const { lines, table } = facts(cost(report));
    expect(lines.map(({ figure }) => figure)).toEqual(['1,000 h', 'Not known']);
    expect(table.rows.map((row) => row.slice(1, 4).map(({ text }) => text))).toEqual([
      ['1,000 ticket-hours', 'no rate', 'no rate'],
      ['not known', 'no rate', 'no rate'],
    ]);
  });
});

describe('forecast', () => {
  test('says both answers and the backtest; what speaks against it stands below', () => {
    const { summary, notes } = drawing(forecast(everything(), theme));
    expect(summary).toBe(
      'By 30 Oct 2025, 30 days ahead: at least 130 with 50 % certainty, at least 115 with 85 % certainty, at least 106 with 95 % certainty. ' +
        '50 tickets more: by 11 Oct 2025 with 50 % certainty, by 14 Oct 2025 with 85 % certainty, at 95 % not within 120 days. ' +
        'Of 20 such forecasts 16 came true.',
    );
    expect(notes).toEqual(['Throughput rose in August.']);
  });

  test('what is not reached has no mark', () => {
    const view = drawing(forecast(everything(), theme));
    expect(series(view).map((one) => (one['data'] as unknown[]).length)).toEqual([5, 3, 3, 2]);
    expect(view.further?.[0]?.rows[2]?.map(({ text }) => text)).toEqual(['95 %', 'not within 120 days', 'not known', 'not known', 'not known']);
  });

  test('with no open ticket one picture is left, and the rest is said', () => {
    const report = everything();
    if (report.forecast) report.forecast.when = { items: 0, limit_days: 120, answers: [], curve: [] };
    const view = drawing(forecast(report, theme));
    expect((view.option as { grid: unknown[] }).grid).toHaveLength(1);
    expect(view.summary).not.toContain('more:');
  });

  test('without a backtest the reason stands there', () => {
    const report = everything();
    if (report.forecast) {
      delete report.forecast.backtest;
      report.forecast.no_backtest = 'Too short a history to test it.';
    }
    const view = drawing(forecast(report, theme));
    expect(view.summary).toContain('Too short a history to test it.');
    expect(view.further).toHaveLength(2);
  });

  test('marks differ in shape', () => {
    const marks = series(drawing(forecast(everything(), theme)))[1]?.['data'] as { symbol: string }[];
    expect(new Set(marks.map(({ symbol }) => symbol)).size).toBe(3);
  });
});

describe('hostile text stays text', () => {
  const name = '<img src=x onerror="executed=1">';

  test('in states, priorities, headers and units', () => {
    const report = everything();
    if (report.cfd?.stages[1]) report.cfd.stages[1].key = name;
    if (report.ageing?.bands?.[0]) report.ageing.bands[0].state = '__proto__';
    if (report.flow_efficiency?.blocked.by_state[0]) report.flow_efficiency.blocked.by_state[0].state = name;
    if (report.rework?.edges[0]) report.rework.edges[0] = { from: '__proto__', to: name, count: 3 };
    if (report.sla?.recorded) report.sla.recorded = { ...report.sla.recorded, column: name, unclear: { [name]: 1 } };
    if (report.cost) report.cost.currency = name;
    expect(drawing(cfd(report, theme)).table.columns[2]?.label).toBe(name);
    expect(drawing(ageingBands(report, theme)).further?.[0]?.rows[0]?.[0]?.text).toBe('__proto__');
    expect(facts(flowEfficiency(report)).blockedBars[0]?.label).toBe(name);
    expect(facts(rework(report)).bars[0]?.label).toBe(`__proto__ to ${name}`);
    expect(facts(sla(report)).lists[0]?.title).toContain(name);
    expect(facts(cost(report)).lines[0]?.figure).toBe(`24,691 ${name}`);
    expect(Object.prototype).not.toHaveProperty('executed');
  });
});
