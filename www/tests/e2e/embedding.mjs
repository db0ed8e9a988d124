/** Widgets in a page that is not ours, and the server that serves them. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DIST, assertClean, openPage } from './harness.mjs';

/** A raw path, as `fetch` would tidy it up. */
function status(origin, path) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

const gzipped = (path) => gzipSync(readFileSync(path), { level: 9 }).length;

export const embedding = [
  [
    'downloads stay within budget: widgets 25 KB, charts 260 KB, gzip',
    async () => {
      const folder = join(DIST, 'elements');
      const chunks = readdirSync(join(folder, 'chunks'));
      const size = (name) => chunks.filter((file) => file.startsWith(name)).reduce((sum, file) => sum + gzipped(join(folder, 'chunks', file)), 0);
      const charts = size('echarts');
      // What a page with a report.json loads before its first chart: the entry and what it imports at once.
      const entry = readFileSync(join(folder, 'flowgauge.js'), 'utf8');
      const imports = chunks.filter((file) => new RegExp(`(from|import)\\s*["']\\./chunks/${file.replaceAll('.', '\\.')}`).test(entry));
      const widgets = gzipped(join(folder, 'flowgauge.js')) + imports.reduce((sum, file) => sum + gzipped(join(folder, 'chunks', file)), 0);
      assert.ok(charts > 0 && charts <= 260_000, `charts are ${charts} bytes`);
      assert.ok(widgets <= 25_000, `widgets are ${widgets} bytes`);
      return { note: `widgets ${(widgets / 1000).toFixed(1)} KB, charts ${(charts / 1000).toFixed(1)} KB` };
    },
  ],
  [
    'widgets show a report.json and a CSV with one script tag',
    async (app) => {
      const { page, record, close } = await openPage(app, '/examples/embed.html', { viewport: { width: 1440, height: 1800 } });
      await page.waitForSelector('flow-throughput .chart svg');
      assert.match(await page.locator('#from-csv .summary').innerText(), /finished tickets/);
      await page.waitForSelector('#from-csv .chart svg, #from-csv .chart canvas');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'a widget that shows a report.json loads neither engine nor wasm nor worker',
    async (app) => {
      const { page, record, close } = await openPage(app, '/examples/embed.html?only=report', {}, async (context) => {
        await context.route('**/embed.html?only=report', async (route) => {
          const response = await route.fetch();
          const html = (await response.text()).replace(/<flow-lead-time id="from-csv"[^]*?<\/flow-lead-time>/, '');
          await route.fulfill({ response, body: html });
        });
      });
      await page.waitForSelector('flow-throughput .chart svg');
      await page.waitForSelector('flow-lead-time-histogram .chart svg');
      const loaded = record.requests.map((url) => new URL(url).pathname);
      assert.deepEqual(loaded.filter((path) => /wasm|worker|browser|csv/.test(path)), []);
      assert.equal(loaded.filter((path) => path.endsWith('report.json')).length, 1, 'one fetch serves all widgets');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'a widget whose data is not there says so',
    async (app) => {
      const { page, close } = await openPage(app, '/examples/embed.html');
      await page.evaluate(() => {
        const broken = document.createElement('flow-ageing');
        broken.id = 'broken';
        broken.setAttribute('src', './nothing.csv');
        document.body.prepend(broken);
      });
      await page.waitForSelector('#broken [role="alert"]');
      assert.match(await page.locator('#broken [role="alert"]').innerText(), /404/);
      await close();
    },
  ],
  [
    'the server keeps to its folder and sends the right types',
    async (app) => {
      for (const path of ['/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/assets/../../package.json', '/%00', '/nothing', '/%']) {
        assert.notEqual(await status(app.origin, path), 200, path);
      }
      const page = await fetch(`${app.origin}/`);
      assert.match(page.headers.get('content-security-policy') ?? '', /require-trusted-types-for 'script'/);
      const html = await page.text();
      assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=/, 'nothing inline');
    },
  ],
];
