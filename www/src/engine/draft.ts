/** The mappings of all files on their way to the next reading: what the user changed, before the engine reads again. */

import { answer, setEnvironment, setResult, setSide, setState } from './mapping.js';
import type { Choices, DateOrder, Doubt, Mapping, Options, ResultClass, Side, StateClass, StateMapping } from './types.js';

export interface Draft {
  readonly mappings: readonly Mapping[];
  readonly answers: ReadonlyMap<Doubt, string>;
  /** By the file's name. */
  readonly reading: Readonly<Record<string, Choices>>;
  /** As the user chose it; `null` leaves it to each mapping. */
  readonly zone: string | null;
}

/** Files with the same headers are read the same way: the engine takes one mapping for all of them. */
export interface Group {
  fingerprint: string;
  mappings: Mapping[];
}

/** States are settled over all files together: where two mappings have the same ones, they are one board. */
export interface Board {
  mappings: Mapping[];
  states: StateMapping[];
}

export function draftOf(mappings: readonly Mapping[], options: Options): Draft {
  return { mappings, answers: new Map(), reading: options.reading ?? {}, zone: options.zone ?? null };
}

export function groupsOf(draft: Draft): Group[] {
  const groups = new Map<string, Group>();
  for (const mapping of draft.mappings) {
    const group = groups.get(mapping.fingerprint);
    if (group) group.mappings.push(mapping);
    else groups.set(mapping.fingerprint, { fingerprint: mapping.fingerprint, mappings: [mapping] });
  }
  return [...groups.values()];
}

export function boardsOf(draft: Draft): Board[] {
  const boards = new Map<string, Board>();
  for (const mapping of draft.mappings) {
    if (mapping.states.length === 0) continue;
    const key = JSON.stringify(mapping.states.map(({ state }) => state));
    const board = boards.get(key);
    if (board) board.mappings.push(mapping);
    else boards.set(key, { mappings: [mapping], states: mapping.states });
  }
  return [...boards.values()];
}

/** One change for all mappings that a group or a board stands for. */
export function change(draft: Draft, which: readonly Mapping[], by: (mapping: Mapping) => Mapping): Draft {
  const chosen = new Set(which);
  return { ...draft, mappings: draft.mappings.map((mapping) => (chosen.has(mapping) ? by(mapping) : mapping)) };
}

export function moveState(draft: Draft, board: Board, state: string, to: StateClass): Draft {
  return change(draft, board.mappings, (mapping) => setState(mapping, state, to));
}

/** Values that mean something besides states: how something ended, where it went, on which side a team stands. */
export type MeaningKind = 'result' | 'environment' | 'side';

/** A value and what it means, by the keys of `RESULT_LABELS`, `PRODUCTION_LABELS` or `SIDE_LABELS`. */
export interface Meaning {
  value: string;
  to: string;
  confidence: number;
  rows: number;
}

const MEANINGS: Record<MeaningKind, { of: (mapping: Mapping) => Meaning[]; set: (mapping: Mapping, value: string, to: string) => Mapping }> = {
  result: {
    of: ({ results = [] }) => results.map(({ result, class: to, confidence, rows }) => ({ value: result, to, confidence, rows })),
    set: (mapping, value, to) => setResult(mapping, value, to as ResultClass),
  },
  environment: {
    of: ({ environments = [] }) =>
      environments.map(({ environment, production, confidence, rows }) => ({ value: environment, to: production ? 'production' : 'other', confidence, rows })),
    set: (mapping, value, to) => setEnvironment(mapping, value, to === 'production'),
  },
  side: {
    of: ({ sides = [] }) => sides.map(({ group, side, confidence, rows }) => ({ value: group, to: side ?? 'neither', confidence, rows })),
    set: (mapping, value, to) => setSide(mapping, value, to === 'neither' ? null : (to as Side)),
  },
};

