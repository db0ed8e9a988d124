/** What page and worker say to each other. Every request has an id and gets exactly one reply, ok or error. */

import type { ReadProgress, Source } from './engine.js';
import type { FlowError } from './errors.js';
import type { Extracted } from './extract.js';
import type { Explanation, HolidayFile, Mapping, Options, Preview, Query, Report, TicketDetail, WhatIf, WhatIfAnswer } from './types.js';

export type Call =
  /** `full`: the module that reads archives and workbooks, too. */
  | { call: 'ready'; full?: boolean }
  | { call: 'open'; sources: Source[]; options: Options }
  | { call: 'report'; query: Query }
  | { call: 'reportJson'; query: Query }
  | { call: 'explain'; figure: string; query: Query }
  | { call: 'ticket'; ticket: number; query: Query }
  | { call: 'holidays'; text: string }
  /** Needs no input. */
  | { call: 'whatIf'; input: WhatIf }
  | { call: 'extract'; what: Extracted; index: number };

export type Request = Call & { id: number };

/** What each call answers. */
export interface Answers {
  ready: null;
  open: Mapping[];
  report: Report;
  reportJson: string;
  explain: Explanation;
  ticket: TicketDetail;
  holidays: HolidayFile;
  whatIf: WhatIfAnswer;
  extract: Blob;
}

export type Reply =
  | { id: number; ok: true; value: Answers[keyof Answers] }
  /** `fatal`: the core trapped and this worker must not be used again. */
  | { id: number; ok: false; error: FlowError; fatal: boolean };

export type Message = Reply | { id: number; progress: ReadProgress } | { id: number; preview: Preview };
