/** The calculator: for a file without a history, without any file, and beside a replay; by keys, with nonsense, wide and narrow. */

import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { assertClean, csvFile, focusedId, openPage, untilComplete, untilFigures } from './harness.mjs';


/** Numbers and dates, nothing else: 12 tickets on each working day of four months. */
function datesOnly() {
  const lines = ['number,opened_at,resolved_at'];
  const text = (at) => at.toISOString().slice(0, 19).replace('T', ' ');
  for (let day = 0; day < 112; day += 1) {
    if (day % 7 > 4) continue;
    for (let n = 0; n < 12; n += 1) {
      const opened = new Date(Date.UTC(2025, 0, 6 + day, 8, n * 35));
      const hours = 1 + ((day * 5 + n * 7) % 40);
      lines.push(`INC${String(lines.length).padStart(7, '0')},${text(opened)},${text(new Date(opened.getTime() + hours * 3_600_000))}`);
    }
  }
  return csvFile('only-dates.csv', Buffer.from(`${lines.join('\n')}\n`));
}

/** Writes down when the calculator was asked. */
const listen = (context) =>
  context.addInitScript(() => {
    window.asked = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...others) {
      if (message.call === 'whatIf') window.asked.push(message.input);
      return postMessage.call(this, message, ...others);
    };
  });

const asked = (page) => page.evaluate(() => window.asked);
const card = (page) => page.locator('flow-what-if');
const field = (page, name) => page.locator(`flow-what-if-form #${name}`);
const finding = (page) => card(page).locator('#finding').innerText();

/** The answer to the numbers that are there now. */
const untilAnswered = (page) =>
  page.waitForFunction(() => {
    const root = document.querySelector('flow-what-if')?.shadowRoot;
    return root?.querySelector('#finding') && !root.querySelector('[aria-busy="true"]') && !root.querySelector('.stale');
  }, null, { timeout: 30_000 });

async function dropped(app, options = {}) {
  const all = await openPage(app, '/', options, listen);
  await all.page.setInputFiles('#file', datesOnly());
  await untilFigures(all.page);
  await untilComplete(all.page);
  await untilAnswered(all.page);
  return all;
}

/** Types into a field and waits for the answer; how long that took from the last key on, in milliseconds. */
async function type(page, name, text) {
  const before = (await asked(page)).length;
  await field(page, name).fill(text);
  const begun = Date.now();
  await page.waitForFunction((n) => window.asked.length > n, before);
  await untilAnswered(page);
  return Date.now() - begun;
}

