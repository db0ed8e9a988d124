import { defineConfig } from 'vite';
import { compactCss } from './vite.css.js';
import { fakeCore } from './vite.fake.js';
import { guides } from './vite.guides.js';

// The dashboard: one page, relative addresses, nothing inline (the page's CSP admits no inline script or style).
export default defineConfig({
  base: './',
  plugins: [compactCss(), guides(), ...fakeCore()],
  build: {
    target: 'es2022',
    // These know light-dark(); lowered for older ones it would no longer follow the theme switch.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: false,
    sourcemap: false,
    chunkSizeWarningLimit: 1000,
  },
  worker: { format: 'es', plugins: () => fakeCore() },
});
