/** The engine's data as TypeScript sees it. Mirrors the Rust types; the comments there say what each field means. */

export type StateClass = 'planned' | 'queue' | 'active' | 'hold' | 'done' | 'cancelled' | 'unknown';
export type Shape = 'snapshot' | 'events';
export type DateOrder = 'day_first' | 'month_first';
export type DoubtKind = 'date_order' | 'state_class' | 'zone' | 'field';

export type Field =
  | 'id'
  | 'opened'
  | 'assigned'
  | 'started'
  | 'responded'
  | 'resolved'
  | 'closed'
  | 'updated'
  | 'state'
  | 'state_from'
  | 'state_category'
  | 'state_from_category'
  | 'group'
  | 'assignee'
  | 'priority'
  | 'kind'
  | 'category'
  | 'service'
  | 'location'
  | 'channel'
  | 'organisation'
  | 'supplier'
  | 'reassignments'
  | 'reopens'
  | 'made_sla';

export interface Progress {
  bytes: number;
  rows: number;
}

export type ErrorKind =
  | 'empty_file'
  | 'header_only'
  | 'not_a_table'
  | 'broken_archive'
  | 'too_large'
  | 'no_id_column'
  | 'no_date_column'
  | 'dates_never_parse'
  | 'date_order_open'
  | 'nothing_usable'
  | 'bad_mapping'
  | 'bad_query'
  | 'unknown_zone'
  | 'bad_call';

export interface Position {
  file?: string;
  row?: number;
  column?: string;
  byte?: number;
}

export interface Options {
  zone?: string | null;
  date_order?: DateOrder | null;
  mappings?: Mapping[];
}

export interface ProfileMatch {
  id: string;
  name: string;
  confidence: number;
  reasons: string[];
}

export interface Dialect {
  container: string;
  encoding: string;
  encoding_reason: string;
  delimiter: string;
  delimiter_reason: string;
}

export interface FieldMapping {
  field: Field;
  column: number | null;
  header: string | null;
  confidence: number;
  reason: string;
  samples: string[];
  date_order?: DateOrder;
}

export interface ExtraDimension {
  name: string;
  column: number;
  header: string;
}

export interface StateMapping {
  state: string;
  class: StateClass;
  confidence: number;
  rows: number;
}

export interface Answer {
  value: string;
  label: string;
}

export interface Doubt {
  kind: DoubtKind;
  blocking: boolean;
  subject: string;
  question: string;
  samples: string[];
  answers: Answer[];
}

export interface Mapping {
  version: number;
  file: string;
  fingerprint: string;
  profile: ProfileMatch;
  shape: Shape;
  shape_reason: string;
  dialect: Dialect;
  zone: string;
  zone_reason: string;
  fields: FieldMapping[];
  dimensions: ExtraDimension[];
  ignored: string[];
  states: StateMapping[];
  doubts: Doubt[];
}

/** What a caller may ask; every part is optional and has the engine's default. */
export interface Query {
  as_of?: string | null;
  by?: string[] | null;
  filter?: Record<string, string[]>;
  percentiles?: number[];
  min_group?: number;
  include?: { points?: boolean; ids?: boolean };
  max_points?: number;
}

export interface Report {
  schema_version: string;
  engine_version: string;
  as_of: string;
  zone: string;
  query: Query;
  input: Input;
  evidence: Evidence;
  tickets: Tickets;
  lead_time?: TimeMetric;
  cycle_time?: TimeMetric;
  response_time?: TimeMetric;
  throughput?: Throughput;
  wip?: Wip;
  ageing?: Ageing;
  handoffs?: Handoffs;
  time_in_state?: TimeIn;
  time_in_group?: TimeIn;
  queue?: Queue;
  reopens?: Rate;
  reassignments?: Rate;
  sentences: Sentence[];
  unavailable: Record<string, Unavailable>;
}

export interface Input {
  files: FileReport[];
  warnings: Warning[];
  dimensions: DimensionInfo[];
}

export interface FileReport {
  name: string;
  bytes: number;
  sha256: string;
  profile: string;
  shape: Shape;
  rows_read: number;
  rows_used: number;
  rows_set_aside: number;
  set_aside_by_reason: Record<string, number>;
}

