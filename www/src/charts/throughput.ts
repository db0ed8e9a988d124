/** Arrivals against departures, per day, week or month. */

import type { Dispersion, PeriodFlow, Report, Throughput } from '../engine/types.js';
import type { ChartTheme, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { count, date, decimal, month, plural } from './format.js';

export type Period = 'daily' | 'weekly' | 'monthly';

const NOUN: Record<Period, string> = { daily: 'day', weekly: 'week', monthly: 'month' };
/** More periods than this are drawn as lines: bars would be thinner than a hair. */
const MAX_BARS = 60;

export interface ThroughputOptions {
  period?: Period;
}

export function throughput(report: Report, theme: ChartTheme, options: ThroughputOptions = {}): View {
  const part = report.throughput;
  if (!part) return missing(report, 'throughput');
  const period = options.period ?? 'weekly';
  const flows = part[period];
  if (flows.length === 0) {
    return empty('No ticket was opened or resolved in this selection.', 'Widen the filter, or export a longer period.');
  }
  const name = (flow: PeriodFlow): string =>
    period === 'monthly' ? month(flow.date) : period === 'weekly' ? `week of ${date(flow.date)}` : date(flow.date);
  const bars = flows.length <= MAX_BARS;
  const style = axisStyle(theme);
  const series = (label: string, key: 'arrivals' | 'departures', index: 0 | 1): Record<string, unknown> => ({
    name: label,
    type: bars ? 'bar' : 'line',
    data: flows.map((flow) => ({
      value: flow[key],
      ...(bars && !flow.complete ? { itemStyle: { opacity: 0.45 } } : {}),
    })),
    symbol: index === 0 ? 'circle' : 'diamond',
    symbolSize: 5,
    showSymbol: flows.length < 120,
    lineStyle: { width: 1.5, type: index === 0 ? 'solid' : 'dashed' },
    itemStyle: {
      color: theme.series[index],
      borderRadius: [2, 2, 0, 0],
      ...(bars && index === 1
        ? { decal: { symbol: 'rect', color: theme.surface, dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4 } }
        : { decal: { symbol: 'none' } }),
    },
    barGap: '5%',
    barCategoryGap: '25%',
  });
  return {
    kind: 'drawing',
    marks: flows.length * 2,
    summary: summary(part, flows, NOUN[period]),
    table: {
      caption: `Tickets opened and resolved per ${NOUN[period]}`,
      columns: [
        { label: NOUN[period].replace(/^./, (c) => c.toUpperCase()) },
        { label: 'Opened', numeric: true },
        { label: 'Resolved', numeric: true },
        { label: 'Net', numeric: true },
      ],
      rows: flows.map((flow) => [
        cell(flow.complete ? name(flow) : `${name(flow)} (in part)`, Date.parse(flow.date)),
        cell(count(flow.arrivals), flow.arrivals),
        cell(count(flow.departures), flow.departures),
        cell(flow.net > 0 ? `+${count(flow.net)}` : count(flow.net), flow.net),
      ]),
    },
    option: {
      ...frame(theme),
      aria: { enabled: true, label: { enabled: false }, decal: { show: bars } },
      legend: { top: 0, right: 8, icon: 'roundRect', itemWidth: 18, textStyle: { color: theme.text, fontSize: 12 } },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const flow = flows[marks[0]?.dataIndex ?? 0];
          if (!flow) return '';
          const part = flow.complete ? '' : ' (in part)';
          return `${name(flow)}${part}\n${count(flow.arrivals)} opened\n${count(flow.departures)} resolved`;
        },
      },
      xAxis: {
        type: 'category',
        data: flows.map((flow) => (period === 'monthly' ? month(flow.date) : date(flow.date))),
        ...style,
        splitLine: { show: false },
      },
      yAxis: { type: 'value', minInterval: 1, ...style },
      series: [series('Opened', 'arrivals', 0), series('Resolved', 'departures', 1)],
    },
  };
}

function summary({ arrivals, departures, departures_per_day: perDay, dispersion }: Throughput, flows: PeriodFlow[], noun: string): string {
  const whole = flows.filter((flow) => flow.complete);
  const more = whole.filter((flow) => flow.net > 0).length;
  const balance =
    whole.length === 0 ? '' : ` More arrived than left in ${count(more)} of ${plural(whole.length, `whole ${noun}`)}.`;
  return `${plural(arrivals, 'ticket')} opened and ${count(departures)} resolved, ${decimal(perDay)} resolved a day${workday(dispersion)}.${balance}${dispersion ? uneven(dispersion) : ''}`;
}

/** Daily counts against those of pure chance, whose index is 1. */
function uneven({ arrivals, departures }: Dispersion): string {
  const said = [
    ...(arrivals === undefined ? [] : [`${decimal(arrivals)} for arrivals`]),
    ...(departures === undefined ? [] : [`${decimal(departures)} for departures`]),
  ];
  return said.length > 0 ? ` Index of dispersion ${said.join(', ')} (1: as uneven as pure chance; weekends alone make it more).` : '';
}

const workday = (dispersion: Dispersion | undefined): string =>
  dispersion?.departures_per_business_day === undefined ? '' : `, ${decimal(dispersion.departures_per_business_day)} a working day`;
