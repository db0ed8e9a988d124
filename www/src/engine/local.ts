/** The engine on the page's own thread, in pieces: for hosts that allow no worker, and for tests. */

import { orCancelled } from './cancel.js';
import type { LoadCore } from './choose.js';
import { readWith } from './choose.js';
import type { Core, CoreEngine } from './core.js';
import type { FlowEngine, Handle, OpenHooks, Source } from './engine.js';
import { EngineError } from './errors.js';
import type { Extracted } from './extract.js';
import { extract } from './extract.js';
import type { Explanation, HolidayFile, Mapping, Options, Query, Report, TicketDetail, WhatIf, WhatIfAnswer } from './types.js';

/** A piece this small parses in a few milliseconds even on a slow phone. */
const PIECE_BYTES = 64 * 1024;
/** How long to hold the thread before handing it back. */
const SLICE_MS = 12;

export class LocalEngine implements FlowEngine {
  constructor(private readonly load: LoadCore) {}

  async open(sources: Source[], options: Options, hooks: OpenHooks = {}): Promise<Handle> {
    try {
      await this.load();
      if (hooks.signal?.aborted) throw EngineError.cancelled();
      const { core, engine } = await readWith(this.load, sources, options, {
        pieceBytes: PIECE_BYTES,
        signal: hooks.signal,
        ...(hooks.onProgress ? { onProgress: hooks.onProgress } : {}),
        ...(hooks.onPreview ? { onPreview: hooks.onPreview } : {}),
        pause: slices(),
      });
      return new LocalHandle(core, engine, sources);
    } catch (thrown) {
      throw EngineError.from(thrown);
    }
  }

  async whatIf(input: WhatIf): Promise<WhatIfAnswer> {
    try {
      return (await this.load()).what_if(input);
    } catch (thrown) {
      throw EngineError.from(thrown);
    }
  }
}

class LocalHandle implements Handle {
  readonly mappings: Mapping[];
  private engine: CoreEngine | null;

  constructor(
    private readonly core: Core,
    engine: CoreEngine,
    private readonly sources: Source[],
  ) {
    this.engine = engine;
    this.mappings = engine.mappings();
  }

  report(query: Query, signal?: AbortSignal): Promise<Report> {
    return orCancelled(this.ask((engine) => engine.report(query)), signal);
  }

  reportJson(query: Query): Promise<string> {
    return this.ask((engine) => engine.report_json(query));
  }

  explain(figure: string, query: Query): Promise<Explanation> {
    return this.ask((engine) => engine.explain(figure, query));
  }

  ticket(ticket: number, query: Query): Promise<TicketDetail> {
    return this.ask((engine) => engine.ticket(ticket, query));
  }

  table(index: number): Promise<Blob> {
    return this.extract('table', index);
  }

  rejects(index: number): Promise<Blob> {
    return this.extract('rejects', index);
  }

  holidays(text: string): Promise<HolidayFile> {
    return this.ask(() => this.core.holidays(text));
  }

  close(): void {
    this.engine?.free();
    this.engine = null;
  }

  private extract(what: Extracted, index: number): Promise<Blob> {
    return this.ask((engine) => extract(this.core, engine, this.sources, what, index, { pieceBytes: PIECE_BYTES, pause: slices() }));
  }

  // async, so that what the core throws becomes a rejection
  private async ask<T>(question: (engine: CoreEngine) => T | Promise<T>): Promise<T> {
    if (!this.engine) throw EngineError.closed();
    try {
      return await question(this.engine);
    } catch (thrown) {
      throw EngineError.from(thrown);
    }
  }
}

/** Hands the thread back after each slice of time. */
function slices(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE_MS) return undefined;
    return nextTask().then(() => {
      since = performance.now();
    });
  };
}

/** Ends the current task, so that the browser can paint and handle input. Not throttled as setTimeout is. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
