/** Service levels: as the tool recorded them, against targets, and which open tickets are about to miss theirs. */

import type { AtRisk, Rate, Report, Sla, SlaRecorded, SlaTarget } from '../engine/types.js';
import type { Cell, Missing, Table } from './chart.js';
import { cell, empty, missing } from './chart.js';
import type { Facts, Gap } from './facts.js';
import type { Say } from './format.js';
import { count, decimal, percent, plural, timeOn } from './format.js';
import type { Help } from './help.js';
import type { RateView } from './rates.js';
import { rateCells, rateColumns, rateView } from './rates.js';

export const SLA_HELP: Help = {
  what: 'How many finished tickets met their service level: by the column in which the tool says so, and by targets that you set; and the open tickets that will most likely miss theirs.',
  read: 'Where the tool says far more than the clock, it stops its clock somewhere: look at holds and working hours. Open the tickets at the top of the list first: those have the best use of an hour.',
  misleads: 'A high share says nothing of how late the others were. The recorded value follows rules of the tool that this page cannot see. A chance of missing is a mean of all tickets of that age.',
  formula: 'Attainment = finished within the target / finished; interval: Wilson (1927), 95 %. Chance of missing = S(target) / S(age), S from the Kaplan-Meier curve.',
};

export interface SlaView extends Facts {
  headline: string;
  /** By priority, or by target: as recorded, then against targets. */
  lists: { title: string; rates: RateView[] }[];
  /** Tickets about to miss their target. */
  atRisk: Table | null;
  gaps: Gap[];
}

export function sla(report: Report): SlaView | Missing {
  const part = report.sla;
  if (!part) return missing(report, 'sla');
  const { recorded, targets } = part;
  if (!recorded && targets.length === 0) {
    return empty('No column says which tickets met their service level, and no target is set.', 'Set targets by priority, or add the column to the export.');
  }
  const tables = [...(recorded ? [recordedTable(recorded)] : []), ...(targets.length > 0 ? [targetTable(targets)] : [])];
  const [table, ...further] = tables as [Table, ...Table[]];
  return {
    kind: 'facts',
    headline: headline(part),
    summary: summary(part),
    lists: [
      ...(recorded && recorded.by_priority.length > 0
        ? [{ title: `As recorded in ${recorded.column}, by priority`, rates: recorded.by_priority.map(({ key, rate }) => shareOf(key, rate)) }]
        : []),
      ...(targets.some(({ met }) => met)
        ? [
            {
              title: 'Against your targets',
              rates: targets.flatMap((target) => (target.met ? [shareOf(targetName(target), target.met)] : [])),
            },
          ]
        : []),
    ],
    atRisk: part.at_risk && part.at_risk.length > 0 ? riskTable(part.at_risk, timeOn(targets[0]?.clock)) : null,
    gaps: [
      ...(recorded ? [] : [{ label: 'As recorded', reason: 'No column says which tickets met their service level.', remedy: 'Add it to the export (made_sla or the like).' }]),
      ...(targets.length > 0 ? [] : [{ label: 'Against targets', reason: 'No target is set.', remedy: 'Set a target for each priority: attainment and the open tickets that will miss theirs follow.' }]),
    ],
    table,
    further,
  };
}

const targetName = ({ priority, seconds, clock }: SlaTarget): string => `${priority}: within ${timeOn(clock)(seconds)}`;

/** The bar's figure with the tickets that it is of. */
const shareOf = (label: string, rate: Rate): RateView => ({ ...rateView(label, rate), figure: `${percent(rate.rate)} of ${count(rate.n)}` });

function headline({ recorded, targets }: Sla): string {
  if (recorded) {
    const { rate } = recorded;
    return rate.n > 0
      ? `${percent(rate.rate)} of ${plural(rate.n, 'finished ticket')} met their service level, as the tool recorded it.`
      : 'No finished ticket says whether it met its service level.';
  }
  const met = targets.reduce((sum, target) => sum + (target.met?.count ?? 0), 0);
  const n = targets.reduce((sum, target) => sum + (target.met?.n ?? 0), 0);
  return n > 0 ? `${percent(met / n)} of ${plural(n, 'finished ticket')} met their target.` : 'No ticket with a target is finished.';
}

