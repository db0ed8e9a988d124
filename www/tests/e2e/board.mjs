/** The board: through time by keys and slider, filtered, with limits, for tickets and changes, wide and narrow. */

import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { assertClean, csvFile, openPage, untilComplete, untilFigures } from './harness.mjs';

const DAY = 86_400_000;
const stamp = (ms) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

const table = (header, rows) => Buffer.from(`${[header, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n')}\r\n`);

/** A ticket every eight hours for 90 days: waits a day, is worked on for a day or five; every tenth is not finished. */
function tickets() {
  const from = Date.UTC(2025, 0, 1);
  const rows = Array.from({ length: 270 }, (_, n) => {
    const opened = from + n * (DAY / 3);
    const started = opened + DAY;
    const resolved = n % 10 === 9 ? '' : stamp(started + (n % 5 === 0 ? 5 : 1) * DAY);
    return [`INC${String(n + 1).padStart(7, '0')}`, stamp(opened), stamp(started), resolved, resolved ? 'Resolved' : n % 20 === 19 ? 'On Hold' : 'In Progress', `${(n % 4) + 1} - Level`, `Team ${n % 3}`, ['Mail', 'VPN'][n % 2]];
  });
  return table(['number', 'opened_at', 'work_start', 'resolved_at', 'state', 'priority', 'assignment_group', 'business_service'], rows);
}

/** A change a day: asked for, planned five days later at night. */
function changes() {
  const from = Date.UTC(2025, 0, 1, 9);
  const rows = Array.from({ length: 90 }, (_, n) => {
    const opened = from + n * DAY;
    const start = opened + 5 * DAY + 13 * 3_600_000;
    const ended = n < 80;
    return [`CHG${String(n + 1).padStart(7, '0')}`, 'normal', stamp(opened), stamp(start), stamp(start + 2 * 3_600_000), ended ? stamp(start) : '', ended ? stamp(start + 3_600_000) : '', ended ? 'Closed' : 'Scheduled', ended ? 'Successful' : '', 'Moderate', `Team ${n % 3}`, ['Mail', 'VPN'][n % 2]];
  });
  return table(['number', 'type', 'opened_at', 'start_date', 'end_date', 'work_start', 'work_end', 'state', 'close_code', 'risk', 'assignment_group', 'business_service'], rows);
}

const FILES = [csvFile('tickets.csv', tickets()), csvFile('changes.csv', changes())];

/** Writes down what the page asks for the board. */
const listen = (context) =>
  context.addInitScript(() => {
    window.asked = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...others) {
      if (message.call === 'report' && message.query.parts?.join() === 'board') window.asked.push(message.query);
      return postMessage.call(this, message, ...others);
    };
  });

const asked = (page) => page.evaluate(() => window.asked);

async function opened(app, options = {}, files = FILES) {
  const { page, record, close } = await openPage(app, '/', options, listen);
  await page.setInputFiles('#file', files);
  await untilFigures(page);
  await untilComplete(page);
  await page.waitForSelector('flow-board flow-board-column');
  await page.locator('flow-board').scrollIntoViewIfNeeded();
  return { page, record, close };
}

const headline = (page) => page.locator('flow-board .headline').innerText();
const dayOf = async (page) => (await headline(page)).match(/^On (\d+ \w+ \d+)/)?.[1];
const slider = (page) => page.locator('flow-board-time #day');
const shown = (page) => slider(page).getAttribute('aria-valuetext');

/** The board has come to the day of the slider. */
const untilThere = (page) =>
  page.waitForFunction(() => {
    const board = document.querySelector('flow-board').shadowRoot;
    const day = board.querySelector('flow-board-time').shadowRoot.querySelector('#day').getAttribute('aria-valuetext').split(', ')[1];
    return board.querySelector('.stage').getAttribute('aria-busy') === 'false' && board.querySelector('.headline').textContent.includes(day);
  });

const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return `${element?.tagName.toLowerCase()}#${element?.id}.${element?.className}: ${element?.textContent.trim().slice(0, 20)}`;
  });

