/** Starts the built page and a browser, and watches what every page does. */

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createStaticServer, listen } from '../../scripts/serve.mjs';

export const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

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
export async function openPage(app, path = '/', options = {}) {
  const context = await app.browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...options,
  });
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
