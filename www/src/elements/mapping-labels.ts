/** Fields and state classes in plain words. */

import type { Field, StateClass } from '../engine/types.js';

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
};

export const CLASS_LABELS: Record<StateClass, string> = {
  planned: 'Planned: not promised yet',
  queue: 'Queue: waiting for us',
  active: 'Active: being worked on',
  hold: 'Hold: waiting for others',
  done: 'Done',
  cancelled: 'Cancelled',
  unknown: 'Not known',
};
