/** The worker's side of the protocol, apart from the worker's global scope so that tests can run it anywhere. */

import type { LoadCore } from './choose.js';
import { readWith } from './choose.js';
import type { Core, CoreEngine } from './core.js';
import type { Source } from './engine.js';
import { EngineError, isTrap } from './errors.js';
import { extract } from './extract.js';
import type { Answers, Message, Request } from './protocol.js';

/** Large enough that call overhead vanishes, small enough that progress is smooth. */
const PIECE_BYTES = 512 * 1024;
/** Far below the silence that the page takes for a hang. */
const SIGN_MS = 1000;

/** Answers requests. One worker holds one engine: a page that opens a second input starts a second worker. */
export function createServer(load: LoadCore, post: (message: Message) => void): (request: Request) => void {
  let core: Core | null = null;
  let engine: CoreEngine | null = null;
  let sources: Source[] = [];

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
        sources = request.sources;
        const read = await readWith(load, sources, request.options, {
          pieceBytes: PIECE_BYTES,
          onProgress: (progress) => {
            post({ id: request.id, progress });
          },
          onPreview: (preview) => {
            post({ id: request.id, preview });
          },
        });
        ({ core, engine } = read);
        return engine.mappings();
      }
      case 'report':
        return opened().report(request.query);
      case 'reportJson':
        return opened().report_json(request.query);
      case 'explain':
        return opened().explain(request.figure, request.query);
      case 'ticket':
        return opened().ticket(request.ticket, request.query);
      case 'holidays':
        return (core ?? (await load())).holidays(request.text);
      case 'whatIf':
        return (core ?? (await load())).what_if(request.input);
      case 'extract':
        return extract(core ?? (await load()), opened(), sources, request.what, request.index, {
          pieceBytes: PIECE_BYTES,
          onPiece: sign(request.id),
        });
    }
  };

  /** Now and then a sign of life for the one who waits. */
  const sign = (id: number): (() => void) => {
    let last = performance.now();
    return () => {
      if (performance.now() - last < SIGN_MS) return;
      last = performance.now();
      post({ id, progress: { bytes: 0, rows: 0, total: null, file: '' } });
    };
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
