/** Reads the `src` of elements once a page, however many elements show it. */

import type { Handle } from '../engine/engine.js';
import { EngineError } from '../engine/errors.js';
import type { Report } from '../engine/types.js';

export interface Loaded {
  report: Report;
  /** Answers drill-downs; absent where the source was a report. */
  handle: Handle | null;
}

interface Entry {
  users: number;
  loaded: Promise<Loaded>;
}

const entries = new Map<string, Entry>();

/** The report behind an address; each call must be followed by a `release`. */
export function acquire(src: string): Promise<Loaded> {
  const url = new URL(src, document.baseURI).href;
  let entry = entries.get(url);
  if (!entry) {
    entry = { users: 0, loaded: load(url) };
    entries.set(url, entry);
  }
  entry.users += 1;
  return entry.loaded;
}

export function release(src: string): void {
  const url = new URL(src, document.baseURI).href;
  const entry = entries.get(url);
  if (!entry) return;
  entry.users -= 1;
  if (entry.users > 0) return;
  entries.delete(url);
  entry.loaded.then(
    ({ handle }) => handle?.close(),
    () => undefined,
  );
}

async function load(url: string): Promise<Loaded> {
  try {
    const response = await fetch(url, { credentials: 'same-origin' }).catch(() => null);
    if (!response?.ok) {
      throw new EngineError(
        'load_failed',
        `The data could not be fetched from ${url}${response ? ` (status ${response.status})` : ''}.`,
        "Check the address, and that the page's connect-src allows it.",
      );
    }
    const path = new URL(url).pathname;
    const type = response.headers.get('content-type') ?? '';
    if (path.endsWith('.json') || type.includes('json')) return { report: asReport(await response.json(), url), handle: null };
    const name = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)) || 'export.csv';
    // Loaded on demand: an element that shows a report.json needs neither engine nor wasm.
    const [{ browserEngine }, blob] = await Promise.all([import('../engine/browser.js'), response.blob()]);
    const handle = await browserEngine().open([{ name, blob }], {});
    return { report: await handle.report({ include: { points: true, ids: true } }), handle };
  } catch (thrown) {
    throw EngineError.from(thrown);
  }
}

function asReport(value: unknown, url: string): Report {
  const version = (value as { schema_version?: unknown } | null)?.schema_version;
  if (typeof version === 'string' && version.split('.')[0] === '1') return value as Report;
  throw new EngineError(
    'load_failed',
    `${url} is not a flowgauge report of version 1.`,
    'Point src at a report.json that flowgauge wrote, or at a ticket export.',
  );
}
