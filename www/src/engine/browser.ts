/** Chooses how the engine runs in this page: in a module worker where the host allows one, else on its own thread. */

// Vite turns this into the address of the built worker, relative to the script that asks.
import workerUrl from './worker.ts?worker&url';
import type { FlowEngine, Handle, OpenHooks, Source } from './engine.js';
import { orCancelled } from './cancel.js';
import { LocalEngine } from './local.js';
import type { WorkerLike } from './remote.js';
import { RemoteEngine } from './remote.js';
import type { Options, WhatIf, WhatIfAnswer } from './types.js';
import { loadCore } from './wasm.js';

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

/** Under Trusted Types a worker's address needs a policy; ours admits the one worker of this build and nothing else. */
const policy: ScriptUrlPolicy = (() => {
  const admit = (url: string): string => {
    if (url !== address) throw new TypeError(`flowgauge starts no worker from ${url}`);
    return url;
  };
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy } })
    .trustedTypes;
  const address = new URL(workerUrl, import.meta.url).href;
  try {
    return factory?.createPolicy('flowgauge', { createScriptURL: admit }) ?? { createScriptURL: admit };
  } catch {
    // A host whose CSP does not name the policy: without Trusted Types enforcement the plain address works as well.
    return { createScriptURL: admit };
  }
})();

function spawn(): WorkerLike {
  const url = policy.createScriptURL(new URL(workerUrl, import.meta.url).href);
  return new Worker(url, { type: 'module', name: 'flowgauge' }) as unknown as WorkerLike;
}

class BrowserEngine implements FlowEngine {
  private readonly remote = new RemoteEngine(spawn);
  private readonly local = new LocalEngine(loadCore);
  private useLocal = typeof Worker === 'undefined';
  private preparing: Promise<void> | null = null;

  prepare(): Promise<void> {
    this.preparing ??= this.tryWorker();
    return this.preparing;
  }

  /** Fetches the module for archives and workbooks too, behind all that a page needs first. */
  async prepareFull(): Promise<void> {
    await this.prepare();
    await (this.useLocal ? loadCore(true) : this.remote.prepareFull());
  }

  async open(sources: Source[], options: Options, hooks: OpenHooks = {}): Promise<Handle> {
    await orCancelled(this.prepare(), hooks.signal);
    return (this.useLocal ? this.local : this.remote).open(sources, options, hooks);
  }

  /** Starts the worker for what needs no input. */
  async prepareBeside(): Promise<void> {
    await this.prepare();
    if (!this.useLocal) await this.remote.prepareBeside();
  }

  async whatIf(input: WhatIf): Promise<WhatIfAnswer> {
    await this.prepare();
    return (this.useLocal ? this.local : this.remote).whatIf(input);
  }

  private async tryWorker(): Promise<void> {
    if (this.useLocal) return;
    try {
      await this.remote.prepare();
    } catch {
      // Cross-origin script, sandboxed frame or worker-src refused: the page's own thread, in pieces, still works.
      this.useLocal = true;
    }
  }
}

let shared: BrowserEngine | null = null;

/** The page's engine. */
export function browserEngine(): BrowserEngine {
  shared ??= new BrowserEngine();
  return shared;
}
