import { defineConfig } from 'vite';
import { fakeCore } from './vite.fake.js';

// The engine as a library: the interface with both implementations, and the worker as a module of its own.
export default defineConfig({
  base: './',
  plugins: fakeCore(),
  publicDir: false,
  build: {
    target: 'es2022',
    // These know light-dark(); lowered for older ones it would no longer follow the theme switch.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: 'dist/lib',
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: { engine: 'src/engine/index.ts', worker: 'src/engine/worker.ts' },
      preserveEntrySignatures: 'exports-only',
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  worker: { format: 'es', plugins: () => fakeCore() },
});
