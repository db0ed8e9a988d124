/** This selection against another one, on the same axes. The slot below the picture holds the table of differences. */

import type { ChartTheme, View } from '../charts/chart.js';
import { comparison } from '../charts/comparison.js';
import type { Report } from '../engine/types.js';
import { FlowChart } from './flow-chart.js';

export class FlowComparison extends FlowChart {
  protected readonly heading = 'Side by side';
  protected readonly topic = 'comparison';

  protected definition(report: Report): string | undefined {
    return report.comparison?.definition;
  }

  protected view(report: Report, theme: ChartTheme): View {
    return comparison(report, theme);
  }
}
