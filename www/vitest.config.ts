import { defineConfig } from 'vitest/config';
import { guides } from './vite.guides.js';

export default defineConfig({
  plugins: [guides()],
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node' },
});
