/** The cores and workers that the shared suite runs on. */

import { existsSync, readFileSync } from 'node:fs';
import type { Core } from '../../src/engine/core.js';
import type { Message, Request } from '../../src/engine/protocol.js';
import type { WorkerLike } from '../../src/engine/remote.js';
import { createServer } from '../../src/engine/serve.js';

const GLUE = new URL('../../pkg/flowgauge.js', import.meta.url);
const WASM = new URL('../../pkg/flowgauge_bg.wasm', import.meta.url);

/** The real wasm once it is built (`make test` builds it first), else the stand-in. */
export const real = existsSync(WASM) && existsSync(GLUE);

export async function loadTestCore(): Promise<Core> {
  if (!real) return (await import('../fixtures/fake-core.js')) as unknown as Core;
  const glue = (await import(/* @vite-ignore */ GLUE.href)) as Core & { initSync: (input: { module: BufferSource }) => unknown };
  glue.initSync({ module: readFileSync(WASM) });
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

  constructor(load: () => Promise<Core> = loadTestCore) {
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
