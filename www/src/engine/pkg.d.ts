/** Stands in for the generated glue until it has been built; once it exists, its own types are used. */
declare module '*/pkg/flowgauge.js' {
  const init: (input?: unknown) => Promise<unknown>;
  export default init;
  export const initSync: (input: { module: BufferSource }) => unknown;
  export const Session: import('./core.js').Core['Session'];
  export const sample_log: import('./core.js').Core['sample_log'];
  export const engine_version: import('./core.js').Core['engine_version'];
}
