/** Fields, state classes and kinds of rows in plain words. Their keys are the lists that the page goes by. */

import type { Field, ResultClass, Role, Side, StateClass } from '../engine/types.js';

export const FIELD_NAMES: Record<Field, string> = {
  id: 'Ticket number',
  opened: 'Opened',
  assigned: 'First assigned',
  started: 'Work started',
  responded: 'First response',
  resolved: 'Resolved',
  closed: 'Closed',
  updated: 'Changed (time of the row)',
  state: 'State',
  state_from: 'State before',
  state_category: 'Class of the state',
  state_from_category: 'Class of the state before',
  group: 'Team',
  assignee: 'Person',
  priority: 'Priority',
  kind: 'Kind',
  category: 'Category',
  service: 'Service',
  location: 'Location',
  channel: 'Channel',
  organisation: 'Organisation',
  supplier: 'Supplier',
  reassignments: 'Reassignments (counted)',
  reopens: 'Reopenings (counted)',
  made_sla: 'Target met',
  cancelled: 'Cancelled',
  duration: 'Time to the end (recorded)',
  on_hold: 'Time on hold (recorded)',
  waiting: 'Time waiting for us (recorded)',
  worked: 'Time worked (recorded)',
  caused_by: 'Caused by change',
  rfc: 'Led to change',
  problem: 'Problem behind it',
  parent: 'Part of',
  record_id: 'Inner id',
  changed_field: 'Field that changed',
  old_value: 'Value before',
  new_value: 'Value after',
  spell_start: 'Value held from',
  spell_end: 'Value held until',
  planned_start: 'Planned start',
  planned_end: 'Planned end',
  approved: 'Approved',
  committed: 'Committed',
  result: 'Result',
  environment: 'Environment',
  risk: 'Risk',
  approval: 'Approval',
  change: 'Change that it carries out',
  commit: 'Commit',
  mention: 'Text that may name a change',
};

/** In the order in which a ticket goes through them. */
export const CLASS_LABELS: Record<StateClass, { name: string; hint: string }> = {
  planned: { name: 'Planned', hint: 'not promised yet' },
  queue: { name: 'Queue', hint: 'waiting for us' },
  active: { name: 'Active', hint: 'being worked on' },
  hold: { name: 'Hold', hint: 'waiting for others' },
  done: { name: 'Done', hint: 'finished' },
  cancelled: { name: 'Cancelled', hint: 'ended undone' },
  unknown: { name: 'Not known', hint: 'counts as neither' },
};

export const ROLE_LABELS: Record<Role, { name: string; hint: string }> = {
  tickets: { name: 'Tickets', hint: 'incidents, requests, problems, issues' },
  changes: { name: 'Changes', hint: 'change requests' },
  deployments: { name: 'Deployments', hint: 'releases that went out' },
  field_history: { name: 'History of fields', hint: 'changes of tickets that another file describes' },
};

/** How a change or a deployment ended, in the order in which they are offered. */
export const RESULT_LABELS: Record<ResultClass, { name: string; hint: string }> = {
  succeeded: { name: 'Succeeded', hint: 'as meant' },
  with_issues: { name: 'With issues', hint: 'a success, counted apart' },
  failed: { name: 'Failed', hint: 'not as meant' },
  backed_out: { name: 'Backed out', hint: 'a failure, counted apart' },
  cancelled: { name: 'Cancelled', hint: 'never carried out' },
  running: { name: 'Running', hint: 'not ended yet' },
  unknown: { name: 'Not known', hint: 'in no rate' },
};

export type Production = 'production' | 'other';

export const PRODUCTION_LABELS: Record<Production, { name: string; hint: string }> = {
  production: { name: 'Production', hint: 'what goes there counts' },
  other: { name: 'Not production', hint: 'left out of the figures' },
};

/** `neither`: the group has no side, and its handoffs count as not known. */
export const SIDE_LABELS: Record<Side | 'neither', { name: string; hint: string }> = {
  development: { name: 'Development', hint: 'builds and changes' },
  operations: { name: 'Operations', hint: 'runs and supports' },
  neither: { name: 'Neither', hint: 'not looked at' },
};

/** Why a row was set aside, after a count: "31 resolved before opened". */
const REASONS: Record<string, string> = {
  no_id: 'no ticket number',
  no_opened_date: 'no opening date',
  no_event_date: 'no date of the change',
  unreadable_date: 'unreadable date',
  date_out_of_range: 'date out of range',
  date_order_conflict: 'day and month the other way round',
  resolved_before_opened: 'resolved before opened',
  finished_without_date: 'finished without a date',
  duplicate: 'older rows of the same ticket',
  no_ticket: 'history of tickets that are not in the files',
  other_field: 'changes of other fields',
  totals_line: 'totals',
  repeated_header: 'repeated header',
  not_in_columns: 'text not in columns',
};

export function reasonLabel(reason: string): string {
  return (Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined) ?? reason.replaceAll('_', ' ');
}
