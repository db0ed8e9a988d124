/** Serves www/dist on this machine: `npm run serve`. PORT chooses the port; where it is taken the next free one is used. */

import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html flowgauge',
].join('; ');

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gz': 'application/gzip',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** The file behind a request path, or null: nothing outside the root, whatever the path or its links say. */
export async function resolvePath(root, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  if (path.endsWith('/')) path += 'index.html';
  const file = join(root, normalize(path));
  try {
    const real = await realpath(file);
    if (!real.startsWith((await realpath(root)) + sep)) return null;
    return (await stat(real)).isFile() ? real : null;
  } catch {
    return null;
  }
}

export function createStaticServer(root, headers = { 'Content-Security-Policy': CSP }) {
  return createServer((request, response) => {
    void (async () => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { Allow: 'GET, HEAD' }).end();
        return;
      }
      const file = await resolvePath(root, request.url ?? '/');
      const common = {
        ...headers,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cross-Origin-Opener-Policy': 'same-origin',
        // Always asked anew: after a build the page is never half old and half new.
        'Cache-Control': 'no-cache',
      };
      if (!file) {
        response.writeHead(404, { ...common, 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
        return;
      }
      const { size } = await stat(file);
      response.writeHead(200, {
        ...common,
        'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
        'Content-Length': size,
      });
      if (request.method === 'HEAD') response.end();
      else createReadStream(file).on('error', () => response.destroy()).pipe(response);
    })();
  });
}

/** Listens on the first free port from `port` on; resolves to the port in use. */
export function listen(server, port, tries = 20) {
  return new Promise((resolve, reject) => {
    const attempt = (candidate, left) => {
      server.once('error', (error) => {
        if (error.code === 'EADDRINUSE' && left > 0) attempt(candidate + 1, left - 1);
        else reject(error);
      });
      server.listen(candidate, '127.0.0.1', () => resolve(server.address().port));
    };
    attempt(port, tries);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../dist', import.meta.url));
  const wanted = Number(process.env.PORT ?? 8080);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535) {
    console.error(`PORT must be a number from 0 to 65535, not "${process.env.PORT}".`);
    process.exit(2);
  }
  if (!(await resolvePath(root, '/'))) {
    console.error('There is no build in www/dist yet. Run `make www` (or `npm run build` in www) first.');
    process.exit(1);
  }
  const port = await listen(createStaticServer(root), wanted);
  console.log(`flowgauge is at http://localhost:${port}/ (Ctrl+C ends it)`);
}
