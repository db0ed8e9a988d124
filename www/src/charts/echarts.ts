/** ECharts, only what our charts draw. Loaded with the first chart; import it with `import()` alone. */

import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { ECharts } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import LRU from 'zrender/lib/core/LRU.js';

use([
  ScatterChart,
  LineChart,
  BarChart,
  SankeyChart,
  CustomChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  MarkLineComponent,
  MarkAreaComponent,
  AriaComponent,
  SVGRenderer,
  CanvasRenderer,
]);

/**
 * ECharts keeps measured texts in plain objects by the text itself: a team called `__proto__` would reach, and change,
 * Object.prototype of the whole page. With something before it no text is the name of what objects inherit.
 */
const { get, put } = LRU.prototype;
LRU.prototype.get = function (key) {
  return get.call(this, `\u0000${key}`);
};
LRU.prototype.put = function (key, value) {
  return put.call(this, `\u0000${key}`, value);
};

/** Marks beyond which thousands of SVG nodes would be slower than one canvas. */
const SVG_MARKS = 2000;

export const rendererFor = (marks: number): 'svg' | 'canvas' => (marks > SVG_MARKS ? 'canvas' : 'svg');

export function draw(place: HTMLElement, marks: number): ECharts {
  emptyWithoutHtml(place);
  const chart = init(place, null, { renderer: rendererFor(marks) });
  const { painter } = chart.getZr() as { painter: { getSvgDom?: () => Element } };
  const svg = painter.getSvgDom?.();
  if (svg) emptyWithoutHtml(svg);
  return chart;
}

/**
 * ECharts empties its elements with `innerHTML = ''` at start and end, which Trusted Types refuse. On these elements
 * the property removes the children instead, so that no page needs a default policy for us; text is never parsed.
 */
function emptyWithoutHtml(element: Element): void {
  Object.defineProperty(element, 'innerHTML', {
    configurable: true,
    set: () => {
      element.replaceChildren();
    },
  });
}