export const board = [
  [
    'board: a day, a week and an end by keys; the focus stays, the rest of the page too, and it is said when it rests',
    async (app) => {
      const { page, record, close } = await opened(app);
      const before = await page.locator('flow-lead-time .summary').innerText();
      const latest = await shown(page);
      await slider(page).focus();
      await page.keyboard.press('ArrowLeft');
      await untilThere(page);
      const dayBefore = await shown(page);
      assert.notEqual(dayBefore, latest);
      await page.keyboard.press('PageDown');
      await untilThere(page);
      const days = (text) => Date.parse(`${text.split(', ')[1]} UTC`) / DAY;
      assert.equal(days(dayBefore) - days(await shown(page)), 7);
      await page.keyboard.press('PageUp');
      assert.equal(await shown(page), dayBefore);
      await page.keyboard.press('Home');
      await untilThere(page);
      assert.equal(await dayOf(page), await page.locator('flow-board-time .ends span').first().innerText());
      await page.keyboard.press('End');
      await untilThere(page);
      assert.equal(await slider(page).inputValue(), await slider(page).getAttribute('max'));
      assert.match(await focused(page), /^input#day/);
      assert.equal(await page.locator('flow-lead-time .summary').innerText(), before);
      assert.equal(await page.locator('flow-controls .chip').count(), 0);
      await page.keyboard.press('ArrowLeft');
      await untilThere(page);
      await page.waitForFunction(() => /: .*\d/.test(document.querySelector('flow-board').shadowRoot.querySelector('[role="status"]').textContent));
      assert.ok((await page.locator('flow-board [role="status"]').innerText()).startsWith(await dayOf(page)));
      await page.locator('flow-board-time button', { hasText: /Latest|^To / }).click();
      assert.equal(await shown(page), latest);
      await untilThere(page);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'board: a slider that is dragged asks no more than it can show, the last day wins, and no column goes away',
    async (app) => {
      const { page, record, close } = await opened(app);
      const columns = await page.locator('flow-board flow-board-column').count();
      const outcome = await page.evaluate(async () => {
        window.asked.length = 0;
        const board = document.querySelector('flow-board').shadowRoot;
        const day = board.querySelector('flow-board-time').shadowRoot.querySelector('#day');
        let fewest = Infinity;
        const watch = new MutationObserver(() => (fewest = Math.min(fewest, board.querySelectorAll('flow-board-column').length)));
        watch.observe(board, { childList: true, subtree: true });
        const last = Number(day.max) - 2;
        for (let value = last - 40; value <= last; value += 1) {
          day.value = String(value);
          day.dispatchEvent(new Event('input', { bubbles: true }));
          if (value % 5 === 0) await new Promise((resolve) => setTimeout(resolve));
        }
        return { steps: 41, fewest, last: new Date(last * 86_400_000).toISOString().slice(0, 10) };
      });
      await untilThere(page);
      const days = (await asked(page)).map(({ as_of }) => as_of);
      assert.equal(days.at(-1), outcome.last);
      assert.ok(days.length < outcome.steps, `${days.length} questions for ${outcome.steps} steps`);
      assert.ok(outcome.fewest >= columns || outcome.fewest === Infinity, `${outcome.fewest} of ${columns} columns`);
      await assertClean(page, record);
      await close();
      return { note: `${days.length} questions for ${outcome.steps} steps` };
    },
  ],
  [
    'board: a limit in words, a wrong one refused where it was written; a team; back to the page',
    async (app) => {
      const { page, record, close } = await opened(app);
      const active = page.locator('flow-board flow-board-column[name="active"]');
      const all = Number((await active.locator('.count').innerText()).match(/\d+/)[0]);
      assert.ok(all > 2, `${all} active`);
      await active.locator('input').fill('2');
      await page.keyboard.press('Tab');
      await active.locator('.limit').waitFor();
      assert.equal(await active.locator('.limit').innerText(), `${all} of 2: ${all - 2} over`);
      assert.match(await headline(page), /over its limit of 2/);
      await active.locator('input').fill('0');
      await page.keyboard.press('Tab');
      assert.match(await active.locator('[role="alert"]').innerText(), /whole number from 1/);
      assert.equal(await active.locator('.limit').innerText(), `${all} of 2: ${all - 2} over`);
      await active.locator('input').fill('2');
      await page.keyboard.press('Tab');
      const team = page.locator('flow-board .filters label', { hasText: 'Team' }).locator('select');
      await page.waitForFunction(() => document.querySelector('flow-board').shadowRoot.querySelectorAll('.filters select option').length > 4);
      const value = await team.locator('option').nth(1).getAttribute('value');
      await team.selectOption(value);
      await page.waitForFunction((count) => !document.querySelector('flow-board').shadowRoot.querySelector('flow-board-column[name="active"]').shadowRoot.querySelector('.count').textContent.startsWith(String(count)), all);
      assert.deepEqual((await asked(page)).at(-1).filter, { group: [value] });
      assert.deepEqual((await asked(page)).at(-1).board.wip_limits, { active: 2 });
      assert.equal(await page.locator('flow-controls .chip').count(), 0);
      await page.locator('flow-board button', { hasText: 'Back to the board of the page' }).click();
      await page.waitForFunction((count) => document.querySelector('flow-board').shadowRoot.querySelector('flow-board-column[name="active"]').shadowRoot.querySelector('.count').textContent.startsWith(String(count)), all);
      assert.equal(await active.locator('.limit').count(), 0);
      assert.equal(await team.inputValue(), await team.locator('option').first().getAttribute('value'));
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'board: cards by arrow keys, from column to column; Enter opens the ticket as it was known then, and the focus comes back',
    async (app) => {
      const { page, record, close } = await opened(app);
      await slider(page).focus();
      for (let n = 0; n < 4; n += 1) await page.keyboard.press('PageDown');
      await untilThere(page);
      const first = page.locator('flow-board flow-board-column[name="active"] .open').first();
      await first.focus();
      await page.keyboard.press('ArrowDown');
      const second = await focused(page);
      assert.notEqual(second, `button#.open: ${(await first.innerText()).trim()}`);
      assert.equal(await page.locator('flow-board flow-board-column[name="active"] .open[tabindex="0"]').count(), 1);
      await page.keyboard.press('ArrowRight');
      assert.notEqual(await focused(page), second);
      await page.keyboard.press('ArrowLeft');
      const here = await focused(page);
      await page.keyboard.press('Enter');
      await page.waitForSelector('dialog[open] flow-ticket');
      assert.ok(here.endsWith(await page.locator('#ticket-title').innerText()), here);
      assert.ok((await page.locator('dialog[open] .muted').first().innerText()).includes(await dayOf(page)));
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog[open]', { state: 'detached' });
      assert.equal(await focused(page), here);
      await page.locator('flow-board .tools button', { hasText: 'Table' }).click();
      await page.locator('flow-board flow-fitting-table').nth(1).locator('tbody button').first().click();
      await page.waitForSelector('dialog[open] flow-ticket');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'board: the change schedule, with days to come, windows and a file of counts',
    async (app) => {
      const { page, record, close } = await opened(app);
      await page.locator('flow-board .segments button', { hasText: 'Changes' }).click();
      await page.waitForFunction(() => /change/.test(document.querySelector('flow-board').shadowRoot.querySelector('.headline').textContent));
      await untilThere(page);
      assert.equal((await asked(page)).at(-1).of, 'changes');
      await slider(page).focus();
      await page.keyboard.press('PageDown');
      await page.keyboard.press('PageDown');
      await untilThere(page);
      const planned = page.locator('flow-board flow-board-column[name="planned"]');
      assert.match(await planned.locator('li').first().innerText(), /CHG\d+[\s\S]*\d+ \w+ 2025, \d\d:\d\d to /);
      await planned.locator('.open').first().click();
      await page.waitForSelector('dialog[open] flow-ticket');
      assert.match(await page.locator('#ticket-title').innerText(), /^CHG/);
      await page.keyboard.press('Escape');
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator('flow-board .tools button', { hasText: 'CSV' }).click()]);
      assert.match(file.suggestedFilename(), /^board-changes-2025-\d\d-\d\d\.csv$/);
      await assertClean(page, record);
      await close();
    },
  ],
  ...['light', 'dark'].flatMap((colorScheme) =>
    [1440, 360].map((width) => [
      `board: axe, ${colorScheme}, ${width} px`,
      async (app) => {
        const { page, record, close } = await opened(app, { colorScheme, viewport: { width, height: 900 } });
        const board = page.locator('flow-board');
        await board.locator('button[aria-label="What is this?"]').click();
        await board.locator('details > summary').last().click();
        await board.locator('flow-board-column[name="active"] input').fill('1');
        await page.keyboard.press('Tab');
        await board.locator('flow-board-column[name="active"] .over').waitFor();
        await axe(page, 'board', 'flow-board');
        await board.locator('.segments button', { hasText: 'Changes' }).click();
        await untilThere(page);
        await axe(page, 'board of changes', 'flow-board');
        await board.locator('.tools button', { hasText: 'Table' }).click();
        await axe(page, 'tables of the board', 'flow-board');
        await board.locator('.tools button', { hasText: 'Table' }).click();
        if (width === 360) {
          // A column is brought into sight by its button; the page itself never scrolls sideways.
          const jump = board.locator('.jumps button', { hasText: 'Done' });
          await jump.click();
          await page.waitForFunction(() => {
            const done = document.querySelector('flow-board').shadowRoot.querySelector('flow-board-column[name="done"]').getBoundingClientRect();
            return done.left >= 0 && done.right <= innerWidth;
          });
        }
        await assertClean(page, record);
        await close();
      },
    ]),
  ),
];
