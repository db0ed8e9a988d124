/** What is typed into the calculator, as it is typed, and the question that this makes. */

import type { Assumed, Range } from './swarm-choice.js';
import { RANGES, USUAL, within } from './swarm-choice.js';
import type { WhatIf } from './types.js';

export type TierField = 'name' | 'people' | 'minutes' | 'escalated' | 'cv';

export type Tier = Record<TierField, string> & {
  /** Fields that the reader wrote; all others hold examples. */
  own: readonly TierField[];
};

export interface WhatIfForm {
  arrivals: string;
  /** Where the number of arrivals is from. */
  arrivalsFrom: 'example' | 'file' | 'reader';
  hours: string;
  hoursFrom: 'example' | 'reader';
  tiers: readonly Tier[];
  size: number;
  alpha: number;
  kappa: number;
  /** Which tickets a fixed swarm takes. */
  subset: 'escalated' | 'all';
}

export const MOST_TIERS = 6;
const MOST_NAME = 60;

const tier = (name: string, people: number, minutes: number, escalated: number): Tier => ({
  name,
  people: String(people),
  minutes: String(minutes),
  escalated: String(escalated),
  cv: '1',
  own: [],
});

/** A desk that could be anybody's, so that there is an answer before the first number is typed. */
export const EXAMPLE: WhatIfForm = {
  arrivals: '60',
  arrivalsFrom: 'example',
  hours: '8',
  hoursFrom: 'example',
  tiers: [tier('First line', 5, 25, 35), tier('Second line', 5, 60, 25), tier('Third line', 3, 120, 0)],
  size: USUAL.size,
  alpha: USUAL.alpha,
  kappa: USUAL.kappa,
  subset: 'escalated',
};

/** Ranges of what is typed; `step` 1: whole numbers only. */
const NUMBERS = {
  arrivals: { min: 0.1, max: 100_000, step: 0 },
  hours: { min: 0.5, max: 24, step: 0 },
  people: { min: 1, max: 200, step: 1 },
  minutes: { min: 0.1, max: 100_000, step: 0 },
  escalated: { min: 0, max: 100, step: 0 },
  cv: { min: 0, max: 5, step: 0 },
} as const satisfies Record<string, Range>;

/** What a field is called by: "arrivals", "people-0". */
export const fieldName = (field: TierField, place: number): string => `${field}-${place}`;

export interface Written {
  /** Absent while a field holds what cannot be used. */
  input: WhatIf | null;
  /** By field: what is wrong and what to write instead. */
  wrong: ReadonlyMap<string, string>;
}

export function written(form: WhatIfForm): Written {
  const wrong = new Map<string, string>();
  const number = (name: string, text: string, range: Range): number => {
    const value = within(text, range);
    if (value === null) wrong.set(name, refusal(text, range));
    return value ?? NaN;
  };
  const tiers = form.tiers.map((one, n) => {
    const name = one.name.trim();
    if (name === '') wrong.set(fieldName('name', n), 'Write a name, such as First line.');
    else if (form.tiers.some((other, m) => m < n && other.name.trim() === name)) wrong.set(fieldName('name', n), 'Two tiers have this name. Give each its own.');
    const take = (field: Exclude<TierField, 'name'>): number => number(fieldName(field, n), one[field], NUMBERS[field]);
    return {
      name,
      people: take('people'),
      handling_minutes: take('minutes'),
      handling_cv: take('cv'),
      // There is nobody behind the last one.
      escalated: n === form.tiers.length - 1 ? 0 : take('escalated') / 100,
    };
  });
  const { size, alpha, kappa, subset } = form;
  const input = {
    arrivals_per_day: number('arrivals', form.arrivals, NUMBERS.arrivals),
    hours_per_day: number('hours', form.hours, NUMBERS.hours),
    tiers,
    size,
    alpha,
    kappa,
    subset,
  };
  return { input: wrong.size === 0 ? input : null, wrong };
}

function refusal(text: string, { min, max, step }: Range): string {
  const range = `from ${min} to ${max}`;
  if (/^\s*\d+,\d+\s*$/.test(text)) return `Write the number with a point, such as 7.5: a comma can be read in two ways. It goes ${range}.`;
  return step === 1 ? `Write a whole number ${range}.` : `Write a number ${range}.`;
}

// ---- edits: each gives a new form ----

export function withTier(form: WhatIfForm, place: number, field: TierField, text: string): WhatIfForm {
  const tiers = form.tiers.map((one, n) => (n === place ? { ...one, [field]: text.slice(0, field === 'name' ? MOST_NAME : undefined), own: [...new Set([...one.own, field])] } : one));
  return { ...form, tiers };
}

/** One more at the end, of example values; the one that was the last hands on as the first of the examples does. */
export function withMore(form: WhatIfForm): WhatIfForm {
  if (form.tiers.length >= MOST_TIERS) return form;
  const names = new Set(form.tiers.map(({ name }) => name.trim()));
  const name = [...EXAMPLE.tiers.map((one) => one.name), ...Array.from({ length: MOST_TIERS }, (_, n) => `Tier ${n + 1}`)].find((one) => !names.has(one)) ?? '';
  const last = form.tiers.length - 1;
  const tiers = form.tiers.map((one, n) => (n === last && !one.own.includes('escalated') ? { ...one, escalated: '25' } : one));
  return { ...form, tiers: [...tiers, tier(name, 3, 120, 0)] };
}

export const without = (form: WhatIfForm, place: number): WhatIfForm => (form.tiers.length > 1 ? { ...form, tiers: form.tiers.filter((_, n) => n !== place) } : form);

/** With the arrivals of a file, unless the reader wrote others; `null`: the file tells none. */
export function withArrivals(form: WhatIfForm, perDay: number | null): WhatIfForm {
  if (form.arrivalsFrom === 'reader') return form;
  const { min, max } = NUMBERS.arrivals;
  const told = perDay === null ? null : Math.round(perDay * 10) / 10;
  if (told === null || told < min || told > max) return { ...form, arrivals: EXAMPLE.arrivals, arrivalsFrom: 'example' };
  return { ...form, arrivals: String(told), arrivalsFrom: 'file' };
}

export const assume = (form: WhatIfForm, name: Assumed, value: number): WhatIfForm => (within(String(value), RANGES[name]) === null ? form : { ...form, [name]: value });

/** How many fields still hold examples, of how many. */
export function examples({ arrivalsFrom, hoursFrom, tiers }: WhatIfForm): { left: number; all: number } {
  const asked = tiers.map((_, n): readonly TierField[] => (n === tiers.length - 1 ? ['people', 'minutes'] : ['people', 'minutes', 'escalated']));
  const left = tiers.reduce((sum, { own }, n) => sum + (asked[n] ?? []).filter((field) => !own.includes(field)).length, 0);
  return {
    left: left + (arrivalsFrom === 'example' ? 1 : 0) + (hoursFrom === 'example' ? 1 : 0),
    all: asked.reduce((sum, fields) => sum + fields.length, 2),
  };
}
