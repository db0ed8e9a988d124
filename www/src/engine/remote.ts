/** The engine in a worker. A worker that trapped, hangs or was cancelled is replaced, never used again. */

import { orCancelled } from './cancel.js';
import type { FlowEngine, Handle, OpenHooks, ReadProgress, Source } from './engine.js';
import { EngineError } from './errors.js';
import type { Extracted } from './extract.js';
import type { Answers, Call, Message, Request } from './protocol.js';
import type { Explanation, HolidayFile, Mapping, Options, Preview, Query, Report, TicketDetail, WhatIf, WhatIfAnswer } from './types.js';

/** The part of Worker that is used, so that tests can stand in for it. */
export interface WorkerLike {
  postMessage(message: Request, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Message>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

export interface RemoteOptions {
  /** Silence of this length after a request means that the worker hangs. */
  watchdogMs?: number;
}

const WATCHDOG_MS = 60_000;

export class RemoteEngine implements FlowEngine {
  private spare: Connection | null = null;
  /** Holds no input: it answers while those of inputs compute, and before there is one. */
  private beside: Connection | null = null;
  private readonly watchdogMs: number;

  constructor(
    private readonly spawn: () => WorkerLike,
    options: RemoteOptions = {},
  ) {
    this.watchdogMs = options.watchdogMs ?? WATCHDOG_MS;
  }

  /** Starts a worker ahead of need, so that the first file does not wait for wasm to compile. */
  async prepare(): Promise<void> {
    this.spare ??= this.connect();
    await this.spare.ask({ call: 'ready' });
  }

  /** Loads the full module into the waiting worker, if there still is one. */
  async prepareFull(): Promise<void> {
    await this.spare?.ask({ call: 'ready', full: true });
  }

  /** Starts the worker for what needs no input. */
  async prepareBeside(): Promise<void> {
    await this.free().ask({ call: 'ready' });
  }

  whatIf(input: WhatIf): Promise<WhatIfAnswer> {
    return this.free().ask({ call: 'whatIf', input });
  }

  async open(sources: Source[], options: Options, hooks: OpenHooks = {}): Promise<Handle> {
    const handle = new RemoteHandle(() => this.take(), sources, options);
    await handle.read(hooks);
    return handle;
  }

  private take(): Connection {
    const spare = this.spare;
    this.spare = null;
    return spare?.alive ? spare : this.connect();
  }

  private free(): Connection {
    if (!this.beside?.alive) this.beside = this.connect();
    return this.beside;
  }

  private connect(): Connection {
    return new Connection(this.spawn(), this.watchdogMs);
  }
}

class RemoteHandle implements Handle {
  mappings: Mapping[] = [];
  private connection: Connection | null = null;
  private reading: Promise<Connection> | null = null;
  private closed = false;
  /** Workers that were given up for the sake of one request: what else they were asked is asked once more. */
  private readonly givenUp = new WeakSet<Connection>();

  constructor(
    private readonly take: () => Connection,
    private readonly sources: Source[],
    private readonly options: Options,
  ) {}

  async read(hooks: OpenHooks = {}): Promise<Connection> {
    const { signal } = hooks;
    if (signal?.aborted) throw EngineError.cancelled();
    const connection = this.take();
    const cancel = (): void => {
      connection.end(EngineError.cancelled());
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const streams = this.sources.flatMap((source) => ('stream' in source ? [source.stream] : []));
      this.mappings = await connection.ask(
        { call: 'open', sources: this.sources, options: this.options },
        hooks,
        streams,
      );
      this.connection = connection;
      return connection;
    } catch (thrown) {
      // What a failed read leaves behind is of no use: free its memory at once.
      const error = EngineError.from(thrown);
      connection.end(error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  report(query: Query, signal?: AbortSignal): Promise<Report> {
    return this.ask({ call: 'report', query }, signal);
  }

  reportJson(query: Query): Promise<string> {
    return this.ask({ call: 'reportJson', query });
  }

  explain(figure: string, query: Query): Promise<Explanation> {
    return this.ask({ call: 'explain', figure, query });
  }

  ticket(ticket: number, query: Query): Promise<TicketDetail> {
    return this.ask({ call: 'ticket', ticket, query });
  }

  table(index: number): Promise<Blob> {
    return this.extract('table', index);
  }

  rejects(index: number): Promise<Blob> {
    return this.extract('rejects', index);
  }

  holidays(text: string): Promise<HolidayFile> {
    return this.ask({ call: 'holidays', text });
  }

  close(): void {
    this.closed = true;
    this.connection?.end(EngineError.closed());
    this.connection = null;
  }

  private extract(what: Extracted, index: number): Promise<Blob> {
    return this.ask({ call: 'extract', what, index });
  }

  private async ask<C extends Call>(call: C, signal?: AbortSignal): Promise<Answers[C['call']]> {
    if (this.closed) throw EngineError.closed();
    if (signal?.aborted) throw EngineError.cancelled();
    const connection = this.connection?.alive ? this.connection : await this.reread();
    if (signal?.aborted) throw EngineError.cancelled();
    const stop = (): void => {
      this.giveUp(connection);
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await orCancelled(connection.ask(call, { patient: signal !== undefined }), signal);
    } catch (thrown) {
      if (signal?.aborted || !this.givenUp.has(connection)) throw thrown;
      return await this.ask(call, signal);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** A worker that computes hears nothing: only its end ends the work. Where the input cannot be read again, it is left to finish. */
  private giveUp(connection: Connection): void {
    if (this.readOnce || !connection.alive) return;
    this.givenUp.add(connection);
    connection.end(EngineError.cancelled());
  }

  private get readOnce(): boolean {
    return this.sources.some((source) => 'stream' in source);
  }

  /** Brings the input back after its worker was lost. Several questions at once share one reading. */
  private reread(): Promise<Connection> {
    if (this.readOnce) return Promise.reject(EngineError.lost());
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }
}

/** What a worker tells before its answer. */
interface News {
  onProgress?: (progress: ReadProgress) => void;
  onPreview?: (preview: Preview) => void;
  /** Whoever can cancel says how long is too long. */
  patient?: boolean;
}

interface Pending {
  resolve: (value: never) => void;
  reject: (error: EngineError) => void;
  hooks: News;
}

/** One worker, and the requests it has not answered yet. */
class Connection {
  alive = true;
  private nextId = 1;
  private readonly pending = new Map<number, Pending>();
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly worker: WorkerLike,
    private readonly watchdogMs: number,
  ) {
    worker.onmessage = (event) => {
      this.receive(event.data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.end(
        !event.message
          ? new EngineError('load_failed', 'The worker could not be started.', 'Reload the page and try again.')
          : EngineError.lost(),
      );
    };
    worker.onmessageerror = () => {
      this.end(EngineError.lost());
    };
  }

  ask<C extends Call>(
    call: C,
    hooks: News = {},
    transfer: ReadableStream[] = [],
  ): Promise<Answers[C['call']]> {
    if (!this.alive) return Promise.reject(EngineError.lost());
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject, hooks });
      this.watch();
      try {
        this.worker.postMessage(
          { ...call, id },
          transfer,
        );
      } catch (thrown) {
        this.settle(id)?.reject(EngineError.from(thrown));
      }
    });
  }

  /** Ends the worker now; whatever it has not answered is answered with the error. */
  end(error: EngineError): void {
    if (!this.alive) return;
    this.alive = false;
    clearTimeout(this.watchdog);
    this.worker.terminate();
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }

  private receive(message: Message): void {
    if ('progress' in message) {
      this.watch();
      this.pending.get(message.id)?.hooks.onProgress?.(message.progress);
      return;
    }
    if ('preview' in message) {
      this.pending.get(message.id)?.hooks.onPreview?.(message.preview);
      return;
    }
    const pending = this.settle(message.id);
    if (!pending) return;
    if (message.ok) {
      pending.resolve(message.value as never);
      return;
    }
    const error = EngineError.from(message.error);
    pending.reject(error);
    if (message.fatal) this.end(error);
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    this.watch();
    return pending;
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    if (this.pending.size === 0 || !this.alive || [...this.pending.values()].some(({ hooks }) => hooks.patient)) return;
    this.watchdog = setTimeout(() => {
      this.end(EngineError.timeout(Math.round(this.watchdogMs / 1000)));
    }, this.watchdogMs);
  }
}