export const whatIf = [
  [
    'what if: a file of dates alone says why nothing is replayed, and what can be calculated instead',
    async (app) => {
      const { page, record, close } = await dropped(app);
      const swarm = page.locator('flow-swarm');
      assert.match(await swarm.locator('.headline').innerText(), /does not say who had a ticket when/);
      assert.match(await swarm.locator('.summary').innerText(), /Add a second file/);
      assert.equal(await swarm.locator('#replay').count(), 0);
      // The card speaks of swarming alone: what else is missing for want of a history is still listed.
      assert.match(await page.locator('.gaps').innerText(), /Proven waiting/);
      assert.match(await card(page).locator('.origin').innerText(), /from the numbers you type, not from tickets/);
      assert.equal(await card(page).locator('.policies li').count(), 3);
      const before = await finding(page);
      const waited = [await type(page, 'people-1', '9'), await type(page, 'people-2', '4'), await type(page, 'arrivals', '61')];
      assert.notEqual(await finding(page), before);
      assert.equal((await asked(page)).at(-1).tiers[1].people, 9);
      const [file] = await Promise.all([page.waitForEvent('download'), card(page).locator('.tools button', { hasText: 'CSV' }).click()]);
      assert.equal(file.suggestedFilename(), 'what-if.csv');
      await assertClean(page, record);
      await close();
      return { note: `answers ${waited.join(', ')} ms after the last key` };
    },
  ],
  [
    'what if: nonsense is refused in its field, and the answer before it is marked as old',
    async (app) => {
      const { page, record, close } = await dropped(app);
      const questions = (await asked(page)).length;
      await field(page, 'people-0').fill('many');
      const wrong = page.locator('flow-what-if-form #wrong-people-0');
      assert.match(await wrong.innerText(), /whole number from 1 to 200/);
      assert.equal(await field(page, 'people-0').getAttribute('aria-invalid'), 'true');
      assert.match(await field(page, 'people-0').getAttribute('aria-describedby'), /wrong-people-0/);
      assert.match(await card(page).locator('.old[role="alert"]').innerText(), /old/);
      assert.equal(await card(page).locator('.stale').count(), 2);
      await page.waitForTimeout(300);
      assert.equal((await asked(page)).length, questions);
      await type(page, 'people-0', '7');
      assert.equal(await wrong.count(), 0);
      // A tier that is too few people for its work.
      await type(page, 'arrivals', '60');
      await type(page, 'people-1', '1');
      assert.match(await card(page).locator('.old', { hasText: 'Unstable' }).innerText(), /Second line/);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'what if: by keys alone, tiers come and go and a slider moves; of a drag the newest wins',
    async (app) => {
      const { page, record, close } = await dropped(app);
      await page.locator('flow-what-if-form #add').focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => window.asked.at(-1)?.tiers.length === 4);
      assert.equal(await focusedId(page), 'name-3');
      await page.locator('flow-what-if-form button[aria-label^="Remove"]').last().focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => window.asked.at(-1)?.tiers.length === 3);
      assert.equal(await focusedId(page), 'name-2');
      await untilAnswered(page);
      const questions = (await asked(page)).length;
      const slider = page.locator('flow-what-if-form .one:has(#alpha) input[type="range"]');
      await slider.focus();
      for (let n = 0; n < 8; n += 1) await page.keyboard.press('ArrowLeft');
      await untilAnswered(page);
      const moved = (await asked(page)).slice(questions);
      assert.ok(moved.length <= 8);
      assert.equal(moved.at(-1).alpha, 0.4);
      await page.locator('flow-what-if-form #reset').press('Enter');
      await page.waitForFunction(() => window.asked.at(-1)?.alpha === 0.8);
      await assertClean(page, record);
      await close();
      return { note: `${moved.length} questions for 8 steps` };
    },
  ],
  [
    'what if: without a file, with no request, and back again',
    async (app) => {
      const { page, record, close } = await openPage(app, '/', {}, listen);
      const requests = record.requests.length;
      await page.locator('#calculate').focus();
      await page.keyboard.press('Enter');
      await untilAnswered(page);
      const first = await finding(page);
      await type(page, 'people-1', '9');
      assert.notEqual(await finding(page), first);
      assert.deepEqual(record.requests.slice(requests), []);
      await axe(page, 'the calculator without a file', 'main');
      await page.click('#back');
      await page.locator('#drop').waitFor();
      assert.equal(await focusedId(page), 'calculate');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'what if: below a replay that is possible it is folded, and asks nothing before it is unfolded',
    async (app) => {
      const { page, record, close } = await openPage(app, '/', {}, listen);
      await page.click('#sample');
      await untilFigures(page);
      await untilComplete(page);
      assert.deepEqual(await asked(page), []);
      await page.locator('flow-swarm #replay').waitFor();
      await page.locator('details.calculate > summary').press('Enter');
      await untilAnswered(page);
      assert.equal((await asked(page)).length, 1);
      await assertClean(page, record);
      await close();
    },
  ],
  ...['light', 'dark'].flatMap((colorScheme) =>
    [1280, 360].map((width) => [
      `what if: axe, ${colorScheme}, ${width} px`,
      async (app) => {
        const { page, record, close } = await dropped(app, { colorScheme, viewport: { width, height: 900 } });
        await page.locator('flow-what-if button[aria-label="What is this?"]').click();
        for (const summary of await page.locator('flow-what-if details > summary').all()) await summary.click();
        await axe(page, 'the calculator', '#part-swarm');
        await field(page, 'minutes-1').fill('7,5');
        await field(page, 'cv-0').fill('x');
        await page.locator('flow-what-if .stale').first().waitFor();
        await axe(page, 'the calculator with errors', '#part-swarm');
        await assertClean(page, record);
        await close();
      },
    ]),
  ),
];
