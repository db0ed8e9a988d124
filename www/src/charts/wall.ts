/** Handoffs across the wall between development and operations, and which team stands where. */

import type { Report, Side, WallCrossing } from '../engine/types.js';
import type { ListBar } from './bars.js';
import { bars } from './bars.js';
import type { Missing } from './chart.js';
import { cell, empty, missing } from './chart.js';
import { known } from './delivery-words.js';
import type { Facts } from './facts.js';
import { count, hours, percent, plural, timeOn } from './format.js';
import type { Help } from './help.js';

export const WALL_HELP: Help = {
  what: 'Handoffs between teams on different sides: from those that build to those that run, and back; beside them the handoffs that stay on one side.',
  read: 'Crossings with long waits are where two worlds meet through a queue. A shared channel, or people of both sides on one ticket, takes them away. The side of a team is set in the mapping.',
  misleads: 'A handoff with a team whose side nobody said is counted as not known: with many of these the other figures are too low. Names of teams are a guess until you look at them.',
  formula: 'Crossing = a transfer from a team of one side to one of the other. Queued = from the transfer until somebody holds the ticket, as in the handoffs.',
};

export interface WallView extends Facts {
  headline: string;
  crossings: ListBar[];
  groups: { title: string; names: string[] }[];
}

const SIDES: Record<Side, string> = { development: 'Development', operations: 'Operations' };

export function wall(report: Report): WallView | Missing {
  const part = report.delivery;
  if (!part) return missing(report, 'delivery');
  const { wall: found } = part;
  if (!found) {
    const why = part.not_computable['wall'];
    return empty(why?.reason ?? 'Handoffs between development and operations are not known.', why?.remedy ?? 'Say in the mapping on which side each team stands, and add a history with the teams.');
  }
  const say = timeOn(report.query.clock);
  const crossing = (label: string, { count: n, queued_seconds: queued, median_seconds: median }: WallCrossing): { label: string; n: number; queued?: number | undefined; median?: number | undefined } => ({ label, n, queued, median });
  const rows = [
    crossing('Development to operations', found.to_operations),
    crossing('Operations to development', found.to_development),
    { label: 'Within one side', n: found.within },
    { label: 'Side not known', n: found.unknown },
  ];
  const across = found.to_operations.count + found.to_development.count;
  const all = across + found.within + found.unknown;
  return {
    kind: 'facts',
    headline: `${count(across)} of ${plural(all, 'handoff')} cross the wall${all > 0 ? ` (${percent(across / all)})` : ''}.`,
    summary: `${plural(found.tickets, 'ticket')} crossed it at least once.${found.unknown > 0 ? ` ${plural(found.unknown, 'handoff')} with a team whose side is not known: set it in the mapping.` : ''}`,
    crossings: bars(rows, ({ n }) => n, ({ label, n, queued, median }: (typeof rows)[number] & { queued?: number | undefined; median?: number | undefined }) => ({
      label,
      detail: [median === undefined ? '' : `median wait ${say(median)}`, queued === undefined ? '' : `${hours(queued)} in all`].filter(Boolean).join(', '),
      text: plural(n, 'handoff'),
    })),
    groups: (Object.keys(SIDES) as Side[]).map((side) => ({
      title: SIDES[side],
      names: found.groups.filter((group) => group.side === side).map(({ group }) => group),
    })),
    table: {
      caption: 'Handoffs by side',
      columns: [{ label: 'Handoffs' }, { label: 'Number', numeric: true }, { label: 'Queued, median', numeric: true }, { label: 'Queued, in all', numeric: true }],
      rows: rows.map((row: { label: string; n: number; queued?: number | undefined; median?: number | undefined }) => [cell(row.label), cell(count(row.n), row.n), known(row.median, say, ''), known(row.queued, hours, '')]),
    },
    further: [
      {
        caption: 'Teams and their side',
        columns: [{ label: 'Team' }, { label: 'Side' }],
        rows: found.groups.map(({ group, side }) => [cell(group), cell(SIDES[side])]),
      },
    ],
  };
}
