/** Asking: filters, the day at which the report stands, clocks, comparison and lenses, by mouse and by keyboard. */

import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { readFileSync } from 'node:fs';
import { assertClean, counted, csvFile, filterBy, incidents, openPage, untilComplete, untilFigures } from './harness.mjs';


/** Writes down what the page asks the worker. */
const listen = (context) =>
  context.addInitScript(() => {
    window.asked = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...others) {
      if (message.call === 'report') window.asked.push(message.query);
      return postMessage.call(this, message, ...others);
    };
  });

const asked = (page) => page.evaluate(() => window.asked);

/** 300 tickets: priorities 1 to 4 in turn, teams 0 to 4 in turn, one in ten open. */
async function opened(app, options = {}) {
  const { page, record, close } = await openPage(app, '/', options, listen);
  await page.setInputFiles('#file', csvFile('incidents.csv', incidents(300)));
  await untilFigures(page);
  await untilComplete(page);
  return { page, record, close };
}

const summary = (page) => page.locator('flow-lead-time .summary').innerText();
const chips = (page) => page.locator('flow-controls .chip').allInnerTexts();

/** Waits until the bar counts so many tickets. */
async function untilCounted(page, wanted) {
  await page.waitForFunction(
    (count) => document.querySelector('flow-controls').shadowRoot.querySelector('.count').textContent.replaceAll(',', '').match(/\d+/)?.[0] === String(count),
    wanted,
  );
}

