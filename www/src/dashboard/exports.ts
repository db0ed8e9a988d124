/** How to get an export out of the common tools, in a few steps each. */

export interface Guide {
  tool: string;
  steps: string[];
  note: string;
}

export const GUIDES: Guide[] = [
  {
    tool: 'ServiceNow',
    steps: [
      'Open the list of incidents (type incident.list in the navigator) and filter it to a quarter, by Opened.',
      'Show the columns Number, State, Opened, Resolved, Closed, Priority, Assignment group, Assigned to, Reassignment count.',
      'Right-click a column header, choose Export, then CSV. Drop the file here.',
    ],
    note: 'Exports stop at 10,000 rows unless your administrator raised the limit: choose a shorter period, or drop several files at once. An audit history shows where tickets waited; a plain list shows only how long they took.',
  },
  {
    tool: 'Jira',
    steps: [
      'Search for the issues: Filters, then View all issues, for example created >= -90d.',
      'Choose Export at the top right, then Export CSV (all fields).',
      'Drop the file here, as it is: comments, commas and line breaks inside cells are fine.',
    ],
    note: 'A Jira export holds no status history. Created and Resolved are enough for lead time, throughput and ageing.',
  },
  {
    tool: 'any other tool',
    steps: [
      'Export a table of tickets as CSV, one row per ticket or one row per change.',
      'Include at least the ticket number and the dates opened and resolved. Add state, team, person and priority if you can.',
      'Drop the file here. Delimiter, encoding and date format are worked out from the file, and you can correct them.',
    ],
    note: 'Compressed files (.csv.gz) can be dropped as they are.',
  },
];
