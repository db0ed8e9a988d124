/** Where the time goes, and the desk replayed: on request, cancelled, moved by sliders, refused, wide and narrow. */

import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { assertClean, focusedId, openPage, untilComplete, untilFigures } from './harness.mjs';

/** A replay of the real core takes longer than that of the stand-in. */
const REPLAY = { timeout: 60_000 };

/** Writes down what the page asks of the swarm. */
const listen = (context) =>
  context.addInitScript(() => {
    window.asked = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...others) {
      if (message.call === 'report' && message.query.parts?.includes('swarm')) window.asked.push(message.query.swarm);
      return postMessage.call(this, message, ...others);
    };
  });

const asked = (page) => page.evaluate(() => window.asked);

async function opened(app, options = {}) {
  const { page, record, close } = await openPage(app, '/', options, listen);
  await page.click('#sample');
  await untilFigures(page);
  await untilComplete(page);
  await page.locator('flow-swarm').scrollIntoViewIfNeeded();
  return { page, record, close };
}

const card = (page) => page.locator('flow-swarm');
const slider = (page, name) => page.locator(`flow-swarm-controls .one:has(#${name}) input[type="range"]`);
const field = (page, name) => page.locator(`flow-swarm-controls #${name}`);
const state = (page) => card(page).locator('.buttons .muted').innerText();
const untilRested = (page) => page.waitForFunction(() => /^(A quick answer|All assumptions)/.test(document.querySelector('flow-swarm').shadowRoot.querySelector('.buttons .muted')?.textContent ?? ''), null, REPLAY);

async function replayed(app, options = {}) {
  const all = await opened(app, options);
  await card(all.page).locator('#replay').click();
  await untilRested(all.page);
  return all;
}

