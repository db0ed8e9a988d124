/** Registers the elements that only the dashboard has: with them, the widgets would be larger than their download budget. */

import { FlowFittingTable } from './fitting-table.js';
import { FlowHandoffPairs } from './flow-handoff-pairs.js';

const ELEMENTS: Record<string, CustomElementConstructor> = {
  'flow-fitting-table': FlowFittingTable,
  'flow-handoff-pairs': FlowHandoffPairs,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
