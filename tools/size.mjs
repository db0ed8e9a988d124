// Prints what a visitor downloads: each .wasm, .js and .css file given, or found in the folders given, as it is and as
// compressed by a web server at its best.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const SHIPPED = new Set(['.wasm', '.js', '.mjs', '.css']);

/** @param {string} path */
const files = (path) => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return SHIPPED.has(extname(path)) ? [path] : [];
  return readdirSync(path).sort().flatMap((name) => files(join(path, name)));
};

/** @param {number} bytes */
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(10);

const paths = process.argv.slice(2).flatMap(files);
if (paths.length === 0) {
  console.error('size: nothing built yet');
  process.exit(1);
}
console.log(`${'raw kB'.padStart(10)}${'gzip kB'.padStart(10)}${'brotli kB'.padStart(10)}  file`);
for (const path of paths) {
  const bytes = readFileSync(path);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;
  console.log(`${kilobytes(bytes.length)}${kilobytes(gzip)}${kilobytes(brotli)}  ${path}`);
}