export const swarm = [
  [
    'swarm: where the time goes, by group and by way, as a table and as a file',
    async (app) => {
      const { page, record, close } = await opened(app);
      const waste = page.locator('flow-waste');
      assert.match(await waste.locator('.headline').innerText(), /% of the .* was waiting for us: .*\((estimated|measured)\)/);
      assert.ok((await waste.locator('.segment-list li').count()) >= 3);
      const by = waste.locator('label.by select');
      await by.selectOption({ label: 'way between groups' });
      assert.match(await waste.locator('flow-fitting-table').last().locator('caption').innerText(), /price list/);
      await waste.locator('.tools button', { hasText: 'Table' }).click();
      assert.match(await waste.locator('flow-fitting-table').first().locator('caption').innerText(), /lead time of [\d,]+ finished tickets/);
      const [file] = await Promise.all([page.waitForEvent('download'), waste.locator('.tools button', { hasText: 'CSV' }).click()]);
      assert.equal(file.suggestedFilename(), 'where-the-time-goes.csv');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'swarm: nothing is replayed unasked; the button does, the focus stays, and the finding comes first',
    async (app) => {
      const { page, record, close } = await opened(app);
      assert.deepEqual(await asked(page), []);
      assert.equal(await page.locator('flow-swarm-times').count(), 0);
      await card(page).locator('#replay').focus();
      await page.keyboard.press('Enter');
      await card(page).locator('#cancel').waitFor();
      assert.equal(await focusedId(page), 'cancel');
      await untilRested(page);
      assert.equal(await focusedId(page), 'replay');
      assert.deepEqual(await asked(page), [{ size: 2, alpha: 0.8, kappa: 1, subset: ['escalated'] }]);
      assert.ok((await card(page).locator('.policies li').count()) >= 3);
      await page.locator('flow-swarm-times .summary').waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), card(page).locator('.tools button', { hasText: 'CSV' }).click()]);
      assert.equal(file.suggestedFilename(), 'swarm.csv');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'swarm: cancelled, the page goes on, and the desk can be replayed again',
    async (app) => {
      const { page, record, close } = await opened(app);
      await card(page).locator('#replay').click();
      const begun = Date.now();
      await card(page).locator('#cancel').click();
      await card(page).locator('#replay').waitFor();
      const waited = Date.now() - begun;
      assert.equal(await focusedId(page), 'replay');
      assert.equal(await page.locator('flow-swarm-times').count(), 0);
      // The page's own questions are answered by a new worker.
      await page.click('flow-controls #open-filter');
      await page.locator('flow-filter-panel .pick li button').first().click();
      await page.locator('flow-filter-panel .values label').first().waitFor();
      await page.keyboard.press('Escape');
      await card(page).locator('#replay').click();
      await untilRested(page);
      await assertClean(page, record);
      await close();
      return { note: `cancelled in ${waited} ms` };
    },
  ],
  [
    'swarm: a slider that is dragged gets quick answers, the newest wins, and the full answer is offered',
    async (app) => {
      const { page, record, close } = await replayed(app);
      const before = await card(page).locator('[data-policy="pooled"] .value').innerText();
      const begun = Date.now();
      await slider(page, 'alpha').evaluate(async (element) => {
        for (let step = 15; step >= 6; step -= 1) {
          element.value = String(step / 20);
          element.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      });
      await page.waitForFunction(() => /^A quick answer/.test(document.querySelector('flow-swarm').shadowRoot.querySelector('.buttons .muted')?.textContent ?? ''), null, REPLAY);
      const waited = Date.now() - begun;
      const questions = (await asked(page)).slice(1);
      assert.ok(questions.length < 10, `${questions.length} questions for 10 steps`);
      assert.ok(questions.every(({ structural, draws }) => structural === false && draws === 5));
      assert.equal(questions.at(-1).alpha, 0.3);
      assert.equal(await field(page, 'alpha').inputValue(), '0.3');
      assert.notEqual(await card(page).locator('[data-policy="pooled"] .value').innerText(), before);
      await card(page).locator('#replay', { hasText: 'Full answer' }).click();
      await page.waitForFunction(() => /^All assumptions/.test(document.querySelector('flow-swarm').shadowRoot.querySelector('.buttons .muted')?.textContent ?? ''), null, REPLAY);
      assert.equal((await asked(page)).at(-1).structural, undefined);
      await assertClean(page, record);
      await close();
      return { note: `${questions.length} questions for 10 steps, ${waited} ms` };
    },
  ],
  [
    'swarm: by keys; a wrong number is refused where it was written; a subset by priority',
    async (app) => {
      const { page, record, close } = await replayed(app);
      await slider(page, 'size').focus();
      await page.keyboard.press('ArrowRight');
      await untilRested(page);
      assert.equal((await asked(page)).at(-1).size, 3);
      await field(page, 'size').fill('9');
      await page.keyboard.press('Tab');
      assert.match(await page.locator('flow-swarm-controls [role="alert"]').innerText(), /whole number from 2 to 8/);
      assert.equal((await asked(page)).at(-1).size, 3);
      await field(page, 'size').fill('4');
      await page.keyboard.press('Tab');
      await untilRested(page);
      assert.equal(await page.locator('flow-swarm-controls [role="alert"]').count(), 0);
      assert.equal((await asked(page)).at(-1).size, 4);
      const subset = page.locator('flow-swarm-controls select');
      await page.waitForFunction(() => document.querySelector('flow-swarm').shadowRoot.querySelector('flow-swarm-controls').shadowRoot.querySelectorAll('option').length === 3);
      await subset.selectOption({ label: 'Those of some priorities' });
      await page.locator('flow-swarm-controls .boxes label').nth(1).click();
      await untilRested(page);
      await page.waitForFunction(() => window.asked.at(-1).subset.length === 2);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'swarm: hours become money in two lines; another filter leaves the answer and says so',
    async (app) => {
      const { page, record, close } = await replayed(app);
      const lines = card(page).locator('.money li');
      assert.equal(await lines.count(), 2);
      await field(page, 'wage').fill('50');
      await field(page, 'delay').fill('2');
      await page.keyboard.press('Tab');
      assert.match(await lines.nth(0).innerText(), /At 50 an hour/);
      assert.match(await lines.nth(1).innerText(), /At 2 an hour/);
      assert.equal((await asked(page)).length, 1);
      await page.click('flow-controls #open-filter');
      await page.locator('flow-filter-panel .pick li button').first().click();
      await page.locator('flow-filter-panel .values label').first().click();
      await page.waitForFunction(() => /what was selected/.test(document.querySelector('flow-swarm').shadowRoot.querySelector('.buttons .muted')?.textContent ?? ''));
      await untilComplete(page);
      assert.equal((await asked(page)).length, 1);
      assert.match(await state(page), /when they were computed/);
      await assertClean(page, record);
      await close();
    },
  ],
  ...['light', 'dark'].flatMap((colorScheme) =>
    [1440, 360].map((width) => [
      `swarm: axe, ${colorScheme}, ${width} px`,
      async (app) => {
        const { page, record, close } = await replayed(app, { colorScheme, viewport: { width, height: 900 } });
        await page.locator('flow-waste button[aria-label="What is this?"]').click();
        await axe(page, 'where the time goes', 'flow-waste');
        await card(page).locator('button[aria-label="What is this?"]').click();
        await card(page).locator('details > summary').last().click();
        await field(page, 'size').fill('99');
        await page.keyboard.press('Tab');
        await axe(page, 'swarm', 'flow-swarm');
        await axe(page, 'lead times of the swarm', 'flow-swarm-times');
        await card(page).locator('.tools button', { hasText: 'Table' }).click();
        await axe(page, 'tables of the swarm', 'flow-swarm');
        await assertClean(page, record);
        await close();
      },
    ]),
  ),
];
