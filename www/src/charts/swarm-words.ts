/** How a replay is put into words: changes, grades, models, assumptions. */

import type { Change, Sensitivity, SwarmPolicy } from '../engine/types.js';
import { percent } from './format.js';

/** Beyond this a change is said in times: "+650 %" tells nobody anything. */
const TIMES = 3;

/** "−31 %", "+8 %", "no change": a fraction of the desk as it is. */
export function signed(value: number): string {
  if (Math.abs(value) < 0.0005) return 'no change';
  if (value > TIMES) return `×${(1 + value).toFixed(1)}`;
  return `${value > 0 ? '+' : '−'}${percent(Math.max(0.001, Math.abs(value)))}`;
}

/** A change of a replay that did not end has no upper bound. */
export type Bounded = Pick<Change, 'point' | 'lower' | 'upper'> & { unbounded?: boolean };

/** What the data leave open. */
export const rangeWords = ({ lower, upper, unbounded }: Pick<Bounded, 'lower' | 'upper' | 'unbounded'>): string => `${signed(lower)} to ${unbounded ? 'no bound' : signed(upper)}`;

/** What the assumptions tried leave open. */
export const envelopeWords = ({ envelope_lower: lower, envelope_upper: upper, envelope_unbounded: unbounded }: Change): string =>
  lower === undefined || upper === undefined ? 'none was varied' : rangeWords({ lower, upper, ...(unbounded === undefined ? {} : { unbounded }) });

/** The middle with its interval. */
export const changeWords = (change: Bounded): string => `${signed(change.point)} (${rangeWords(change)})`;

const GRADES: Partial<Record<string, string>> = {
  good: 'Good: the replayed desk takes as long as the real one did, within a tenth.',
  fair: 'Fair: the replayed desk is off by up to a fifth.',
  direction_only: 'Direction only: the replayed desk is off by up to three tenths. Trust the sign of a change, not its size.',
  refused: 'Not good enough: the replayed desk is off by more than three tenths, and so no change is worth telling.',
};

export const gradeWords = (grade: string): string => GRADES[grade] ?? plain(grade);

const VERDICTS: Partial<Record<string, string>> = {
  better: 'Faster',
  worse: 'Slower',
  no_evidence: 'No evidence either way',
  depends: 'Depends on the assumptions',
  refused: 'Refused',
};

export const verdictName = (verdict: string): string => VERDICTS[verdict] ?? plain(verdict);

/** What is said of one way of working. */
export function verdictWords({ verdict, verdict_words: words, refused }: SwarmPolicy): string {
  if (refused !== undefined) return 'Refused';
  if (verdict === undefined) return words ? plain(words) : '';
  return verdict === 'depends' && words ? plain(words) : verdictName(verdict);
}

const plain = (text: string): string => text.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());

const MODEL_WORDS: Partial<Record<string, string>> = {
  single_tasking: 'one ticket at a time',
  equal_shares: 'all tickets in equal shares',
  recorded: 'work as states record it',
  group_queue: 'a queue for each group',
  kept_queue: 'a queue for each group, tickets kept over waits',
  personal_queue: 'a queue for each person',
  personal_sharing: 'each person on all of theirs at once',
  one_queue: 'one queue for all',
};

/** "single_tasking/personal_queue" for people. */
export function modelName(model: string): string {
  const named = model.split('/').map((word) => MODEL_WORDS[word] ?? word.replaceAll('_', ' '));
  return named.join('; ').replace(/^./, (c) => c.toUpperCase());
}

const PARAMETERS: Partial<Record<string, string>> = {
  alpha: 'How well people help each other (alpha)',
  size: 'People on one ticket',
  kappa: 'Longer for people of another group (kappa)',
  pi: 'Slower without tickets of one\'s own (pi)',
  h: 'Work saved after the first visit (h)',
  q: 'Work of the first visit still needed (q)',
  estimator: 'How work is estimated',
  priority: 'Priorities first',
  fast_lane: 'A lane for short tickets',
  skill: 'Only who has solved the like',
};

export const parameterName = ({ parameter }: Sensitivity): string => PARAMETERS[parameter] ?? plain(parameter);
