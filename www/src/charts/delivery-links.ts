/** How incidents, changes and deployments found each other: each way, what it links, and whether it is a guess. */

import type { LinkWay, Report, Role } from '../engine/types.js';
import type { Missing } from './chart.js';
import { cell, missing } from './chart.js';
import type { Facts } from './facts.js';
import { count, percent, plural } from './format.js';
import type { Help } from './help.js';

export const LINKS_HELP: Help = {
  what: 'By which columns an incident names the change that caused it, and a deployment the change that it carries out; and the guesses that can be made where no column says so.',
  read: 'What is not linked counts as caused by nothing. A low share means that change fail rate, recovery and rework rest on few incidents: fill in the column, and the figures follow.',
  misleads: 'Guesses link what only happened to come one after the other. They are off until you ask for them, and stay named as guesses.',
  formula: 'Linked = has an id that some change or deployment holds. Guess by time: the last production deployment of the same service that ended at most so long before the incident was opened.',
};

export interface WayView {
  label: string;
  /** "incidents to changes" */
  between: string;
  guess: boolean;
  used: boolean;
  /** Of those that were asked, from 0 to 1. */
  share: number;
  text: string;
}

export interface LinksView extends Facts {
  headline: string;
  ways: WayView[];
}

const NOUNS: Record<Role, string> = { tickets: 'incidents', changes: 'changes', deployments: 'deployments', field_history: 'histories' };

export function deliveryLinks(report: Report): LinksView | Missing {
  const part = report.delivery;
  if (!part) return missing(report, 'delivery');
  const { ways, incidents, incidents_linked: caused, deployments, deployments_linked: carried } = part.links;
  return {
    kind: 'facts',
    headline: incidents > 0 ? `${count(caused)} of ${plural(incidents, 'incident')} are linked to what caused them.` : 'There are no incidents in these files.',
    summary: `${count(carried)} of ${plural(deployments, 'deployment')} to production are linked to a change. ${incidents > 0 ? 'Incidents without a link count as caused by nothing.' : 'Add the export of incidents: failures that nobody recorded as a result show in them.'}`,
    ways: ways.map(wayView),
    table: {
      caption: 'Ways to link',
      columns: [
        { label: 'Way' },
        { label: 'From' },
        { label: 'To' },
        { label: 'Guess' },
        { label: 'Used' },
        { label: 'Linked', numeric: true },
        { label: 'Id not found', numeric: true },
        { label: 'Says nothing', numeric: true },
      ],
      rows: ways.map((way) => [
        cell(way.label),
        cell(NOUNS[way.from]),
        cell(NOUNS[way.to]),
        cell(way.heuristic ? 'yes' : 'no'),
        cell(way.used ? 'yes' : 'no'),
        cell(count(way.linked), way.linked),
        cell(count(way.unlinked), way.unlinked),
        cell(count(way.without), way.without),
      ]),
    },
  };
}

function wayView({ label, from, to, heuristic, used, linked, unlinked, without }: LinkWay): WayView {
  const asked = linked + unlinked + without;
  const share = asked > 0 ? linked / asked : 0;
  const missed = unlinked > 0 ? `; ${count(unlinked)} name one that is not in the files` : '';
  return {
    label,
    between: `${NOUNS[from]} to ${NOUNS[to]}`,
    guess: heuristic,
    used,
    share,
    text: `${used ? 'Links' : 'Would link'} ${count(linked)} of ${count(asked)} (${percent(share)})${missed}.`,
  };
}
