/** Registers the cards further down the dashboard, apart from the others: they are fetched after its first screen stands. */

import { FlowBoard } from './flow-board.js';
import { FlowBoardColumn } from './flow-board-column.js';
import { FlowBoardTime } from './flow-board-time.js';
import { FlowChances } from './flow-chances.js';
import { FlowAgeingBands, FlowBehaviour, FlowCfd, FlowFits, FlowForecast, FlowSurvival, FlowWipAge } from './flow-charts.js';
import { FlowClocks } from './flow-clocks.js';
import { FlowCost } from './flow-cost.js';
import { FlowEfficiencyCard } from './flow-efficiency.js';
import { FlowRework } from './flow-rework.js';
import { FlowSla } from './flow-sla.js';
import { FlowTouches } from './flow-touches.js';

const ELEMENTS: Record<string, CustomElementConstructor> = {
  'flow-ageing-bands': FlowAgeingBands,
  'flow-behaviour': FlowBehaviour,
  'flow-board': FlowBoard,
  'flow-board-column': FlowBoardColumn,
  'flow-board-time': FlowBoardTime,
  'flow-cfd': FlowCfd,
  'flow-chances': FlowChances,
  'flow-clocks': FlowClocks,
  'flow-cost': FlowCost,
  'flow-efficiency': FlowEfficiencyCard,
  'flow-fits': FlowFits,
  'flow-forecast': FlowForecast,
  'flow-rework': FlowRework,
  'flow-sla': FlowSla,
  'flow-survival': FlowSurvival,
  'flow-touches': FlowTouches,
  'flow-wip-age': FlowWipAge,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
