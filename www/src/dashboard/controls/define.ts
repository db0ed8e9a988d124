/** Registers the control bar and its panels. */

import { FlowAsOfPanel } from './as-of-panel.js';
import { FlowClockPanel } from './clock-panel.js';
import { FlowComparePanel } from './compare-panel.js';
import { FlowDatesPanel } from './dates-panel.js';
import { FlowDeliveryPanel } from './delivery-panel.js';
import { FlowFilterPanel } from './filter-panel.js';
import { FlowControls } from './flow-controls.js';
import { FlowLens } from './flow-lens.js';
import { FlowSettingsPanel } from './settings-panel.js';

const ELEMENTS: Record<string, CustomElementConstructor> = {
  'flow-as-of-panel': FlowAsOfPanel,
  'flow-clock-panel': FlowClockPanel,
  'flow-compare-panel': FlowComparePanel,
  'flow-controls': FlowControls,
  'flow-dates-panel': FlowDatesPanel,
  'flow-delivery-panel': FlowDeliveryPanel,
  'flow-filter-panel': FlowFilterPanel,
  'flow-lens': FlowLens,
  'flow-settings-panel': FlowSettingsPanel,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
