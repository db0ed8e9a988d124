/** Tickets in progress at each midnight. */

import type { Report, Stability } from '../engine/types.js';
import type { ChartTheme, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { count, date, decimal, plural } from './format.js';

export function wip(report: Report, theme: ChartTheme): View {
  const part = report.wip;
  if (!part) return missing(report, 'wip');
  if (part.daily.length === 0) {
    return empty('No day lies in this selection.', 'Widen the filter, or export a longer period.');
  }
  const { daily } = part;
  const style = axisStyle(theme);
  const left =
    part.excluded_cancelled > 0 ? ` ${plural(part.excluded_cancelled, 'cancelled ticket')} of unknown end left out.` : '';
  return {
    kind: 'drawing',
    marks: daily.length,
    summary:
      `${plural(part.at_as_of, 'ticket')} in progress at the end, ${decimal(part.time_average)} on average, ` +
      `${count(part.peak)} at the peak.${left}${report.stability ? steady(report.stability) : ''}`,
    table: {
      caption: 'Tickets in progress at midnight',
      columns: [{ label: 'Date' }, { label: 'In progress', numeric: true }],
      rows: daily.map((day) => [cell(date(day.date), Date.parse(day.date)), cell(count(day.value), day.value)]),
    },
    option: {
      ...frame(theme),
      grid: { ...(frame(theme)['grid'] as object), right: theme.narrow ? 76 : 104 },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const day = daily[marks[0]?.dataIndex ?? 0];
          return day ? `${date(day.date)}\n${count(day.value)} in progress` : '';
        },
      },
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: daily.map((day) => date(day.date)),
        ...style,
        splitLine: { show: false },
      },
      yAxis: { type: 'value', min: 0, minInterval: 1, ...style },
      series: [
        {
          type: 'line',
          step: 'end',
          showSymbol: false,
          data: daily.map((day) => day.value),
          lineStyle: { width: 2, color: theme.series[0] },
          itemStyle: { color: theme.series[0] },
          areaStyle: { color: theme.series[0], opacity: 0.14 },
          markLine: {
            silent: true,
            symbol: 'none',
            data: [
              {
                yAxis: part.time_average,
                lineStyle: { color: theme.series[1], type: 'dashed', width: 1.5 },
                label: {
                  formatter: `${theme.narrow ? 'avg' : 'average'} ${decimal(part.time_average)}`,
                  position: 'end',
                  color: theme.text,
                  fontSize: 12,
                },
              },
            ],
          },
        },
      ],
    },
  };
}

/** Whether averages of finished tickets describe how long tickets wait now. */
const steady = ({ ratio, sentence }: Stability): string => ` Stability ratio ${ratio.toFixed(2)}: ${sentence}`;
