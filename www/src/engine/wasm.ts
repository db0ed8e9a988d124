/** Loads the wasm modules, each once per thread. The only file that knows where their glue lies. */

import type { Core } from './core.js';
import { EngineError } from './errors.js';

const loading: { core: Promise<Core> | null; full: Promise<Core> | null } = { core: null, full: null };

/** The core, or the full module, which reads archives and workbooks as well. */
export function loadCore(full = false): Promise<Core> {
  const which = full ? 'full' : 'core';
  loading[which] ??= load(full).catch((thrown: unknown) => {
    loading[which] = null;
    throw thrown;
  });
  return loading[which];
}

async function load(full: boolean): Promise<Core> {
  try {
    const glue = full ? await import('../../pkg/full/flowgauge.js') : await import('../../pkg/flowgauge.js');
    await glue.default();
    return glue;
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