function summary({ recorded, targets }: Sla): string {
  const sentences: string[] = [];
  if (recorded && recorded.rate.n > 0) {
    sentences.push(`Anything from ${percent(recorded.rate.lower)} to ${percent(recorded.rate.upper)} fits these figures (95 % interval).`);
  }
  const unclear = recorded ? Object.entries(recorded.unclear) : [];
  const doubtful = unclear.reduce((sum, [, n]) => sum + n, 0);
  if (doubtful > 0) {
    const texts = unclear.slice(0, 3).map(([text]) => (text === '' ? 'nothing' : `"${text}"`));
    sentences.push(`${plural(doubtful, 'ticket')} left out, since ${texts.join(', ')} says neither met nor missed.`);
  }
  if (targets.length > 0) {
    const missed = targets.reduce((sum, target) => sum + target.open_missed, 0);
    const within = targets.reduce((sum, target) => sum + target.open_within, 0);
    const expected = targets.reduce((sum, target) => sum + (target.expected_misses ?? 0), 0);
    const known = targets.some((target) => target.expected_misses !== undefined);
    sentences.push(
      `${plural(missed, 'open ticket')} past the target already, ${count(within)} not yet${known ? `; of those about ${decimal(expected)} will miss it` : ''}.`,
    );
  }
  return sentences.join(' ') || 'These figures are what the export says.';
}

function recordedTable(recorded: SlaRecorded): Table {
  return {
    caption: `Service level met, as recorded in ${recorded.column}, with 95 % intervals (Wilson)`,
    columns: rateColumns('Tickets'),
    rows: [rateCells('All', recorded.rate), ...recorded.by_priority.map(({ key, rate }) => rateCells(key, rate))],
  };
}

function targetTable(targets: SlaTarget[]): Table {
  return {
    caption: 'Against your targets, with 95 % intervals (Wilson)',
    columns: [
      { label: 'Priority' },
      { label: 'Target', numeric: true },
      { label: 'Met', numeric: true },
      { label: 'From', numeric: true },
      { label: 'To', numeric: true },
      { label: 'Open, missed', numeric: true },
      { label: 'Open, in time', numeric: true },
      { label: 'Expected to miss', numeric: true },
    ],
    rows: targets.map((target): Cell[] => [
      cell(target.priority),
      cell(timeOn(target.clock)(target.seconds), target.seconds),
      ...(target.met
        ? [
            cell(`${percent(target.met.rate)} of ${count(target.met.n)}`, target.met.rate),
            cell(percent(target.met.lower), target.met.lower),
            cell(percent(target.met.upper), target.met.upper),
          ]
        : [cell('none finished', null), cell('', null), cell('', null)]),
      cell(count(target.open_missed), target.open_missed),
      cell(count(target.open_within), target.open_within),
      target.expected_misses === undefined ? cell('not known', null) : cell(decimal(target.expected_misses), target.expected_misses),
    ]),
  };
}

function riskTable(list: AtRisk[], say: Say): Table {
  return {
    caption: 'Open tickets most likely to miss their target',
    columns: [
      { label: 'Ticket' },
      { label: 'Priority' },
      { label: 'Age', numeric: true },
      { label: 'Left', numeric: true },
      { label: 'Chance of missing', numeric: true },
    ],
    rows: list.map((one): Cell[] => [
      { text: one.id ?? `Ticket ${one.ticket + 1}`, ticket: one.ticket },
      cell(one.priority),
      cell(say(one.age_seconds), one.age_seconds),
      cell(say(Math.max(0, one.left_seconds)), one.left_seconds),
      cell(percent(one.probability), one.probability),
    ]),
  };
}
