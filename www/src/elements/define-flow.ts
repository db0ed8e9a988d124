/** Registers the cards further down the dashboard, apart from the others: they are fetched after its first screen stands. */

import { FlowBoard } from './flow-board.js';
import { FlowBoardColumn } from './flow-board-column.js';
import { FlowBoardTime } from './flow-board-time.js';
import { FlowChances } from './flow-chances.js';
import { FlowAgeingBands, FlowBehaviour, FlowCfd, FlowFits, FlowForecast, FlowSurvival, FlowWipAge } from './flow-charts.js';
import { FlowChanges } from './flow-changes.js';
import { FlowClocks } from './flow-clocks.js';
import { FlowCost } from './flow-cost.js';
import { FlowDeliveryBy, FlowDeliveryLinks, FlowDeliveryTimes, FlowDeployments, FlowWall } from './flow-delivery.js';
import { FlowEfficiencyCard } from './flow-efficiency.js';
import { FlowFive } from './flow-five.js';
import { FlowRework } from './flow-rework.js';
import { FlowServices } from './flow-services.js';
import { FlowSla } from './flow-sla.js';
import { FlowSwarm } from './flow-swarm.js';
import { FlowSwarmControls } from './flow-swarm-controls.js';
import { FlowSwarmTimes } from './flow-swarm-times.js';
import { FlowTouches } from './flow-touches.js';
import { FlowWaste } from './flow-waste.js';
import { FlowWhatIf } from './flow-what-if.js';
import { FlowWhatIfForm } from './flow-what-if-form.js';

const ELEMENTS: Record<string, CustomElementConstructor> = {
  'flow-ageing-bands': FlowAgeingBands,
  'flow-behaviour': FlowBehaviour,
  'flow-board': FlowBoard,
  'flow-board-column': FlowBoardColumn,
  'flow-board-time': FlowBoardTime,
  'flow-cfd': FlowCfd,
  'flow-chances': FlowChances,
  'flow-changes': FlowChanges,
  'flow-clocks': FlowClocks,
  'flow-cost': FlowCost,
  'flow-delivery-by': FlowDeliveryBy,
  'flow-delivery-links': FlowDeliveryLinks,
  'flow-delivery-times': FlowDeliveryTimes,
  'flow-deployments': FlowDeployments,
  'flow-efficiency': FlowEfficiencyCard,
  'flow-fits': FlowFits,
  'flow-five': FlowFive,
  'flow-forecast': FlowForecast,
  'flow-rework': FlowRework,
  'flow-services': FlowServices,
  'flow-sla': FlowSla,
  'flow-survival': FlowSurvival,
  'flow-swarm': FlowSwarm,
  'flow-swarm-controls': FlowSwarmControls,
  'flow-swarm-times': FlowSwarmTimes,
  'flow-touches': FlowTouches,
  'flow-wall': FlowWall,
  'flow-waste': FlowWaste,
  'flow-what-if': FlowWhatIf,
  'flow-what-if-form': FlowWhatIfForm,
  'flow-wip-age': FlowWipAge,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
