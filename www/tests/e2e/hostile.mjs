/** Hostile text in every slot of a file: nothing executes, nothing is polluted, nothing leaves. */

import assert from 'node:assert/strict';
import { assertClean, csvFile, incidents, openPage, untilFigures, violations } from './harness.mjs';

const PAYLOADS = [
  '<img src=x onerror="window.executed++">',
  '<svg onload="window.executed++">',
  '<script>window.executed++</script>',
  '"><iframe srcdoc="<script>parent.executed++</script>">',
  'javascript:window.executed++',
  '{{constructor.constructor("window.executed++")()}}',
  '{a|<b>}',
  '__proto__',
  'constructor',
  '=HYPERLINK("http://127.0.0.1:9/")',
];

/** Puts payloads into all text cells and into extra headers. */
export function hostileFile() {
  const base = incidents(400, (cells, n) => {
    const payload = PAYLOADS[n % PAYLOADS.length];
    cells.state = n % 10 === 9 ? payload : 'Resolved';
    cells.priority = payload;
    cells.assignment_group = payload;
    cells.short_description = payload;
  }).toString();
  const extra = PAYLOADS.map((payload) => `"${payload.replaceAll('"', '""')}"`);
  return Buffer.from(
    base
      .trimEnd()
      .split('\r\n')
      .map((line) => `${line},${extra.join(',')}`)
      .join('\r\n'),
  );
}

async function assertUnharmed(page, record) {
  assert.equal(await page.evaluate(() => window.executed), 0, 'a payload ran');
  assert.equal(record.dialogs, 0);
  assert.deepEqual(await page.evaluate(() => Object.keys(Object.prototype)), [], 'Object.prototype was changed');
  assert.equal(await page.locator('img, iframe, script:not([src])').count(), 0, 'markup from the file became elements');
}

export const hostile = [
  [
    'hostile headers and cells execute nothing, in mapping, charts, tables and dialog',
    async (app) => {
      const { page, record, close } = await openPage(app);
      const requests = record.requests.length;
      await page.setInputFiles('#file', csvFile(`${PAYLOADS[0]}.csv`, hostileFile()));
      await untilFigures(page);
      await page.locator('.read-as > summary').click();
      for (const details of await page.locator('flow-mapping details > summary').all()) {
        if (await details.isVisible()) await details.click();
      }
      for (const details of await page.locator('flow-data-health summary').all()) await details.click();
      const cards = [
        'flow-lead-time', 'flow-ageing-bands', 'flow-throughput', 'flow-wip-age', 'flow-fits', 'flow-survival', 'flow-clocks', 'flow-behaviour',
        'flow-handoffs', 'flow-percentiles',
      ];
      for (const name of cards) {
        const element = page.locator(name);
        await element.scrollIntoViewIfNeeded();
        await page.waitForTimeout(150);
        const box = await element.boundingBox();
        if (box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
        await element.locator('button[aria-label="What is this?"]').click();
        const table = element.locator('button', { hasText: 'Table' });
        if (await table.count()) await table.click();
      }
      await page.locator('flow-lead-time tbody button').first().click();
      await page.waitForSelector('dialog[open]');
      await page.locator('dialog summary').first().click();
      await page.waitForTimeout(200);
      await assertUnharmed(page, record);
      assert.deepEqual(record.requests.slice(requests), [], 'a payload made a request');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'a hostile file that is refused shows its name as text',
    async (app) => {
      const { page, record, close } = await openPage(app);
      await page.setInputFiles('#file', csvFile('<img src=x onerror="window.executed++">.csv', Buffer.from('')));
      await page.waitForSelector('.error');
      assert.match(await page.locator('.error').innerText(), /<img src=x/);
      await assertUnharmed(page, record);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'the watch works: a page that leaks or breaks its policy is noticed',
    async (app) => {
      const { page, record, close } = await openPage(app);
      const requests = record.requests.length;
      await page.evaluate(() => {
        new Image().src = './icon.svg?leak=canary';
        try {
          // eslint-disable-next-line no-restricted-properties -- this control test breaks the rule to see it noticed
          document.createElement('div').innerHTML = '<b>x</b>';
        } catch {
          // Refused, as it should be.
        }
      });
      await page.waitForTimeout(200);
      assert.ok(record.requests.slice(requests).some((url) => url.includes('canary')));
      assert.ok((await violations(page)).some((text) => text.startsWith('require-trusted-types-for')));
      await close();
    },
  ],
];
