/** Changes to a mapping, as plain functions: what the user chose becomes what the engine reads next time. */

import type { DateOrder, Doubt, DurationUnit, Field, Mapping, NumberDate, ResultClass, Side, StateClass } from './types.js';

/** Below this a column is shown for a look. */
export const SURE = 0.8;

const DATE_FIELDS: readonly Field[] = [
  'opened',
  'assigned',
  'started',
  'responded',
  'resolved',
  'closed',
  'updated',
  'cancelled',
  'spell_start',
  'spell_end',
  'planned_start',
  'planned_end',
  'approved',
  'committed',
];

/** Whether figures can be shown at once: nothing must be answered, and the reading is not a guess. */
export function isClear(mappings: readonly Mapping[]): boolean {
  return mappings.every(
    (mapping) =>
      mapping.profile.confidence >= SURE &&
      !mapping.doubts.some((doubt) => doubt.blocking) &&
      mapping.fields.filter(({ field }) => field === 'id' || field === 'opened').every(({ confidence }) => confidence >= 0.6),
  );
}

export function isBlocked(mappings: readonly Mapping[]): boolean {
  return mappings.some((mapping) => mapping.doubts.some((doubt) => doubt.blocking));
}

/** Every header of the file, once, with its position where it is known. */
export function headersOf(mapping: Mapping): { header: string; column: number | null }[] {
  const seen = new Map<string, number | null>();
  const add = (header: string | null, column: number | null): void => {
    if (header !== null && (seen.get(header) ?? null) === null) seen.set(header, column);
  };
  for (const field of mapping.fields) add(field.header, field.column);
  for (const dimension of mapping.dimensions) add(dimension.header, dimension.column);
  for (const stage of mapping.stages ?? []) add(stage.header, stage.column);
  for (const header of mapping.ignored) add(header, null);
  return [...seen].map(([header, column]) => ({ header, column }));
}

/** Lets a column fill a field; `null` leaves the field out. */
export function setField(mapping: Mapping, field: Field, header: string | null): Mapping {
  const others = mapping.fields.filter((entry) => entry.field !== field);
  if (header === null) return { ...mapping, fields: others };
  const column = headersOf(mapping).find((entry) => entry.header === header)?.column ?? null;
  const from = mapping.fields.find((entry) => entry.header === header);
  const chosen = { field, column, header, confidence: 1, reason: 'You chose this column.', samples: from?.samples ?? [] };
  const at = mapping.fields.findIndex((entry) => entry.field === field);
  const fields = [...others];
  fields.splice(at < 0 ? fields.length : at, 0, chosen);
  return { ...mapping, fields, dimensions: mapping.dimensions.filter((dimension) => dimension.header !== header) };
}

export function setState(mapping: Mapping, state: string, stateClass: StateClass): Mapping {
  return {
    ...mapping,
    states: mapping.states.map((entry) => (entry.state === state ? { ...entry, class: stateClass, confidence: 1 } : entry)),
  };
}

export function setResult(mapping: Mapping, result: string, to: ResultClass): Mapping {
  const results = (mapping.results ?? []).map((entry) => (entry.result === result ? { ...entry, class: to, confidence: 1 } : entry));
  return { ...mapping, results };
}

export function setEnvironment(mapping: Mapping, environment: string, production: boolean): Mapping {
  const environments = (mapping.environments ?? []).map((entry) => (entry.environment === environment ? { ...entry, production, confidence: 1 } : entry));
  return { ...mapping, environments };
}

/** `null`: it stands on neither side, and the user says so. */
export function setSide(mapping: Mapping, group: string, side: Side | null): Mapping {
  const sides = (mapping.sides ?? []).map((entry) => (entry.group === group ? { ...entry, side, confidence: 1 } : entry));
  return { ...mapping, sides };
}

/** What an answer to "does it count as production?" may look like. */
const YES: readonly string[] = ['production', 'true', 'yes'];

/** Puts an answer into the mapping. The doubt itself stays until the engine has read the file again. */
export function answer(mapping: Mapping, doubt: Doubt, value: string): Mapping {
  switch (doubt.kind) {
    case 'date_order': {
      const named = mapping.fields.some((entry) => entry.field === doubt.subject || entry.header === doubt.subject);
      return {
        ...mapping,
        fields: mapping.fields.map((entry) =>
          (named ? entry.field === doubt.subject || entry.header === doubt.subject : DATE_FIELDS.includes(entry.field))
            ? { ...entry, date_order: value as DateOrder }
            : entry,
        ),
      };
    }
    case 'number_date':
      return {
        ...mapping,
        fields: mapping.fields.map((entry) =>
          entry.field === doubt.subject ? { ...entry, number_date: value as NumberDate } : entry,
        ),
      };
    case 'duration_unit':
      return {
        ...mapping,
        fields: mapping.fields.map((entry) =>
          entry.field === doubt.subject ? { ...entry, duration_unit: value as DurationUnit } : entry,
        ),
      };
    case 'state_class':
      return setState(mapping, doubt.subject, value as StateClass);
    case 'result_class':
      return setResult(mapping, doubt.subject, value as ResultClass);
    case 'environment':
      return setEnvironment(mapping, doubt.subject, YES.includes(value));
    case 'zone':
      return { ...mapping, zone: value };
    case 'field':
      return setField(mapping, doubt.subject as Field, value);
  }
}
