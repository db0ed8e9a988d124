/** The module worker: holds the wasm core and one parsed input, away from the page's thread. */

import type { Request } from './protocol.js';
import { createServer } from './serve.js';
import { loadCore } from './wasm.js';

const serve = createServer(loadCore, (message) => {
  postMessage(message);
});

addEventListener('message', (event: MessageEvent<Request>) => {
  serve(event.data);
});
