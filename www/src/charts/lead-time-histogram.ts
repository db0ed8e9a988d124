/** How many tickets took how long, in bins that double. */

import type { Bin, Report } from '../engine/types.js';
import type { ChartTheme, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import type { Say } from './format.js';
import { count, percent, plural, timeOn } from './format.js';

export function leadTimeHistogram(report: Report, theme: ChartTheme): View {
  const metric = report.lead_time;
  if (!metric) return missing(report, 'lead_time');
  const bins = metric.histogram;
  const say = timeOn(metric.clock);
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (total === 0) {
    return empty('No ticket in this selection is finished.', 'Widen the filter, or export a longer period.');
  }
  const top = bins.reduce((best, bin) => (bin.count > best.count ? bin : best));
  const style = axisStyle(theme);
  let before = 0;
  return {
    kind: 'drawing',
    marks: bins.length,
    summary:
      `The fullest bar is ${range(top, say)}: ${count(top.count)} of ${plural(total, 'ticket')} (${percent(top.count / total)}). ` +
      'Each bar covers twice the time of the one before.',
    table: {
      caption: 'Finished tickets by lead time',
      columns: [
        { label: 'Lead time' },
        { label: 'Tickets', numeric: true },
        { label: 'Share', numeric: true },
        { label: 'Up to here', numeric: true },
      ],
      rows: bins.map((bin) => {
        before += bin.count;
        return [
          cell(range(bin, say), bin.from_seconds),
          cell(count(bin.count), bin.count),
          cell(percent(bin.count / total), bin.count),
          cell(percent(before / total), before),
        ];
      }),
    },
    option: {
      ...frame(theme),
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: (marks: { dataIndex: number }[]) => {
          const bin = bins[marks[0]?.dataIndex ?? 0];
          return bin ? `${range(bin, say)}\n${plural(bin.count, 'ticket')}, ${percent(bin.count / total)}` : '';
        },
      },
      xAxis: {
        type: 'category',
        data: bins.map((bin) => say(bin.from_seconds)),
        name: 'lead time, from',
        nameLocation: 'middle',
        nameGap: 30,
        ...style,
        splitLine: { show: false },
        axisLabel: { ...(style['axisLabel'] as object), align: 'center' },
      },
      yAxis: { type: 'value', minInterval: 1, ...style },
      grid: { left: 8, right: 20, top: 28, bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      series: [
        {
          type: 'bar',
          data: bins.map((bin) => bin.count),
          barCategoryGap: '12%',
          itemStyle: { color: theme.series[0], borderRadius: [3, 3, 0, 0] },
        },
      ],
    },
  };
}

function range(bin: Bin, say: Say): string {
  return bin.from_seconds <= 0 ? `under ${say(bin.to_seconds)}` : `${say(bin.from_seconds)} to ${say(bin.to_seconds)}`;
}
