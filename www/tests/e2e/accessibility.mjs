/** axe on every screen, light and dark, wide and narrow; and no sideways scrolling. */

import assert from 'node:assert/strict';
import { axe } from './axe.mjs';
import { PNG_FILE, assertClean, csvFile, incidents, openPage, untilFigures } from './harness.mjs';


const ambiguous = incidents(60, (cells, n) => {
  cells.opened_at = `03/${String((n % 12) + 1).padStart(2, '0')}/2025 08:00`;
  cells.resolved_at = '';
});

const SIZES = ['light', 'dark'].flatMap((colorScheme) => [1440, 360].map((width) => ({ colorScheme, width })));

const screens = SIZES.map(({ colorScheme, width }) => [
  `axe: ${colorScheme}, ${width} px`,
  async (app) => {
    const { page, close } = await openPage(app, '/', { colorScheme, viewport: { width, height: 900 } });
    for (const summary of await page.locator('.guide summary').all()) await summary.click();
    await axe(page, 'landing');
    await page.setInputFiles('#file', PNG_FILE);
    await page.waitForSelector('.error');
    await axe(page, 'error');
    await page.setInputFiles('#file', csvFile('dates.csv', ambiguous));
    await page.waitForSelector('main > flow-mapping fieldset');
    await axe(page, 'mapping');
    for (const fold of await page.locator('flow-mapping .fold-button').all()) await fold.click();
    for (const closed = page.locator('flow-mapping details:not([open]) > summary').first(); await closed.count(); ) {
      await closed.click();
      await page.waitForTimeout(50);
    }
    await axe(page, 'mapping, unfolded');
    await page.setInputFiles('#file', csvFile('incidents.csv', incidents(300)));
    await untilFigures(page);
    await page.locator('flow-lead-time').scrollIntoViewIfNeeded();
    await page.waitForSelector('flow-lead-time .chart svg');
    for (const help of await page.locator('button[aria-label="What is this?"]').all()) await help.click();
    await page.locator('.read-as > summary').click();
    await axe(page, 'dashboard');
    for (const table of await page.locator('flow-lead-time, flow-throughput').locator('button', { hasText: 'Table' }).all()) await table.click();
    await axe(page, 'tables');
    await page.locator('flow-lead-time tbody button').first().click();
    await page.waitForSelector('dialog[open]');
    await axe(page, 'dialog');
    await close();
  },
]);

/** Cards of figures, and charts that only the dashboard has. */
const FIGURES = [
  'flow-waiting', 'flow-again', 'flow-time-in', 'flow-percentiles', 'flow-ageing-bands', 'flow-chances', 'flow-wip-age', 'flow-fits',
  'flow-survival', 'flow-clocks', 'flow-forecast', 'flow-cfd', 'flow-behaviour', 'flow-efficiency', 'flow-touches', 'flow-rework',
  'flow-cost',
];

/** The sample has everything a report can hold: all cards are on the page. */
const sample = SIZES.map(({ colorScheme, width }) => [
  `axe: all cards, ${colorScheme}, ${width} px`,
  async (app) => {
    const { page, record, close } = await openPage(app, '/', { colorScheme, viewport: { width, height: 900 } });
    await page.click('#sample');
    await untilFigures(page);
    const cards = page.locator(FIGURES.join(', '));
    await page.waitForSelector('flow-percentiles table');
    assert.equal(await cards.count(), FIGURES.length);
    assert.match(await page.locator('flow-waiting .headline').innerText(), /^At least \d+ % .* proven, not estimated\.$/);
    for (const help of await cards.locator('button[aria-label="What is this?"]').all()) await help.click();
    await axe(page, 'cards');
    for (const table of await cards.locator('button', { hasText: 'Table' }).all()) await table.click();
    await page.locator('flow-time-in button', { hasText: 'Team' }).click();
    await page.locator('flow-percentiles select').selectOption({ index: 1 });
    await page.waitForSelector('flow-time-in flow-fitting-table tbody tr');
    await axe(page, 'tables of the cards');
    await assertClean(page, record);
    await close();
  },
]);

export const accessibility = [...screens, ...sample];
