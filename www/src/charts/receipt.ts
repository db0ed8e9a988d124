/** What stands behind a part of a report, as terms and texts: everything that somebody needs to get the same figure again. */

import type { Points, Receipt, Report } from '../engine/types.js';
import { selectionWords } from './chips.js';
import { count, dateTime, plural } from './format.js';

export interface Line {
  term: string;
  text: string;
}

/** The parts that a card shows: those whose definition it prints. */
export function partsBehind(report: Report, definition: string | undefined): string[] {
  if (!definition) return [];
  return Object.entries(report)
    .filter(([, part]) => {
      const own = (part as { definition?: unknown } | null)?.definition;
      return typeof own === 'string' && own !== '' && definition.includes(own);
    })
    .map(([name]) => name);
}

/** What all parts have in common: the instant, the selection, the data, the engine. */
export function commonLines(report: Report): Line[] {
  const { as_of, zone, query, input, engine_version } = report;
  return [
    { term: 'Tickets', text: selectionWords(query, report) },
    { term: 'As of', text: `${dateTime(Date.parse(as_of) / 1000, zone)} (${zone})` },
    ...input.files.map(({ name, sha256 }) => ({ term: `SHA-256 of ${name}`, text: sha256 })),
    { term: 'Engine', text: `flowgauge ${engine_version}` },
  ];
}

/** What is a part's own. */
export function ownLines(receipt: Receipt): Line[] {
  const { n, minimum_n, excluded } = receipt;
  const few = minimum_n !== undefined && n < minimum_n;
  const lines: (Line | null)[] = [
    { term: 'Rests on', text: `${plural(n, 'ticket')}${minimum_n === undefined ? '' : few ? `, and would need ${count(minimum_n)}: take it as a hint` : ` (needs ${count(minimum_n)})`}` },
    { term: 'Left out', text: leftOut(excluded) },
    receipt.clock ? { term: 'Clock', text: receipt.clock } : null,
    receipt.percentile_method ? { term: 'Percentiles', text: receipt.percentile_method } : null,
    { term: 'Evidence', text: receipt.evidence },
    receipt.source ? { term: 'Source', text: receipt.source } : null,
  ];
  return lines.filter((line) => line !== null);
}

function leftOut(excluded: Record<string, number>): string {
  const reasons = Object.entries(excluded).filter(([, tickets]) => tickets > 0);
  return reasons.length === 0 ? 'nothing' : reasons.map(([reason, tickets]) => `${count(tickets)} ${reason.replaceAll('_', ' ')}`).join(', ');
}

export interface Ticket {
  /** Number in the engine. */
  ticket: number;
  id: string;
}

/** Tickets listed of a part; all of them are in its table. */
const LISTED = 50;

/** The tickets behind a part, the longest first, where the report holds their ids. */
export function ticketsBehind(report: Report, parts: readonly string[]): Ticket[] {
  const points: (Points | undefined)[] = [parts.includes('lead_time') ? report.lead_time?.points : undefined, parts.includes('ageing') ? report.ageing?.items : undefined];
  const [held] = points.filter((one) => one?.id !== undefined);
  if (!held?.id) return [];
  const { id, seconds, ticket } = held;
  return id
    .map((name, at) => ({ id: name, ticket: ticket[at] ?? 0, seconds: seconds[at] ?? 0 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, LISTED);
}
