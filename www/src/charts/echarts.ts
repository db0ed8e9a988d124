/** ECharts, only what our charts draw. Loaded with the first chart; import it with `import()` alone. */

import { BarChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { ECharts } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  ScatterChart,
  LineChart,
  BarChart,
  SankeyChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  MarkLineComponent,
  AriaComponent,
  SVGRenderer,
  CanvasRenderer,
]);

/** Marks beyond which thousands of SVG nodes would be slower than one canvas. */
const SVG_MARKS = 2000;

export function draw(place: HTMLElement, marks: number): ECharts {
  if (marks > SVG_MARKS) {
    try {
      return init(place, null, { renderer: 'canvas' });
    } catch {
      // A host under Trusted Types without a default policy refuses the canvas renderer; SVG needs none.
      place.replaceChildren();
    }
  }
  return init(place, null, { renderer: 'svg' });
}

export const rendererFor = (marks: number): 'svg' | 'canvas' => (marks > SVG_MARKS ? 'canvas' : 'svg');
