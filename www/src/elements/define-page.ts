/** Registers the elements that only the dashboard has: with them, the widgets would be larger than their download budget. */

import { FlowFittingTable } from './fitting-table.js';
import { FlowAgain } from './flow-again.js';
import { FlowBreakdown } from './flow-breakdown.js';
import { FlowComparison } from './flow-comparison.js';
import { FlowHandoffPairs } from './flow-handoff-pairs.js';
import { FlowPercentiles } from './flow-percentiles.js';
import { FlowTimeIn } from './flow-time-in.js';
import { FlowWaiting } from './flow-waiting.js';

const ELEMENTS: Record<string, CustomElementConstructor> = {
  'flow-again': FlowAgain,
  'flow-breakdown': FlowBreakdown,
  'flow-comparison': FlowComparison,
  'flow-fitting-table': FlowFittingTable,
  'flow-handoff-pairs': FlowHandoffPairs,
  'flow-percentiles': FlowPercentiles,
  'flow-time-in': FlowTimeIn,
  'flow-waiting': FlowWaiting,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