/** A value that stands in several files means the same in all of them; where they differ, what is surest shows. */
export function meaningsOf(draft: Draft, kind: MeaningKind): Meaning[] {
  const found = new Map<string, Meaning>();
  for (const meaning of draft.mappings.flatMap(MEANINGS[kind].of)) {
    const known = found.get(meaning.value);
    const surest = known && known.confidence >= meaning.confidence ? known : meaning;
    found.set(meaning.value, { ...surest, rows: meaning.rows + (known?.rows ?? 0) });
  }
  return [...found.values()];
}

/** In every file that has the value. */
export function setMeaning(draft: Draft, kind: MeaningKind, value: string, to: string): Draft {
  return change(draft, draft.mappings, (mapping) =>
    MEANINGS[kind].of(mapping).some((meaning) => meaning.value === value) ? MEANINGS[kind].set(mapping, value, to) : mapping,
  );
}

/** The questions of a group, each once, those that block first. */
export function questionsOf(group: Group): Doubt[] {
  const seen = new Map<string, Doubt>();
  for (const doubt of group.mappings.flatMap(({ doubts }) => doubts)) {
    const key = `${doubt.kind} ${doubt.subject}`;
    if (doubt.answers.length > 0 && !seen.has(key)) seen.set(key, doubt);
  }
  return [...seen.values()].sort((a, b) => Number(b.blocking) - Number(a.blocking));
}

/**
 * Answers a question in all files of the group that ask it. A file has one order of day and month: the first answer goes
 * to its other dates too, until they get their own.
 */
export function answerIn(draft: Draft, group: Group, doubt: Doubt, value: string): Draft {
  const answers = new Map(draft.answers);
  const same = (other: Doubt): boolean =>
    other.kind === doubt.kind && (other.subject === doubt.subject || (doubt.kind === 'date_order' && !draft.answers.has(other)));
  const answered = change(draft, group.mappings, (mapping) =>
    mapping.doubts.filter(same).reduce((changed, each) => {
      answers.set(each, value);
      return answer(changed, each, value);
    }, mapping),
  );
  return { ...answered, answers };
}

/** How many questions must still be answered. */
export function openQuestions(draft: Draft): number {
  return groupsOf(draft)
    .flatMap(questionsOf)
    .filter((doubt) => doubt.blocking && !draft.answers.has(doubt)).length;
}

/** Sets one thing about how the text of a file is read; `null` leaves it to the engine again. */
export function setChoice(draft: Draft, files: readonly string[], choice: Choices): Draft {
  const reading = new Map(Object.entries(draft.reading));
  for (const file of files) {
    const merged = Object.entries({ ...reading.get(file), ...choice }).filter(([, value]) => value !== null);
    if (merged.length > 0) reading.set(file, Object.fromEntries(merged) as Choices);
    else reading.delete(file);
  }
  // Not by assignment: a file may be called __proto__.
  return { ...draft, reading: Object.fromEntries(reading) };
}

export function setZone(draft: Draft, zone: string): Draft {
  return { ...draft, zone, mappings: draft.mappings.map((mapping) => ({ ...mapping, zone })) };
}

/** What to read the files with; `before` is what they were read with. */
export function optionsOf(draft: Draft, before: Options): Options {
  const orders = new Set([...draft.answers].filter(([doubt]) => doubt.kind === 'date_order').map(([, value]) => value));
  const order = orders.size === 1 ? ([...orders][0] as DateOrder) : before.date_order;
  const mappings = new Map<string, Mapping>();
  for (const mapping of [...draft.mappings, ...(before.mappings ?? [])]) {
    if (!mappings.has(mapping.fingerprint)) mappings.set(mapping.fingerprint, mapping);
  }
  return {
    mappings: [...mappings.values()],
    ...(draft.zone === null ? {} : { zone: draft.zone }),
    ...(order ? { date_order: order } : {}),
    ...(Object.keys(draft.reading).length > 0 ? { reading: draft.reading } : {}),
  };
}