export const questions = [
  [
    'the first screen is asked for alone, the rest follows in pieces',
    async (app) => {
      const { page, record, close } = await opened(app);
      const queries = await asked(page);
      const pieces = queries.filter(({ min_group }) => min_group !== 1).map(({ parts }) => parts);
      assert.deepEqual([...pieces[0]].sort(), ['ageing', 'handoffs', 'lead_time', 'sentences', 'throughput', 'wip']);
      assert.ok(pieces.length > 6, `${pieces.length} pieces`);
      assert.ok(pieces.slice(1).flat().includes('forecast'));
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'two values of a dimension, one of another, taken away by chips, undone',
    async (app) => {
      const { page, record, close } = await opened(app);
      await filterBy(page, 'Priority', '1 - Level', '2 - Level');
      await untilCounted(page, 150);
      await filterBy(page, 'Assignment group', 'Team 3');
      await untilCounted(page, 30);
      assert.deepEqual((await chips(page)).map((text) => text.replace('×', '').trim()), ['Priority: 1 - Level or 2 - Level', 'Assignment group: Team 3']);
      await page.click('flow-controls #undo-question');
      await untilCounted(page, 150);
      await page.locator('flow-controls .chip').first().click();
      await untilCounted(page, 300);
      assert.equal(await page.locator('flow-controls .chip').count(), 0);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'a newer question drops what the one before has not been answered yet',
    async (app) => {
      const { page, record, close } = await opened(app);
      await page.click('flow-controls #open-filter');
      await page.locator('flow-filter-panel .values input').first().waitFor();
      await page.evaluate(() => {
        window.asked.length = 0;
        const panel = document.querySelector('flow-controls').shadowRoot.querySelector('flow-filter-panel').shadowRoot;
        for (const box of [...panel.querySelectorAll('.values input')].slice(0, 3)) box.click();
      });
      await untilCounted(page, 225);
      await untilComplete(page);
      const sizes = (await asked(page)).map(({ filter, parts }) => [filter?.priority?.length ?? 0, parts.length]);
      assert.ok(sizes.filter(([values]) => values < 3).length <= 1, JSON.stringify(sizes));
      assert.ok(sizes.filter(([values]) => values === 3).length > 6, JSON.stringify(sizes));
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'a selection that leaves nothing is said, and undone',
    async (app) => {
      const { page, record, close } = await opened(app);
      await page.click('flow-controls #open-dates');
      await page.locator('flow-dates-panel input[aria-label="Opened to"]').fill('2020-01-01');
      await page.keyboard.press('Tab');
      await page.waitForSelector('#nothing-title');
      assert.equal(await page.locator('.grid').count(), 0);
      await page.locator('section', { has: page.locator('#nothing-title') }).locator('button', { hasText: 'Undo' }).click();
      await page.waitForSelector('.grid');
      await untilCounted(page, 300);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'as of another day, by keyboard alone: fewer tickets, a day an arrow key, and back to the latest',
    async (app) => {
      const { page, record, close } = await opened(app);
      await page.locator('flow-controls #open-as-of').focus();
      await page.keyboard.press('Enter');
      await page.locator('flow-as-of-panel #day').focus();
      const day = () => page.locator('flow-as-of-panel #day').getAttribute('aria-valuetext');
      const latest = await day();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      assert.notEqual(await day(), latest);
      await page.waitForFunction(() => {
        const text = document.querySelector('flow-controls').shadowRoot.querySelector('.count').textContent;
        return /of 300/.test(text);
      });
      assert.ok((await counted(page)) < 300);
      assert.match((await chips(page)).join(' '), /As of/);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.equal(await day(), latest);
      await untilCounted(page, 300);
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => document.querySelector('flow-controls').shadowRoot.activeElement?.id), 'open-as-of');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'the clock of working hours changes the median and says so; bad hours are refused and the figures stay',
    async (app) => {
      const { page, record, close } = await opened(app);
      const before = await summary(page);
      await page.click('flow-controls #open-clock');
      await page.locator('flow-clock-panel input[type="radio"]').nth(1).check();
      await page.waitForFunction((old) => document.querySelector('flow-lead-time').shadowRoot.querySelector('.summary').textContent.trim() !== old.trim(), before);
      assert.match(await page.locator('flow-controls #open-clock').innerText(), /working hours/);
      await untilComplete(page);
      const business = await summary(page);
      await page.locator('flow-clock-panel #hours').fill('Mon-Fri whenever');
      await page.keyboard.press('Tab');
      await page.waitForSelector('flow-clock-panel .refusal');
      assert.match(await page.locator('flow-clock-panel .refusal').innerText(), /whenever/);
      assert.equal(await page.locator('flow-clock-panel #hours').getAttribute('aria-invalid'), 'true');
      assert.equal(await summary(page), business);
      await page.locator('flow-clock-panel #hours').fill('24/7');
      await page.keyboard.press('Tab');
      await page.waitForFunction(() => !document.querySelector('flow-controls').shadowRoot.querySelector('flow-clock-panel').shadowRoot.querySelector('.refusal'));
      await page.waitForFunction((old) => document.querySelector('flow-lead-time').shadowRoot.querySelector('.summary').textContent.trim() !== old.trim(), business);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'days off from an .ics file, one taken away again',
    async (app) => {
      const { page, record, close } = await opened(app);
      await page.click('flow-controls #open-clock');
      const event = (date, name) => `BEGIN:VEVENT\r\nUID:${date}\r\nDTSTART;VALUE=DATE:${date}\r\nSUMMARY:${name}\r\nEND:VEVENT\r\n`;
      const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${event('20250101', 'New Year')}${event('20250418', 'Good Friday')}END:VCALENDAR\r\n`;
      await page.locator('flow-clock-panel #ics').setInputFiles({ name: 'holidays.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) });
      const days = page.locator('flow-clock-panel .holidays li');
      await days.first().waitFor();
      assert.deepEqual(await days.locator('span').allInnerTexts(), ['1 Jan 2025, New Year', '18 Apr 2025, Good Friday']);
      await days.first().locator('button').click();
      await page.waitForFunction(() => document.querySelector('flow-controls').shadowRoot.querySelector('flow-clock-panel').shadowRoot.querySelectorAll('.holidays li').length === 1);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'a team against all tickets: both sides on the page, with a verdict for each figure',
    async (app) => {
      const { page, record, close } = await opened(app);
      await filterBy(page, 'Assignment group', 'Team 1');
      await untilCounted(page, 60);
      await page.click('flow-controls #open-compare');
      await page.locator('flow-compare-panel fieldset button', { hasText: 'All tickets' }).click();
      await page.waitForSelector('#differences');
      await untilComplete(page);
      await page.keyboard.press('Escape');
      await page.locator('flow-comparison').scrollIntoViewIfNeeded();
      await page.waitForSelector('flow-comparison .chart svg');
      const words = await page.locator('flow-comparison .chart').textContent();
      assert.match(words, /This: /);
      assert.match(words, /Other: All tickets/);
      const verdicts = await page.locator('#differences tbody td:last-child').allInnerTexts();
      assert.ok(verdicts.length > 2);
      for (const verdict of verdicts) assert.notEqual(verdict.trim(), '');
      assert.equal((await asked(page)).at(-1).compare.label, 'All tickets');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'figures by an element of the operating model: sorted, filtered by a row, taken away; no people unasked',
    async (app) => {
      const { page, record, close } = await openPage(app, '/', {}, listen);
      await page.click('#sample');
      await untilFigures(page);
      await untilComplete(page);
      const table = page.locator('flow-breakdown');
      await table.scrollIntoViewIfNeeded();
      await table.locator('tbody tr').first().waitFor();
      const lens = page.locator('flow-lens');
      assert.equal(await lens.locator('.lenses button').count(), 7);
      await lens.locator('.lenses button', { hasText: 'Any column' }).click();
      const columns = await lens.locator('.dimensions button').allInnerTexts();
      assert.equal(columns.some((name) => /assign(ed|ee)/i.test(name)), false, columns.join());
      await lens.locator('label', { hasText: 'Show people' }).locator('input').check();
      assert.ok((await lens.locator('.dimensions button').count()) > columns.length);
      const header = table.locator('thead th').nth(2);
      await header.locator('button').click();
      assert.equal(await header.getAttribute('aria-sort'), 'descending');
      const [download] = await Promise.all([page.waitForEvent('download'), table.locator('button', { hasText: 'Download CSV' }).click()]);
      assert.match(readFileSync(await download.path(), 'utf8').split('\r\n')[0], /tickets,/);
      await table.locator('tbody td button.link').first().click();
      await page.waitForSelector('#explain-dialog[open] .receipt-lines');
      assert.match(await page.locator('#explain-dialog .receipt-lines').innerText(), /SHA-256 of .*\n?[0-9a-f]{64}/);
      assert.ok((await page.locator('#explain-dialog .ids li').count()) > 0);
      await page.keyboard.press('Escape');
      const name = await table.locator('tbody th').first().innerText();
      await table.locator('tbody button', { hasText: 'Filter' }).first().click();
      await page.waitForFunction((wanted) => document.querySelector('flow-controls').shadowRoot.querySelector('.chip')?.textContent.includes(wanted), name);
      await assertClean(page, record);
      await close();
    },
  ],
  ...['light', 'dark'].flatMap((colorScheme) =>
    [1440, 360].map((width) => [
      `axe: every control, ${colorScheme}, ${width} px`,
      async (app) => {
        const { page, record, close } = await opened(app, { colorScheme, viewport: { width, height: 900 } });
        const check = (where) => axe(page, where);
        await filterBy(page, 'Assignment group', 'Team 1');
        await untilComplete(page);
        await check('filter');
        for (const panel of ['dates', 'as-of', 'compare', 'settings', 'clock']) {
          await page.click(`flow-controls #open-${panel}`);
          await check(panel);
        }
        await page.locator('flow-clock-panel #hours').fill('whenever');
        await page.keyboard.press('Tab');
        await page.waitForSelector('flow-clock-panel .refusal');
        await check('refused hours');
        await page.keyboard.press('Escape');
        await check('refused hours, panel closed');
        await page.locator('flow-controls .refusal button').click();
        await page.click('flow-controls #open-compare');
        await page.locator('flow-compare-panel fieldset button').first().click();
        await page.waitForSelector('#differences');
        await page.keyboard.press('Escape');
        await untilComplete(page);
        await page.locator('flow-lead-time button[aria-label="What is this?"]').click();
        await page.locator('flow-lead-time .receipt > summary').click();
        await page.locator('flow-breakdown details summary').click();
        await check('comparison, receipt and lens');
        await assertClean(page, record);
        await close();
      },
    ]),
  ),
];
