/** How old all tickets in progress were together, at each midnight. */

import type { Report } from '../engine/types.js';
import type { ChartTheme, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { DAY, count, date, decimal, duration } from './format.js';

const ticketDays = (seconds: number): number => seconds / DAY;
const days = (value: number): string => (value < 100 ? decimal(value) : count(Math.round(value)));

export function wipAge(report: Report, theme: ChartTheme): View {
  const part = report.wip;
  if (!part) return missing(report, 'wip');
  const { daily } = part;
  const last = daily.at(-1);
  if (!last) return empty('No day lies in this selection.', 'Widen the filter, or export a longer period.');
  if (daily.every(({ value, age_seconds: age }) => value > 0 || age === undefined || age === 0) && daily.every(({ age_seconds: age }) => !age)) {
    return empty('This report does not hold the age of work in progress.', 'It was written by an older version: read the export itself again.');
  }
  const age = (n: number): number => daily[n]?.age_seconds ?? 0;
  const peak = daily.reduce((most, _, n) => (age(n) > age(most) ? n : most), 0);
  const style = axisStyle(theme);
  return {
    kind: 'drawing',
    marks: daily.length,
    summary:
      `At the last midnight the ${count(last.value)} in progress were ${days(ticketDays(age(daily.length - 1)))} ticket-days old together` +
      `${last.value > 0 ? `, ${duration(age(daily.length - 1) / last.value)} each on average` : ''}; ` +
      `at most ${days(ticketDays(age(peak)))}, on ${date(daily[peak]?.date ?? '')}.`,
    table: {
      caption: 'Age of all tickets in progress together, at midnight',
      columns: [
        { label: 'Date' },
        { label: 'In progress', numeric: true },
        { label: 'Ticket-days', numeric: true },
        { label: 'Mean age', numeric: true },
      ],
      rows: daily.map((day, n) => [
        cell(date(day.date), Date.parse(day.date)),
        cell(count(day.value), day.value),
        cell(days(ticketDays(age(n))), age(n)),
        day.value > 0 ? cell(duration(age(n) / day.value), age(n) / day.value) : cell('none open', null),
      ]),
    },
    option: {
      ...frame(theme),
      grid: { ...(frame(theme)['grid'] as object), top: 40, right: 44 },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const n = marks[0]?.dataIndex ?? 0;
          const day = daily[n];
          return day ? `${date(day.date)}\n${days(ticketDays(age(n)))} ticket-days\n${count(day.value)} in progress` : '';
        },
      },
      xAxis: { type: 'category', boundaryGap: false, data: daily.map((day) => date(day.date)), ...style, splitLine: { show: false } },
      yAxis: {
        type: 'value',
        min: 0,
        name: 'ticket-days',
        nameLocation: 'end',
        ...style,
        nameTextStyle: { ...(style['nameTextStyle'] as object), align: 'left' },
      },
      series: [
        {
          type: 'line',
          step: 'end',
          showSymbol: false,
          data: daily.map((_, n) => ticketDays(age(n))),
          lineStyle: { width: 2, color: theme.series[3] },
          itemStyle: { color: theme.series[3] },
          areaStyle: { color: theme.series[3], opacity: 0.14 },
        },
      ],
    },
  };
}
