/** Widgets in a page that is not ours, and the server that serves them. */

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { assertClean, openPage } from './harness.mjs';

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

export const embedding = [
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
      await page.waitForSelector('flow-lead-time .chart svg');
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