export interface Warning {
  code: string;
  message: string;
  count: number;
  rows: number[];
}

export interface DimensionInfo {
  name: string;
  label: string;
  values: number;
}

export interface Evidence {
  level: string;
  meaning: string;
  reasons: string[];
  to_raise: string[];
}

export interface Tickets {
  total: number;
  open: number;
  resolved: number;
  cancelled: number;
  resolved_from_closed: number;
}

export interface TimeMetric {
  definition: string;
  clock: string;
  percentile_method: string;
  n: number;
  excluded: Record<string, number>;
  mean_seconds: number;
  min_seconds: number;
  max_seconds: number;
  percentiles: Percentile[];
  histogram: Bin[];
  by: Record<string, GroupTime[]>;
  points?: Points;
}

export interface Percentile {
  p: number;
  seconds: number;
  lower_seconds?: number;
  upper_seconds?: number;
  n_too_small: boolean;
}

export interface Bin {
  from_seconds: number;
  to_seconds: number;
  count: number;
}

export interface GroupTime {
  key: string;
  n: number;
  mean_seconds: number;
  percentiles: Percentile[];
}

export interface Points {
  total: number;
  rule: string;
  at: number[];
  seconds: number[];
  ticket: number[];
  id?: string[];
  state?: string[];
}

export interface Throughput {
  definition: string;
  arrivals: number;
  departures: number;
  departures_per_day: number;
  daily: PeriodFlow[];
  weekly: PeriodFlow[];
  monthly: PeriodFlow[];
}

export interface PeriodFlow {
  date: string;
  arrivals: number;
  departures: number;
  net: number;
  complete: boolean;
}

export interface Wip {
  definition: string;
  daily: WipDay[];
  time_average: number;
  at_as_of: number;
  peak: number;
  excluded_cancelled: number;
  little: Little;
}

export interface WipDay {
  date: string;
  value: number;
}

export interface Little {
  average_wip: number;
  arrival_rate_per_second: number;
  mean_seconds_in_window: number;
}

export interface Ageing {
  definition: string;
  n: number;
  total_seconds: number;
  max_seconds: number;
  percentiles: Percentile[];
  older_than: OlderThan[];
  by_state: StateAge[];
  items?: Points;
}

export interface OlderThan {
  p: number;
  seconds: number;
  count: number;
}

export interface StateAge {
  state: string;
  class: StateClass;
  n: number;
  median_seconds: number;
}

export interface Handoffs {
  definition: string;
  level: string;
  total: number;
  tickets: number;
  ping_pong_tickets: number;
  max_per_ticket: number;
  by_holders: HolderLead[];
  edges: Edge[];
}

export interface HolderLead {
  holders: number;
  n: number;
  median_seconds: number;
}

export interface Edge {
  from: string;
  to: string;
  count: number;
  queued_seconds?: number;
  median_queued_seconds?: number;
  returns: number;
}

export interface TimeIn {
  definition: string;
  n: number;
  lead_seconds: number;
  rows: TimeInRow[];
}

export interface TimeInRow {
  key: string;
  class?: StateClass;
  tickets: number;
  seconds: number;
  share: number;
}

export interface Queue {
  definition: string;
  clock: string;
  n: number;
  share_lower_bound: number;
  attended_seconds: number;
  lead_seconds: number;
  hold_seconds: number;
  unassigned_seconds: number;
  assumptions: string[];
}

export interface Rate {
  definition: string;
  n: number;
  count: number;
  rate: number;
  lower: number;
  upper: number;
}

export interface Sentence {
  id: string;
  text: string;
  part: string;
}

export interface Unavailable {
  reason: string;
  remedy: string;
}

export interface TicketDetail {
  id: string;
  row: number;
  instants: Record<string, string>;
  values: Record<string, string>;
  seconds: number;
  open: boolean;
  spells: SpellDetail[];
}

export interface SpellDetail {
  start: number;
  end: number;
  state: string;
  class: StateClass;
  group: string;
  assignee: string;
}
