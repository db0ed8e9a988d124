/**
 * Mappings as they are kept and passed on: the file that `flowgauge report --mapping` takes, one mapping or a list of
 * them. Nothing of a ticket is in it: samples, doubts and reasons quote values, so they are left out.
 */

import type { DateOrder, Dialect, EnvironmentMapping, Field, Mapping, ResultClass, ResultMapping, Role, Shape, Side, SideMapping, StageColumn, StateClass } from './types.js';
import { CLASS_LABELS, FIELD_NAMES, RESULT_LABELS, ROLE_LABELS } from './words.js';

/** The version that this page writes and reads; the engine refuses others. */
const VERSION = 1;

/** Larger than any mapping; what is larger is something else. */
export const MAPPING_FILE_BYTES = 4_000_000;

/** More different values, or longer ones, than states have: a column of text was taken for them, and text is not kept. */
const MOST_STATES = 250;
const LONGEST_STATE = 100;

/** What was wrong with a part of the file, and where. */
class Wrong extends Error {}

function wrong(path: string, expected: string): never {
  throw new Wrong(`${path} should be ${expected}`);
}

type Part = Record<string, unknown>;

function part(value: unknown, path: string): Part {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Part;
  return wrong(path, 'an object');
}

function list<T>(value: unknown, path: string, each: (value: unknown, path: string) => T): T[] {
  return Array.isArray(value) ? value.map((entry, n) => each(entry, `${path}[${n}]`)) : wrong(path, 'a list');
}

function text(value: unknown, path: string): string {
  return typeof value === 'string' ? value : wrong(path, 'a text');
}

function optionalText(value: unknown, path: string): string {
  return value === undefined ? '' : text(value, path);
}

function whole(value: unknown, path: string): number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32
    ? (value as number)
    : wrong(path, 'a whole number');
}

function share(value: unknown, path: string): number {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : wrong(path, 'a number from 0 to 1');
}

function oneOf<T extends string>(value: unknown, path: string, names: Readonly<Record<T, unknown>>): T {
  return typeof value === 'string' && Object.hasOwn(names, value)
    ? (value as T)
    : wrong(path, `one of ${Object.keys(names).join(', ')}`);
}

function truth(value: unknown, path: string): boolean {
  return typeof value === 'boolean' ? value : wrong(path, 'true or false');
}

const SIDES: Record<Side, true> = { development: true, operations: true };
const SHAPES: Record<Shape, true> = { snapshot: true, events: true };
const ORDERS: Record<DateOrder, true> = { day_first: true, month_first: true };

/** Asking the browser is slow, and most mappings share a zone. */
const ZONES = new Set(['UTC']);

function zone(value: unknown, path: string): string {
  const name = text(value, path);
  if (ZONES.has(name)) return name;
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    ZONES.add(name);
    return name;
  } catch {
    return wrong(path, 'a time zone such as Europe/Berlin');
  }
}

function dialect(value: unknown, path: string): Dialect {
  const entry = part(value, path);
  const at = (name: string): string => optionalText(entry[name], `${path}.${name}`);
  return {
    container: at('container'),
    ...(at('format') === '' ? {} : { format: at('format') }),
    encoding: at('encoding'),
    encoding_reason: '',
    delimiter: at('delimiter'),
    delimiter_reason: '',
    quote: at('quote'),
    escape: at('escape'),
    quote_reason: '',
    line_ends: at('line_ends'),
    header_rows: entry['header_rows'] === undefined ? [] : list(entry['header_rows'], `${path}.header_rows`, whole),
    header_reason: '',
  };
}

/** How numbers of a column are read, and its own zone: names that the engine knows, and that quote no value. */
function ways(field: Part): Record<string, string> {
  const names = ['number_date', 'duration_unit', 'zone'];
  return Object.fromEntries(names.flatMap((name) => (typeof field[name] === 'string' ? [[name, field[name]]] : [])));
}

/** Columns that are stages of a history, in their order. */
function stages(value: unknown, path: string): { stages?: StageColumn[] } {
  if (value === undefined) return {};
  const columns = list(value, path, (item, at) => {
    const stage = part(item, at);
    return { column: whole(stage['column'], `${at}.column`), header: text(stage['header'], `${at}.header`) };
  });
  return { stages: columns };
}

/** Values with their meaning; a column of text that was taken for them is not kept. */
function values<T>(value: unknown, path: string, name: string, each: (entry: Part, at: string, text: string) => T): T[] {
  if (value === undefined) return [];
  const entries = list(value, path, (item, at) => {
    const entry = part(item, at);
    const said = text(entry[name], `${at}.${name}`);
    return { said, made: each(entry, at, said) };
  });
  return entries.length > MOST_STATES ? [] : entries.filter(({ said }) => said.length <= LONGEST_STATE).map(({ made }) => made);
}

