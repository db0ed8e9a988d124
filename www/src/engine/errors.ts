/** The one error that engine calls reject with: what went wrong, where, and what the user can do about it. */

import type { ErrorKind, Position } from './types.js';

/** Kinds of the wasm core, and those that can only arise around it. */
export type EngineErrorKind =
  | ErrorKind
  | 'cancelled'
  | 'timeout'
  | 'engine_lost'
  | 'wasm_blocked'
  | 'load_failed'
  | 'closed'
  | 'read_once'
  | 'unknown';

export interface FlowError {
  kind: EngineErrorKind;
  message: string;
  remedy: string;
  position: Position;
}

export class EngineError extends Error implements FlowError {
  override readonly name = 'EngineError';

  constructor(
    readonly kind: EngineErrorKind,
    message: string,
    readonly remedy: string,
    readonly position: Position = {},
  ) {
    super(message);
  }

  /** A plain copy that survives postMessage. */
  toPlain(): FlowError {
    return { kind: this.kind, message: this.message, remedy: this.remedy, position: this.position };
  }

  static cancelled(): EngineError {
    return new EngineError('cancelled', 'Reading was cancelled.', 'Drop the file again when you are ready.');
  }

  static closed(): EngineError {
    return new EngineError('closed', 'This input was closed.', 'Read the file again.');
  }

  static readOnce(name: string): EngineError {
    return new EngineError(
      'read_once',
      `${name} came as a stream, which can be read only once.`,
      'Open it from a file to see its rows again.',
      { file: name },
    );
  }

  static lost(): EngineError {
    return new EngineError(
      'engine_lost',
      'The engine stopped unexpectedly and was replaced.',
      'Try again. If it happens again with the same file, try a smaller export.',
    );
  }

  static timeout(seconds: number): EngineError {
    return new EngineError(
      'timeout',
      `The engine gave no answer for ${seconds} seconds and was replaced.`,
      'Try again, or try a smaller export.',
    );
  }

  /** Whatever was thrown, as an EngineError. */
  static from(thrown: unknown): EngineError {
    if (thrown instanceof EngineError) return thrown;
    if (isFlowError(thrown)) return new EngineError(thrown.kind, thrown.message, thrown.remedy, thrown.position);
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    if (isTrap(thrown)) return EngineError.lost();
    if (/Content Security Policy|unsafe-eval|wasm-eval/i.test(message)) {
      return new EngineError(
        'wasm_blocked',
        'This page does not allow WebAssembly to run.',
        "Add 'wasm-unsafe-eval' to script-src in the page's Content-Security-Policy, or show a report.json, which needs no WebAssembly.",
      );
    }
    return new EngineError('unknown', message || 'Something went wrong.', 'Try again.');
  }
}

/** A trap leaves the wasm memory in an unknown state: the instance must not be used again. */
export function isTrap(thrown: unknown): boolean {
  return typeof WebAssembly !== 'undefined' && thrown instanceof WebAssembly.RuntimeError;
}

function isFlowError(value: unknown): value is FlowError {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, message, remedy, position } = value as Record<string, unknown>;
  return (
    typeof kind === 'string' &&
    typeof message === 'string' &&
    typeof remedy === 'string' &&
    typeof position === 'object' &&
    position !== null
  );
}
