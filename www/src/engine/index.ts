/** The engine as a library. */

export type { FlowEngine, Handle, OpenHooks, ReadProgress, Source } from './engine.js';
export { EngineError } from './errors.js';
export type { EngineErrorKind, FlowError } from './errors.js';
export { LocalEngine } from './local.js';
export { RemoteEngine } from './remote.js';
export { browserEngine } from './browser.js';
export { loadCore } from './wasm.js';
export type * from './types.js';
