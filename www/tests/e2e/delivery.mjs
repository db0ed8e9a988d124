/** Incidents, changes and deployments dropped together: the five, what links them, what counts as production. */

import assert from 'node:assert/strict';
import { axe, fits } from './axe.mjs';
import { assertClean, csvFile, dropFiles, incidents, openPage, untilComplete, untilFigures } from './harness.mjs';


const two = (n) => String(n).padStart(2, '0');
const day = (n) => `2025-${two((Math.floor(n / 28) % 9) + 1)}-${two((n % 28) + 1)}`;
const SERVICES = ['Mail', 'Payments', '<b>Portal</b>'];
const service = (n) => SERVICES[n % SERVICES.length];

function csv(header, rows) {
  return Buffer.from([header, ...rows].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n') + '\r\n');
}

/** One in four changes has a deployment that fails; its incident names it, in a column or in its text alone. */
const changeId = (n) => `CHG${String(n + 1).padStart(7, '0')}`;

const CHANGES = csv(
  ['number', 'opened_at', 'approval_set', 'start_date', 'end_date', 'work_start', 'work_end', 'type', 'risk', 'state', 'close_code', 'assignment_group', 'business_service', 'short_description'],
  Array.from({ length: 60 }, (_, n) => [
    changeId(n), `${day(n)} 08:00:00`, `${day(n)} 09:00:00`, `${day(n)} 10:00:00`, `${day(n)} 12:00:00`, `${day(n)} 10:05:00`, `${day(n)} ${n % 5 === 0 ? '13' : '11'}:30:00`,
    ['Normal', 'Standard', 'Emergency'][n % 3], ['Low', 'High'][n % 2], 'Closed', n % 4 === 0 ? 'Unsuccessful' : 'Successful', `Team ${n % 5}`, service(n), 'Exchange a part',
  ]),
);

const DEPLOYMENTS = csv(
  ['id', 'service', 'environment', 'started', 'finished', 'result', 'commit_time', 'change'],
  Array.from({ length: 90 }, (_, n) => {
    const live = n < 60;
    const at = live ? n : n - 60;
    return [
      `D-${n + 1}`, service(at), live ? 'production' : 'staging', `${day(at)} 10:05:00`, `${day(at)} 10:25:00`,
      live && at % 4 === 0 ? 'failure' : 'success', `${day(at)} 06:00:00`, live ? changeId(at) : '',
    ];
  }),
);

/** Incidents of the harness with a service, and with what caused one in twenty. */
const INCIDENTS = (() => {
  const lines = incidents(240, (cells, n) => {
    if (n % 40 === 8) cells.short_description = `Broken since ${changeId(n % 60)}`;
  }).toString().trimEnd().split('\r\n');
  const more = (n) => `"${service(n)}","${n % 20 === 0 ? changeId(n % 60) : ''}"`;
  return Buffer.from(`${lines.map((line, n) => `${line},${n === 0 ? 'business_service,caused_by' : more(n - 1)}`).join('\r\n')}\r\n`);
})();

const FILES = [csvFile('incidents.csv', INCIDENTS), csvFile('changes.csv', CHANGES), csvFile('deployments.csv', DEPLOYMENTS)];

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

async function opened(app, options = {}) {
  const { page, record, close } = await openPage(app, '/', options, listen);
  await dropFiles(page, FILES);
  await untilFigures(page);
  await untilComplete(page);
  // The last card: they come one after the other.
  await page.waitForSelector('flow-changes');
  return { page, record, close };
}

const headline = (page) => page.locator('flow-five .headline').innerText();
const chips = (page) => page.locator('flow-controls .chip').allInnerTexts();
const lastAsked = (page) => page.evaluate(() => window.asked.at(-1).delivery ?? {});
const unused = (page) => page.locator('flow-delivery-links .tag', { hasText: 'not used' }).count();

const CARDS = ['flow-five', 'flow-deployments', 'flow-delivery-by', 'flow-delivery-times', 'flow-delivery-links', 'flow-services', 'flow-wall', 'flow-changes'];

async function check(page, where, part) {
  await axe(page, where, part);
  const { width, height } = page.viewportSize();
  if (width >= 600) return;
  // As narrow as phones are.
  await page.setViewportSize({ width: 360, height });
  await fits(page, `${where} at 360 px`);
  await page.setViewportSize({ width, height });
}

export const delivery = [
  [
    'delivery: incidents, changes and deployments dropped together show the five, each with how sure it is or with what to add',
    async (app) => {
      const { page, record, close } = await opened(app);
      const tiles = page.locator('flow-five .tile');
      assert.deepEqual(
        await tiles.evaluateAll((all) => all.map((tile) => tile.dataset.figure)),
        ['frequency', 'change_lead_time', 'change_fail_rate', 'recovery_time', 'rework_rate'],
      );
      for (const tile of await tiles.all()) assert.match(await tile.innerText(), /\d.*\n|Not computable\s+\S.+\s+\S.+/);
      assert.match(await tiles.nth(2).innerText(), /95 %: .+ to .+/);
      assert.match(await tiles.first().innerText(), /2024 clusters: .*\n.*2025 mean: /s);
      for (const card of CARDS) assert.equal(await page.locator(card).count(), 1, card);
      // The same as a table, and for whoever does not see the picture as a sentence.
      await page.click('flow-five >> text=Table');
      assert.equal(await page.locator('flow-five flow-fitting-table').first().locator('tbody tr').count(), 5);
      await page.locator('flow-services').scrollIntoViewIfNeeded();
      assert.match(await page.locator('flow-services [role="img"]').first().getAttribute('aria-label'), /\d+ deployments?, \d+ failed; \d+ incidents?/);
      assert.equal(await page.evaluate(() => document.querySelector('flow-services').shadowRoot.querySelector('b')), null);
      await page.locator('flow-deployments').scrollIntoViewIfNeeded();
      await page.waitForSelector('flow-deployments .chart svg');
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'delivery: links by text are asked for and taken back, and guesses stay named as such',
    async (app) => {
      const { page, record, close } = await opened(app);
      const before = await unused(page);
      assert.ok(before >= 1, 'guesses are off at first');
      await page.locator('flow-delivery-links button', { hasText: 'Change how they are linked' }).click();
      await page.waitForSelector('flow-delivery-panel');
      await page.locator('flow-delivery-panel #link-text').check();
      await page.waitForFunction((old) => document.querySelector('flow-delivery-links').shadowRoot.textContent.match(/not used/g)?.length !== old, before);
      await untilComplete(page);
      assert.equal((await lastAsked(page)).link_by_text, true);
      assert.match((await chips(page)).join(), /Linked by change numbers in text/);
      assert.equal(await unused(page), before - 1);
      await page.locator('flow-delivery-panel #link-time').check();
      await page.locator('flow-delivery-panel #link-hours').fill('24');
      await page.keyboard.press('Tab');
      await page.waitForFunction(() => window.asked.at(-1).delivery?.link_by_time_seconds === 86400);
      await untilComplete(page);
      assert.match((await chips(page)).join(), /Guess: linked by time, within/);
      assert.ok((await page.locator('flow-delivery-links .tag.guess').count()) >= 1);
      await page.locator('flow-delivery-panel #lead-from').selectOption({ index: 2 });
      await page.waitForFunction(() => window.asked.at(-1).delivery?.lead_from === 'change_opened');
      await page.waitForFunction(() => /opening of the change/.test(document.querySelector('flow-five').shadowRoot.textContent));
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => document.querySelector('flow-controls').shadowRoot.activeElement?.id), 'open-delivery');
      await page.click('flow-controls #clear');
      await page.waitForFunction((old) => document.querySelector('flow-delivery-links').shadowRoot.textContent.match(/not used/g)?.length === old, before);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'delivery: an environment becomes production in the mapping, by keyboard, and is undone and remembered',
    async (app) => {
      const { page, record, close } = await opened(app);
      const before = await headline(page);
      await page.locator('.read-as > summary').click();
      await page.waitForSelector('flow-mapping form');
      const folded = page.locator('flow-mapping details[data-meanings="environment"]:not([open]) > summary');
      if (await folded.count()) await folded.click();
      const classOf = () => page.locator('flow-mapping [data-board="environment"] .chip', { hasText: 'staging' }).evaluate((chip) => chip.closest('.class').dataset.class);
      assert.equal(await classOf(), 'other');
      await page.locator('flow-mapping [data-board="environment"] .chip', { hasText: 'staging' }).locator('.grip').focus();
      await page.keyboard.press('ArrowLeft');
      assert.equal(await classOf(), 'production');
      assert.equal(await page.locator('flow-mapping form > [role="status"].visually-hidden').innerText(), 'staging is now Production.');
      await page.keyboard.press('Control+z');
      assert.equal(await classOf(), 'other');
      await page.keyboard.press('Control+y');
      assert.equal(await classOf(), 'production');
      await page.click('flow-mapping button[type="submit"]');
      await page.waitForSelector('.notice');
      await untilComplete(page);
      await page.waitForFunction((old) => {
        const text = document.querySelector('flow-five')?.shadowRoot?.querySelector('.headline')?.textContent;
        return text && text.trim() !== old.trim();
      }, before);
      const stored = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
      assert.match(stored, /environments.*staging/);
      await assertClean(page, record);
      await close();
    },
  ],
  [
    'delivery: tickets alone have one card that says what would supply the others',
    async (app) => {
      const { page, record, close } = await openPage(app);
      await page.setInputFiles('#file', csvFile('incidents.csv', incidents(200)));
      await untilFigures(page);
      await untilComplete(page);
      await page.waitForSelector('flow-five .missing');
      assert.equal(await page.locator('#delivery .grid > *').count(), 1);
      assert.match(await page.locator('flow-five .missing').innerText(), /deployments/);
      assert.equal(await page.locator('flow-controls #open-delivery').count(), 0);
      await assertClean(page, record);
      await close();
    },
  ],
  ...['light', 'dark'].flatMap((colorScheme) =>
    [1280, 390].map((width) => [
      `axe: delivery, ${colorScheme}, ${width} px`,
      async (app) => {
        const { page, record, close } = await opened(app, { colorScheme, viewport: { width, height: 900 } });
        const cards = page.locator(CARDS.join(', '));
        for (const help of await cards.locator('button[aria-label="What is this?"]').all()) await help.click();
        await check(page, 'the cards of delivery', '#delivery');
        for (const table of await cards.locator('button', { hasText: 'Table' }).all()) await table.click();
        await check(page, 'their tables', '#delivery');
        await page.click('flow-controls #open-delivery');
        await page.locator('flow-delivery-panel #link-time').check();
        await untilComplete(page);
        await check(page, 'the panel', 'flow-controls');
        await page.keyboard.press('Escape');
        await page.locator('.read-as > summary').click();
        await page.waitForSelector('flow-mapping form');
        const closed = page.locator('flow-mapping details.meanings:not([open]) > summary');
        while ((await closed.count()) > 0) await closed.first().click();
        await check(page, 'the mapping', 'flow-mapping');
        await assertClean(page, record);
        await close();
      },
    ]),
  ),
];
