/** The cores and workers that the shared suite runs on. */

import { existsSync, readFileSync } from 'node:fs';
import type { LoadCore } from '../../src/engine/choose.js';
import type { Core } from '../../src/engine/core.js';
import type { Message, Request } from '../../src/engine/protocol.js';
import type { WorkerLike } from '../../src/engine/remote.js';
import { createServer } from '../../src/engine/serve.js';

const GLUE = new URL('../../pkg/flowgauge.js', import.meta.url);
const WASM = new URL('../../pkg/flowgauge_bg.wasm', import.meta.url);
const FULL_GLUE = new URL('../../pkg/full/flowgauge.js', import.meta.url);
const FULL_WASM = new URL('../../pkg/full/flowgauge_bg.wasm', import.meta.url);

/** The real wasm once it is built (`make test` builds it first), else the stand-in. */
export const real = existsSync(WASM) && existsSync(GLUE);

export async function loadTestCore(full = false): Promise<Core> {
  if (!real) return (await import('../fixtures/fake-core.js')) as unknown as Core;
  const address = (full ? FULL_GLUE : GLUE).href;
  const glue = (await import(/* @vite-ignore */ address)) as Core & { initSync: (input: { module: BufferSource }) => unknown };
  glue.initSync({ module: readFileSync(full ? FULL_WASM : WASM) });
  return glue;
}

/** A worker of the same thread: the real protocol over a real structured clone, one task a message. */
export class InlineWorker implements WorkerLike {
  static started = 0;
  static live = 0;
  onmessage: ((event: MessageEvent<Message>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  onmessageerror: ((event: MessageEvent) => void) | null = null;
  private ended = false;
  private readonly serve: (request: Request) => void;

  constructor(load: LoadCore = loadTestCore) {
    InlineWorker.started += 1;
    InlineWorker.live += 1;
    this.serve = createServer(load, (message) => {
      const copy = structuredClone(message);
      setTimeout(() => {
        if (!this.ended) this.onmessage?.({ data: copy } as MessageEvent<Message>);
      });
    });
  }

  postMessage(message: Request, transfer: Transferable[] = []): void {
    const copy = structuredClone(message, { transfer });
    setTimeout(() => {
      if (!this.ended) this.serve(copy);
    });
  }

  terminate(): void {
    if (!this.ended) InlineWorker.live -= 1;
    this.ended = true;
  }
}
