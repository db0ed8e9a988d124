/** Which teams send work to which, and how long it queues after that. */

import type { Edge, Handoffs, Report } from '../engine/types.js';
import type { Cell, ChartTheme, Table, View } from './chart.js';
import { cell, empty, frame, missing } from './chart.js';
import type { Say } from './format.js';
import { count, hours, percent, plural, timeOn } from './format.js';

/** The busiest pairs: more bands than this cannot be told apart. The table has all. */
const TOP_EDGES = 20;
const TOP_EDGES_NARROW = 10;

export function handoffs(report: Report, theme: ChartTheme): View {
  const part = report.handoffs;
  if (!part) return missing(report, 'handoffs');
  if (part.total === 0) {
    return empty('No ticket in this selection changed hands.', 'Nothing to mend: this is a count of 0, not a gap in the data.');
  }
  const shown = part.edges.slice(0, theme.narrow ? TOP_EDGES_NARROW : TOP_EDGES);
  return {
    kind: 'drawing',
    marks: shown.length * 3,
    summary: summary(part, shown),
    table: pairs(part),
    option: { ...frame(theme), series: [sankey(shown, theme, timeOn(part.clock))] },
  };
}

/** The busiest pairs alone, of the table that holds all. */
export function busiest(part: Handoffs, most: number): Table {
  const table = pairs(part);
  if (table.rows.length <= most) return table;
  const caption = table.caption.replace(/^All/, `The ${count(most)} busiest of ${count(table.rows.length)}`);
  return { ...table, caption, rows: table.rows.slice(0, most) };
}

const known = (value: number | undefined, say: (value: number) => string): Cell =>
  value === undefined ? cell('not recorded', null) : cell(say(value), value);

const range = ({ lower_queued_seconds: lower, upper_queued_seconds: upper }: Edge, say: Say): string =>
  lower === undefined || upper === undefined ? '' : ` (${say(lower)} to ${say(upper)})`;

/** The price list. What no pair has gets no column. */
function pairs(part: Handoffs): Table {
  const say = timeOn(part.clock);
  const means = part.edges.some((edge) => edge.mean_queued_seconds !== undefined);
  const bounces = part.edges.some((edge) => edge.bounce_rate !== undefined);
  const shares = part.edges.some((edge) => edge.lead_share !== undefined);
  return {
    caption: `All pairs of ${part.level === 'assignee' ? 'people' : 'teams'}, most frequent first`,
    columns: [
      { label: 'From' },
      { label: 'To' },
      { label: 'Handoffs', numeric: true },
      { label: 'Hours queued after', numeric: true },
      { label: 'Median queued', numeric: true },
      ...(means ? [{ label: 'Mean queued (95 %)', numeric: true }] : []),
      { label: 'Came back', numeric: true },
      ...(bounces ? [{ label: 'Straight back', numeric: true }] : []),
      ...(shares ? [{ label: 'Share of lead time', numeric: true }] : []),
    ],
    rows: part.edges.map((edge) => [
      cell(edge.from),
      cell(edge.to),
      cell(count(edge.count), edge.count),
      known(edge.queued_seconds, hours),
      known(edge.median_queued_seconds, say),
      ...(means ? [known(edge.mean_queued_seconds, (mean) => `${say(mean)}${range(edge, say)}`)] : []),
      cell(percent(edge.count > 0 ? edge.returns / edge.count : 0), edge.returns / Math.max(1, edge.count)),
      ...(bounces ? [known(edge.bounce_rate, percent)] : []),
      ...(shares ? [known(edge.lead_share, percent)] : []),
    ]),
  };
}

/**
 * Two columns, "from" on the left and "to" on the right: work that goes A to B and back to A is a cycle, which a
 * flow diagram with one node per team cannot draw.
 */
function sankey(edges: Edge[], theme: ChartTheme, say: Say): Record<string, unknown> {
  const from = [...new Set(edges.map((edge) => edge.from))];
  const to = [...new Set(edges.map((edge) => edge.to))];
  const label = { color: theme.text, fontSize: 12, width: theme.narrow ? 80 : 130, overflow: 'truncate' };
  const node = (side: 'from' | 'to', team: string): Record<string, unknown> => ({
    name: `${side} ${team}`,
    depth: side === 'from' ? 0 : 1,
    itemStyle: { color: theme.series[side === 'from' ? 0 : 1] },
    label: { ...label, position: side === 'from' ? 'left' : 'right', formatter: () => team },
  });
  const room = theme.narrow ? 92 : 150;
  return {
    type: 'sankey',
    left: room,
    right: room,
    top: 8,
    bottom: 8,
    nodeWidth: 10,
    // A line of text: thin neighbours keep their names apart.
    nodeGap: 15,
    layoutIterations: 24,
    draggable: false,
    emphasis: { focus: 'adjacency' },
    data: [...from.map((team) => node('from', team)), ...to.map((team) => node('to', team))],
    links: edges.map((edge) => ({ source: `from ${edge.from}`, target: `to ${edge.to}`, value: edge.count })),
    lineStyle: { color: 'source', opacity: 0.26, curveness: 0.5 },
    tooltip: {
      formatter: (mark: { dataType?: string; dataIndex: number; name: string }) => {
        if (mark.dataType !== 'edge') return mark.name;
        const edge = edges[mark.dataIndex];
        if (!edge) return '';
        const queued = edge.median_queued_seconds === undefined ? '' : `\nmedian wait after it ${say(edge.median_queued_seconds)}`;
        return `${edge.from} to ${edge.to}\n${plural(edge.count, 'handoff')}, ${count(edge.returns)} sent back${queued}`;
      },
    },
  };
}

function summary(part: Handoffs, shown: Edge[]): string {
  const top = shown[0];
  const busiest = top ? ` Most often from ${top.from} to ${top.to} (${count(top.count)}).` : '';
  const pictured =
    part.edges.length > shown.length ? ` The picture shows the ${count(shown.length)} busiest of ${count(part.edges.length)} pairs.` : '';
  return (
    `${plural(part.total, 'handoff')} in ${plural(part.tickets, 'ticket')}; ` +
    `${plural(part.ping_pong_tickets, 'ticket')} came back to an earlier ${part.level === 'assignee' ? 'person' : 'team'}.${busiest}${pictured}`
  );
}