/** Results, environments and sides, each where there are any. */
function meanings(entry: Part, path: string): Pick<Mapping, 'results' | 'environments' | 'sides'> {
  const rest = (item: Part, at: string): { confidence: number; rows: number } => ({ confidence: share(item['confidence'], `${at}.confidence`), rows: 0 });
  const results = values(entry['results'], `${path}.results`, 'result', (item, at, result): ResultMapping => ({
    result,
    class: oneOf<ResultClass>(item['class'], `${at}.class`, RESULT_LABELS),
    ...rest(item, at),
  }));
  const environments = values(entry['environments'], `${path}.environments`, 'environment', (item, at, environment): EnvironmentMapping => ({
    environment,
    production: truth(item['production'], `${at}.production`),
    ...rest(item, at),
  }));
  const sides = values(entry['sides'], `${path}.sides`, 'group', (item, at, group): SideMapping => ({
    group,
    side: item['side'] === null || item['side'] === undefined ? null : oneOf<Side>(item['side'], `${at}.side`, SIDES),
    ...rest(item, at),
  }));
  return {
    ...(results.length > 0 ? { results } : {}),
    ...(environments.length > 0 ? { environments } : {}),
    ...(sides.length > 0 ? { sides } : {}),
  };
}

/** A mapping with what is known of it and nothing else: unknown parts of a file go no further. */
function mapping(value: unknown, path: string): Mapping {
  const entry = part(value, path);
  if (entry['version'] !== VERSION) wrong(`${path}.version`, `${VERSION}`);
  const fingerprint = text(entry['fingerprint'], `${path}.fingerprint`);
  if (!/^[0-9a-f]{64}$/.test(fingerprint)) wrong(`${path}.fingerprint`, '64 hexadecimal digits');
  const profile = part(entry['profile'], `${path}.profile`);
  return {
    version: VERSION,
    file: text(entry['file'], `${path}.file`),
    table: optionalText(entry['table'], `${path}.table`),
    fingerprint,
    profile: {
      id: text(profile['id'], `${path}.profile.id`),
      name: text(profile['name'], `${path}.profile.name`),
      confidence: share(profile['confidence'], `${path}.profile.confidence`),
      reasons: [],
    },
    role: entry['role'] === undefined ? 'tickets' : oneOf<Role>(entry['role'], `${path}.role`, ROLE_LABELS),
    shape: oneOf<Shape>(entry['shape'], `${path}.shape`, SHAPES),
    shape_reason: '',
    dialect: dialect(entry['dialect'], `${path}.dialect`),
    zone: zone(entry['zone'], `${path}.zone`),
    zone_reason: '',
    fields: list(entry['fields'], `${path}.fields`, (item, at) => {
      const field = part(item, at);
      const order = field['date_order'];
      return {
        field: oneOf<Field>(field['field'], `${at}.field`, FIELD_NAMES),
        column: field['column'] === null ? null : whole(field['column'], `${at}.column`),
        header: field['header'] === null ? null : text(field['header'], `${at}.header`),
        confidence: share(field['confidence'], `${at}.confidence`),
        reason: 'as last time',
        samples: [],
        ...ways(field),
        ...(order === undefined || order === null ? {} : { date_order: oneOf<DateOrder>(order, `${at}.date_order`, ORDERS) }),
      };
    }),
    ...stages(entry['stages'], `${path}.stages`),
    dimensions: list(entry['dimensions'], `${path}.dimensions`, (item, at) => {
      const dimension = part(item, at);
      return {
        name: text(dimension['name'], `${at}.name`),
        column: whole(dimension['column'], `${at}.column`),
        header: text(dimension['header'], `${at}.header`),
      };
    }),
    ignored: list(entry['ignored'], `${path}.ignored`, text),
    states: list(entry['states'], `${path}.states`, (item, at) => {
      const state = part(item, at);
      return {
        state: text(state['state'], `${at}.state`),
        class: oneOf<StateClass>(state['class'], `${at}.class`, CLASS_LABELS),
        confidence: share(state['confidence'], `${at}.confidence`),
        rows: 0,
      };
    }).filter(({ state }, _, states) => states.length <= MOST_STATES && state.length <= LONGEST_STATE),
    ...meanings(entry, path),
    doubts: [],
  };
}

/** Of results, environments and sides what the user chose: the rest is worked out anew from each file. */
export function withChosen(given: Mapping): Mapping {
  const chosen = <T extends { confidence: number }>(entries: readonly T[] = []): T[] => entries.filter(({ confidence }) => confidence === 1);
  return { ...given, results: chosen(given.results), environments: chosen(given.environments), sides: chosen(given.sides) };
}

/** A mapping without anything of the tickets that it was made from. */
export function bare(given: Mapping): Mapping {
  return mapping(withChosen(given), 'mapping');
}

/** What a file or the browser's memory holds: the mappings that are sound, and a sentence for each that is not. */
export function parseMappings(source: unknown): { mappings: Mapping[]; problems: string[] } {
  const entries: unknown[] = Array.isArray(source) ? source : [source];
  const mappings: Mapping[] = [];
  const problems: string[] = [];
  entries.forEach((entry, n) => {
    try {
      mappings.push(mapping(entry, entries.length === 1 ? 'mapping' : `mapping ${n + 1}`));
    } catch (thrown) {
      if (!(thrown instanceof Wrong)) throw thrown;
      problems.push(thrown.message);
    }
  });
  return { mappings, problems };
}

/** The file to pass on. A single mapping stands alone, as the command line writes it. */
export function mappingFile(mappings: readonly Mapping[]): string {
  const kept = new Map(mappings.map((entry) => [entry.fingerprint, bare(entry)]));
  const entries = [...kept.values()];
  return `${JSON.stringify(entries.length === 1 ? entries[0] : entries, null, 2)}\n`;
}

/** Whether a JSON value is meant as a mapping, sound or not: a JSON export of tickets is not. */
export function looksLikeMapping(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null && 'fingerprint' in first && 'fields' in first;
}
