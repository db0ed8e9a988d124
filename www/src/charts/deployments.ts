/** Deployments week by week, those that failed on top of those that count, within the limits of chance; and other weekly figures. */

import type { BehaviourChart, Report, WeekOfDeployments } from '../engine/types.js';
import type { ChartTheme, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { count, date, plural } from './format.js';
import { behaviourDrawing, figureOf, rounded } from './process-behaviour.js';

export interface DeploymentsOptions {
  /** `weekly` (default), or the id of a behaviour chart of deployments or changes. */
  series?: string | null;
}

const WEEKLY = 'weekly';
const COUNTING = 'Deployments that count';
const FAILED = 'Failed';

const chartsOf = ({ delivery, changes }: Report): BehaviourChart[] => [...(delivery?.behaviour ?? []), ...(changes?.behaviour ?? [])];

/** Limits of the bars: the behaviour chart of deployments a week, whatever else its name says. */
const limitsOf = (report: Report): BehaviourChart | undefined => report.delivery?.behaviour.find(({ id }) => id.startsWith('deployments'));

/** What can be looked at, the bars first. */
export function deploymentSeries(report: Report): { id: string; label: string }[] {
  const bars = report.delivery?.frequency ? [{ id: WEEKLY, label: 'Deployments, failed ones apart' }] : [];
  return [...bars, ...chartsOf(report).map(({ id, label }) => ({ id, label }))];
}

export function deployments(report: Report, theme: ChartTheme, { series = null }: DeploymentsOptions = {}): View {
  const limits = report.query.limits ?? 'mean';
  const charts = chartsOf(report);
  const weeks = report.delivery?.frequency?.weekly ?? [];
  const chosen = charts.find(({ id }) => id === series) ?? (weeks.length === 0 ? charts[0] : undefined);
  if (chosen) return behaviourDrawing(chosen, limits, report.query.clock, theme);
  if (!report.delivery && !report.changes) return missing(report, 'delivery');
  if (weeks.length === 0) return empty('There is no week with a deployment to production.', 'Widen the filter, or say in the mapping which environments are production.');
  const chart = limitsOf(report);
  const style = axisStyle(theme);
  const dates = weeks.map((week) => date(week.date));
  const figure = chart ? figureOf(chart, undefined) : count;
  const line = (at: number, dash: string, label: string, strong = false): Record<string, unknown> => ({
    yAxis: at,
    lineStyle: { color: strong ? theme.series[2] : theme.text, type: dash, width: 1.5 },
    label: { formatter: theme.narrow ? label : `${label} ${figure(at)}`, position: 'end', color: theme.text, fontSize: 12 },
  });
  const bar = (name: string, value: (week: WeekOfDeployments) => number, failed: boolean): Record<string, unknown> => ({
    name,
    type: 'bar',
    stack: 'week',
    data: weeks.map((week) => ({ value: value(week), ...(week.complete ? {} : { itemStyle: { opacity: 0.45 } }) })),
    barCategoryGap: '25%',
    itemStyle: {
      color: theme.series[failed ? 1 : 0],
      decal: failed ? { symbol: 'rect', color: theme.surface, dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4 } : { symbol: 'none' },
    },
  });
  const beyond = new Set((chart?.signals ?? []).flatMap(({ points }) => points.map((point) => chart?.dates[point])));
  const { max, interval } = rounded(0, Math.max(4, chart?.upper ?? 0, ...weeks.map((week) => week.deployments + week.failed)), 4);
  return {
    kind: 'drawing',
    marks: 2 * weeks.length,
    summary: summary(weeks, chart, limits),
    table: {
      caption: 'Deployments to production by week',
      columns: [
        { label: 'Week of' },
        { label: 'That count', numeric: true },
        { label: 'Failed', numeric: true },
        { label: 'Days with one', numeric: true },
        ...(chart ? [{ label: 'Stands out' }] : []),
      ],
      rows: weeks.map((week) => [
        cell(week.complete ? date(week.date) : `${date(week.date)} (in part)`, Date.parse(week.date)),
        cell(count(week.deployments), week.deployments),
        cell(count(week.failed), week.failed),
        cell(count(week.days), week.days),
        ...(chart ? [cell(beyond.has(week.date) ? 'yes' : '')] : []),
      ]),
    },
    option: {
      ...frame(theme),
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
      grid: { ...(frame(theme)['grid'] as object), right: chart ? (theme.narrow ? 52 : 96) : 20, top: 36 },
      legend: {
        top: 0,
        left: 0,
        itemWidth: 14,
        textStyle: { color: theme.text, fontSize: 12 },
        data: [...[COUNTING, FAILED].map((name) => ({ name, icon: 'roundRect' })), ...(beyond.size > 0 ? [{ name: 'Stands out', icon: 'triangle' }] : [])],
      },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const week = weeks[marks[0]?.dataIndex ?? 0];
          if (!week) return '';
          const out = beyond.has(week.date) ? '\nstands out' : '';
          return `week of ${date(week.date)}${week.complete ? '' : ' (in part)'}\n${count(week.deployments)} that count\n${count(week.failed)} failed${out}`;
        },
      },
      xAxis: { type: 'category', data: dates, ...style, splitLine: { show: false } },
      yAxis: { type: 'value', minInterval: 1, max, interval, ...style },
      series: [
        {
          ...bar(COUNTING, (week) => week.deployments, false),
          ...(chart
            ? {
                markLine: {
                  silent: true,
                  symbol: 'none',
                  data: [line(chart.upper, 'dashed', 'upper'), line(chart.centre, 'solid', limits, true), ...(chart.lower > 0 ? [line(chart.lower, 'dashed', 'lower')] : [])],
                },
              }
            : {}),
        },
        bar(FAILED, (week) => week.failed, true),
        ...(beyond.size > 0
          ? [
              {
                name: 'Stands out',
                type: 'scatter',
                symbol: 'triangle',
                symbolSize: 12,
                z: 4,
                data: weeks.map((week) => (beyond.has(week.date) ? week.deployments + week.failed : null)),
                // Above its bar.
                symbolOffset: [0, -10],
                itemStyle: { color: theme.series[3], borderColor: theme.surface, borderWidth: 1, decal: { symbol: 'none' } },
              },
            ]
          : []),
      ],
    },
  };
}

function summary(weeks: readonly WeekOfDeployments[], chart: BehaviourChart | undefined, limits: string): string {
  const sum = (value: (week: WeekOfDeployments) => number): number => weeks.reduce((all, week) => all + value(week), 0);
  const limited = chart ? ` ${chart.sentence} The limits are those of deployments that count, from the ${limits}.` : '';
  return `${plural(sum((week) => week.deployments), 'deployment')} that count and ${count(sum((week) => week.failed))} that failed, in ${plural(weeks.length, 'week')}. Pale weeks lie in the window only in part.${limited}`;
}
