/** What every screen is held to: axe finds nothing, and nothing scrolls sideways. */

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The page, or a part of it, named by a selector. Axe injects itself by evaluation over the debugger: the page's policy stays as it is. */
export async function axe(page, where, part) {
  const builder = new AxeBuilder({ page }).withTags(TAGS);
  const { violations } = await (part === undefined ? builder : builder.include(part)).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat().join(' ')).join(', ')}`);
  assert.deepEqual(found, [], `axe on ${where}`);
  await fits(page, where);
}

/** Nothing of the page is wider than its window. */
export async function fits(page, where) {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(sideways, 0, `sideways scrolling on ${where}`);
}
