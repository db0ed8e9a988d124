import { copyFileSync, mkdirSync } from 'node:fs';
import { defineConfig } from 'vite';
import { compactCss } from './vite.css.js';
import { fakeCore } from './vite.fake.js';

// The widgets: one script to include; its chunks, worker and wasm lie beside it and are found relative to it.
export default defineConfig({
  base: './',
  publicDir: false,
  build: {
    target: 'es2022',
    // These know light-dark(); lowered for older ones it would no longer follow the theme switch.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: 'dist/elements',
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: { flowgauge: 'src/elements/define.ts' },
      preserveEntrySignatures: 'exports-only',
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  worker: { format: 'es', plugins: () => fakeCore() },
  plugins: [
    compactCss(),
    ...fakeCore(),
    {
      name: 'copy-examples',
      closeBundle() {
        mkdirSync('dist/examples', { recursive: true });
        for (const file of ['embed.html', 'embed.css', 'report.json', 'incidents.csv']) copyFileSync(`examples/${file}`, `dist/examples/${file}`);
      },
    },
  ],
});
