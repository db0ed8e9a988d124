/** Replayed lead times of each way of working, on one axis. */

import type { ChartTheme, View } from '../charts/chart.js';
import { swarmTimes } from '../charts/swarm-times.js';
import type { Report } from '../engine/types.js';
import { FlowChart } from './flow-chart.js';

export class FlowSwarmTimes extends FlowChart {
  protected readonly heading = 'How long the same tickets would have taken';
  protected readonly topic = 'swarm_times';

  protected definition(report: Report): string | undefined {
    return report.swarm?.definition;
  }

  protected view(report: Report, theme: ChartTheme): View {
    return swarmTimes(report, theme);
  }
}
