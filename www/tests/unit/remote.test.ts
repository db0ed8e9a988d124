/** What only a worker can do wrong: trap, hang, fail to start. The page gets exactly one reply each time. */

import { describe, expect, test, vi } from 'vitest';
import type { Core } from '../../src/engine/core.js';
import { RemoteEngine } from '../../src/engine/remote.js';
import type { Message } from '../../src/engine/protocol.js';
import type { WorkerLike } from '../../src/engine/remote.js';
import { InlineWorker } from './engines.js';

async function fake(): Promise<Core> {
  return (await import('../fixtures/fake-core.js')) as unknown as Core;
}

const csv = { name: 'a.csv', blob: new Blob(['number,opened_at\nINC1,2025-07-01 08:00:00\n']) };
const trap = { name: 'trap.csv', blob: new Blob(['TRAP']) };

describe('a trap', () => {
  test('rejects, ends the worker, and the next file gets a new one: 100 times over', async () => {
    const live = InlineWorker.live;
    const engine = new RemoteEngine(() => new InlineWorker(fake));
    for (let n = 0; n < 100; n += 1) {
      await expect(engine.open([trap], {})).rejects.toMatchObject({ kind: 'engine_lost' });
      expect(InlineWorker.live).toBe(live);
    }
    const handle = await engine.open([csv], {});
    expect((await handle.report({})).schema_version).toBe('1.0');
    handle.close();
    expect(InlineWorker.live).toBe(live);
  });

  test('while answering: the input is read again for the next question', async () => {
    let traps = 1;
    const moody = async (): Promise<Core> => {
      const core = await fake();
      class Session extends core.Session {
        override finish(): ReturnType<InstanceType<Core['Session']>['finish']> {
          const engine = super.finish();
          const report = engine.report.bind(engine);
          engine.report = (query) => {
            if (traps-- > 0) throw new WebAssembly.RuntimeError('unreachable');
            return report(query);
          };
          return engine;
        }
      }
      return { ...core, Session };
    };
    const engine = new RemoteEngine(() => new InlineWorker(moody));
    const handle = await engine.open([csv], {});
    const started = InlineWorker.started;
    await expect(handle.report({})).rejects.toMatchObject({ kind: 'engine_lost' });
    const answers = await Promise.all([handle.report({}), handle.reportJson({})]);
    expect(answers[0].schema_version).toBe('1.0');
    expect(InlineWorker.started).toBe(started + 1);
    handle.close();
  });
});

test('a worker that hangs is ended by the watchdog', async () => {
  vi.useFakeTimers();
  try {
    const terminate = vi.fn();
    const silent: WorkerLike = { postMessage: () => undefined, terminate, onmessage: null, onerror: null, onmessageerror: null };
    const engine = new RemoteEngine(() => silent, { watchdogMs: 5000 });
    const reading = engine.open([csv], {});
    const outcome = expect(reading).rejects.toMatchObject({ kind: 'timeout' });
    await vi.advanceTimersByTimeAsync(5001);
    await outcome;
    expect(terminate).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

test('whoever can cancel is not kept from waiting; whoever cannot is', async () => {
  vi.useFakeTimers();
  try {
    const silent = (): WorkerLike => {
      const worker: WorkerLike = {
        postMessage: ({ id, call }) => {
          if (call === 'open') worker.onmessage?.({ data: { id, ok: true, value: [] } } as unknown as MessageEvent<Message>);
        },
        terminate: () => undefined,
        onmessage: null,
        onerror: null,
        onmessageerror: null,
      };
      return worker;
    };
    const handle = await new RemoteEngine(silent, { watchdogMs: 5000 }).open([csv], {});
    const abort = new AbortController();
    const settled = vi.fn();
    const waiting = handle.report({}, abort.signal).finally(settled);
    const outcome = expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(settled).not.toHaveBeenCalled();
    abort.abort();
    await outcome;
    const refused = expect(handle.report({})).rejects.toMatchObject({ kind: 'timeout' });
    await vi.advanceTimersByTimeAsync(5001);
    await refused;
  } finally {
    vi.useRealTimers();
  }
});

test('a worker that cannot start rejects instead of waiting forever', async () => {
  const engine = new RemoteEngine(() => {
    const worker: WorkerLike = {
      postMessage: () => {
        worker.onerror?.({ preventDefault: () => undefined } as ErrorEvent);
      },
      terminate: () => undefined,
      onmessage: null,
      onerror: null,
      onmessageerror: null,
    };
    return worker;
  });
  await expect(engine.prepare()).rejects.toMatchObject({ kind: 'load_failed' });
});

test('cancel ends the worker within 100 ms, even while it computes', async () => {
  const terminate = vi.fn();
  const busy: WorkerLike = { postMessage: () => undefined, terminate, onmessage: null, onerror: null, onmessageerror: null };
  const engine = new RemoteEngine(() => busy);
  const abort = new AbortController();
  const reading = engine.open([csv], {}, { signal: abort.signal });
  const start = performance.now();
  abort.abort();
  await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  expect(performance.now() - start).toBeLessThan(100);
  expect(terminate).toHaveBeenCalledOnce();
});

test('a prepared worker serves the first file', async () => {
  const started = InlineWorker.started;
  const engine = new RemoteEngine(() => new InlineWorker(fake));
  await engine.prepare();
  const handle = await engine.open([csv], {});
  expect(InlineWorker.started).toBe(started + 1);
  handle.close();
});
