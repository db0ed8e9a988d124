/**
 * Registers the widgets; `define-page.ts` adds what only the dashboard has.
 * Safe to run twice, and beside an older copy on the same page.
 */

import { FlowAgeing, FlowHandoffs, FlowLeadTime, FlowLeadTimeHistogram, FlowThroughput, FlowWip } from './charts.js';
import { FlowDataTable } from './data-table.js';
import { FlowDataHealth } from './flow-data-health.js';
import { FlowSentences } from './flow-sentences.js';
import { FlowTicket } from './flow-ticket.js';

const ELEMENTS: Record<string, CustomElementConstructor> = {
  'flow-ageing': FlowAgeing,
  'flow-data-health': FlowDataHealth,
  'flow-data-table': FlowDataTable,
  'flow-handoffs': FlowHandoffs,
  'flow-lead-time': FlowLeadTime,
  'flow-lead-time-histogram': FlowLeadTimeHistogram,
  'flow-sentences': FlowSentences,
  'flow-throughput': FlowThroughput,
  'flow-ticket': FlowTicket,
  'flow-wip': FlowWip,
};

export function define(registry: CustomElementRegistry = customElements): void {
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!registry.get(name)) registry.define(name, element);
  }
}

define();

export {
  FlowAgeing,
  FlowDataHealth,
  FlowHandoffs,
  FlowLeadTime,
  FlowLeadTimeHistogram,
  FlowSentences,
  FlowThroughput,
  FlowTicket,
  FlowWip,
};
