/** The worker's side of the protocol, apart from the worker's global scope so that tests can run it anywhere. */

import type { LoadCore } from './choose.js';
import { readWith } from './choose.js';
import type { CoreEngine } from './core.js';
import { EngineError, isTrap } from './errors.js';
import type { Answers, Message, Request } from './protocol.js';

/** Large enough that call overhead vanishes, small enough that progress is smooth. */
const PIECE_BYTES = 512 * 1024;

/** Answers requests. One worker holds one engine: a page that opens a second input starts a second worker. */
export function createServer(load: LoadCore, post: (message: Message) => void): (request: Request) => void {
  let engine: CoreEngine | null = null;

  const opened = (): CoreEngine => {
    if (!engine) throw new EngineError('bad_call', 'Nothing was read.', 'Read a file first.');
    return engine;
  };

  const answer = async (request: Request): Promise<Answers[keyof Answers]> => {
    switch (request.call) {
      case 'ready':
        await load(request.full);
        return null;
      case 'open': {
        engine?.free();
        engine = null;
        const read = await readWith(load, request.sources, request.options, {
          pieceBytes: PIECE_BYTES,
          onProgress: (progress) => {
            post({ id: request.id, progress });
          },
        });
        engine = read.engine;
        return engine.mappings();
      }
      case 'report':
        return opened().report(request.query);
      case 'reportJson':
        return opened().report_json(request.query);
      case 'ticket':
        return opened().ticket(request.ticket, request.query);
    }
  };

  return (request) => {
    answer(request).then(
      (value) => {
        post({ id: request.id, ok: true, value });
      },
      (thrown: unknown) => {
        post({ id: request.id, ok: false, error: EngineError.from(thrown).toPlain(), fatal: isTrap(thrown) });
      },
    );
  };
}
