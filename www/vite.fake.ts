import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** With FLOWGAUGE_FAKE_CORE=1 the build holds the stand-in of the tests instead of the wasm core. Never ship that. */
export function fakeCore(): Plugin[] {
  if (process.env['FLOWGAUGE_FAKE_CORE'] !== '1') return [];
  return [
    {
      name: 'fake-core',
      enforce: 'pre',
      resolveId(id) {
        return /pkg\/(full\/)?flowgauge\.js$/.test(id) ? fileURLToPath(new URL('tests/fixtures/fake-core.js', import.meta.url)) : null;
      },
    },
  ];
}
