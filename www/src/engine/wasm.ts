/** Loads the wasm core once per thread. The only file that knows where the glue lies. */

import type { Core } from './core.js';
import { EngineError } from './errors.js';

let loading: Promise<Core> | null = null;

export function loadCore(): Promise<Core> {
  loading ??= load().catch((thrown: unknown) => {
    loading = null;
    throw thrown;
  });
  return loading;
}

async function load(): Promise<Core> {
  try {
    const glue = await import('../../pkg/flowgauge.js');
    await glue.default();
    return glue as unknown as Core;
  } catch (thrown) {
    const error = EngineError.from(thrown);
    if (error.kind !== 'unknown') throw error;
    throw new EngineError(
      'load_failed',
      `The engine could not be loaded (${error.message}).`,
      'Reload the page. If it stays like this, check that the .wasm file is served beside the script as application/wasm.',
    );
  }
}
