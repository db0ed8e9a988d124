/** Starts the built page and a browser, and watches what every page does. */

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createStaticServer, listen } from '../../scripts/serve.mjs';

export const DIST = process.env.DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function start() {
  const server = createStaticServer(DIST);
  const port = await listen(server, 0);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  return {
    origin: `http://localhost:${port}`,
    browser,
    stop: async () => {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A page with records of requests, console errors, CSP violations, dialogs and long tasks. */
export async function openPage(app, path = '/', options = {}, prepare = async () => undefined) {
  const context = await app.browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...options,
  });
  await prepare(context);
  const page = await context.newPage();
  const record = { requests: [], errors: [], dialogs: 0 };
  page.on('request', (request) => record.requests.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || /violat|Refused/i.test(message.text())) record.errors.push(message.text());
  });
  page.on('pageerror', (error) => record.errors.push(String(error)));
  page.on('dialog', (dialog) => {
    record.dialogs += 1;
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    window.violations = [];
    window.longTasks = [];
    window.executed = 0;
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(`${event.violatedDirective}: ${event.blockedURI || event.sample}`);
    });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longTasks.push({ start: entry.startTime, duration: entry.duration });
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(`${app.origin}${path}`);
  if (path === '/') await page.waitForSelector('flow-app[data-ready="true"]', { timeout: 20_000 });
  return { page, record, close: () => context.close() };
}

export const violations = (page) => page.evaluate(() => window.violations);

/** A CSV of incidents as ServiceNow writes them; `edit` may change a row's cells. */
export function incidents(rows, edit = () => undefined) {
  const header = ['number', 'opened_at', 'resolved_at', 'state', 'priority', 'assignment_group', 'short_description'];
  const lines = [header.join(',')];
  for (let n = 0; n < rows; n += 1) {
    const month = String((Math.floor(n / 28) % 9) + 1).padStart(2, '0');
    const day = String((n % 28) + 1).padStart(2, '0');
    const open = n % 10 === 9;
    const cells = {
      number: `INC${String(n + 1).padStart(7, '0')}`,
      opened_at: `2025-${month}-${day} 08:00:00`,
      resolved_at: open ? '' : `2025-${month}-${day} ${String(9 + (n % 12)).padStart(2, '0')}:30:00`,
      state: open ? 'In Progress' : 'Resolved',
      priority: `${(n % 4) + 1} - Level`,
      assignment_group: `Team ${n % 5}`,
      short_description: 'Printer, again',
    };
    edit(cells, n);
    lines.push(header.map((name) => `"${cells[name].replaceAll('"', '""')}"`).join(','));
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`);
}

export const csvFile = (name, buffer) => ({ name, mimeType: 'text/csv', buffer });

export const PNG_FILE = {
  name: 'photo.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64'),
};

/** Drops files on the page, as a person does: no input element takes part. */
export async function dropFiles(page, files) {
  const data = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType }));
    }
    return transfer;
  }, files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') })));
  await page.dispatchEvent('#drop, main', 'dragover', { dataTransfer: data });
  await page.dispatchEvent('#drop, main', 'drop', { dataTransfer: data });
}

/** Waits for figures; accepts the mapping where the page asks for a look first. */
export async function untilFigures(page, timeout = 60_000) {
  await page.waitForSelector('.bar, main > flow-mapping, .error', { timeout });
  if (await page.locator('.error').count()) throw new Error(`error panel: ${await page.locator('.error').innerText()}`);
  if (await page.locator('main > flow-mapping').count()) await page.click('flow-mapping button[type="submit"]');
  await page.waitForSelector('flow-sentences li', { timeout });
}

/** Waits until no part is being computed any more. */
export async function untilComplete(page, timeout = 60_000) {
  await page.waitForFunction(() => {
    const bar = document.querySelector('flow-controls')?.shadowRoot;
    return bar && !bar.querySelector('progress') && !document.querySelector('main [aria-busy="true"]');
  }, null, { timeout });
}

/** Opens the filter and ticks values of a dimension by their names. */
export async function filterBy(page, dimension, ...values) {
  if (!(await page.locator('flow-filter-panel').count())) await page.click('flow-controls #open-filter');
  const panel = page.locator('flow-filter-panel');
  await panel.locator('.pick li button', { hasText: dimension }).click();
  await panel.locator('#values', { hasText: dimension }).waitFor();
  for (const value of values) await panel.locator('.values label', { hasText: value }).first().click();
}

/** How many tickets the control bar counts. */
export const counted = async (page) => Number((await page.locator('flow-controls .count').innerText()).replaceAll(',', '').match(/\d+/)?.[0]);

export const sentences = (page) => page.locator('flow-sentences li .text').allInnerTexts();

/** Fails where the page violated its policy or wrote an error. */
export async function assertClean(page, record) {
  const broken = await violations(page);
  if (broken.length > 0) throw new Error(`CSP violations: ${broken.join('; ')}`);
  if (record.errors.length > 0) throw new Error(`console errors: ${record.errors.join('; ')}`);
}

/** The id of what has the focus, within shadow roots too. */
export const focusedId = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id ?? '';
  });
