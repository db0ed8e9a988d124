import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const PROFILES = fileURLToPath(new URL('../src/mapping/profiles', import.meta.url));
const ID = 'virtual:guides';

interface Profile {
  tool?: string;
  guide?: { title: string; steps: string[]; notes?: string[] };
}

/** How to export from each tool, taken from the engine's profiles: without the signatures, which only the engine needs. */
export function guides(): Plugin {
  return {
    name: 'guides',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const found = new Map<string, object>();
      for (const name of readdirSync(PROFILES).filter((file) => file.endsWith('.json')).sort()) {
        const path = `${PROFILES}/${name}`;
        this.addWatchFile(path);
        const { tool = '', guide } = JSON.parse(readFileSync(path, 'utf8')) as Profile;
        // Several profiles of one tool may share a guide.
        if (guide && !found.has(guide.title)) found.set(guide.title, { tool, title: guide.title, steps: guide.steps, notes: guide.notes ?? [] });
      }
      return `export default ${JSON.stringify([...found.values()])};`;
    },
  };
}
