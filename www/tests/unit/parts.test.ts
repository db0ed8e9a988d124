/** A report in pieces, and what a change of the question reaches. */

import { describe, expect, test } from 'vitest';
import { ALL_PARTS, FIRST_PARTS, affected, failed, merge, nextPiece, partsOf, taken } from '../../src/engine/parts.js';
import type { Asked, Piece } from '../../src/engine/parts.js';
import type { Part, Query, Report } from '../../src/engine/types.js';
import { fixture } from './report.js';

const ask = (query: Query = {}, lens: string | null = null): Asked => ({ query, lens });
const everything = ask({ compare: { label: 'x' } }, 'group');

function pieces(asked: Asked): Piece[] {
  const stale = new Set(partsOf(asked));
  const found: Piece[] = [];
  for (let piece = nextPiece(asked, stale); piece; piece = nextPiece(asked, stale)) {
    found.push(piece);
    for (const part of piece.take) stale.delete(part);
  }
  return found;
}

describe('pieces', () => {
  test('the first is what the first screen shows, and each part is taken in some piece', () => {
    const [first, ...rest] = pieces(everything);
    expect(first?.query.parts).toEqual([...FIRST_PARTS]);
    expect(first?.query.include).toEqual({ points: true, ids: true });
    const took = [first, ...rest].flatMap((piece) => piece?.take ?? []);
    expect([...new Set(took)].sort()).toEqual([...ALL_PARTS].sort());
    // Sentences come again with survival, and nothing else comes twice.
    expect(took.filter((part, n) => took.indexOf(part) !== n)).toEqual(['sentences']);
  });

  test('whoever takes sentences asks for all that they speak of', () => {
    for (const { query } of pieces(everything).filter((piece) => piece.take.includes('sentences'))) {
      for (const part of ['throughput', 'handoffs'] as const) expect(query.parts).toContain(part);
    }
  });

  test('delivery and changes come together, after all that an export of tickets is about', () => {
    const at = pieces(ask()).findIndex(({ take }) => take.includes('delivery'));
    expect(pieces(ask())[at]?.take).toEqual(['delivery', 'changes']);
    expect(pieces(ask()).slice(0, at).flatMap(({ take }) => take)).toContain('fits');
  });

  test('nobody asks for a comparison with nothing, or a breakdown by nothing', () => {
    const took = pieces(ask()).flatMap(({ take }) => take);
    expect(took).not.toContain('comparison');
    expect(took).not.toContain('breakdowns');
  });

  test('a breakdown is by the dimension looked at, without single tickets', () => {
    const piece = pieces(ask({ by: ['priority'] }, 'kind')).find(({ take }) => take.includes('breakdowns'));
    expect(piece?.query).toMatchObject({ by: ['kind'], parts: ['breakdowns'] });
    expect(piece?.query.include).toBeUndefined();
  });
});

describe('what a change reaches', () => {
  const cases: [string, Asked, readonly Part[]][] = [
    ['nothing', ask({ filter: {} }), []],
    ['a comparison', ask({ compare: { label: 'All' } }), ['comparison']],
    ['targets', ask({ targets: [{ seconds: 1 }] }), ['sla']],
    ['rates', ask({ rates: { wage_per_hour: 50 } }), ['handoffs', 'cost']],
    ['what counts as a deployment', ask({ delivery: { link_by_text: true } }), ['delivery', 'changes']],
    ['limits', ask({ limits: 'median' }), ['process_behaviour', 'delivery', 'changes']],
    ['another lens', ask({}, 'kind'), ['breakdowns']],
  ];
  test.each(cases)('%s', (_, after, parts) => {
    expect(affected(ask(), after).sort()).toEqual([...parts].sort());
  });

  test('a filter, a clock, an as-of: everything', () => {
    for (const query of [{ filter: { group: ['A'] } }, { clock: 'business' }, { as_of: '2025-01-01' }] as Query[]) {
      expect(affected(ask(), ask(query))).toEqual(partsOf(ask(query)));
    }
  });
});

describe('merging', () => {
  const answer = (over: Partial<Report>): Report => ({ ...fixture(), receipts: {}, unavailable: {}, ...over });

  test('figures, receipts and what is missing are exchanged for the parts taken, and for no others', () => {
    const receipt = { definition: 'd', n: 1, excluded: {}, evidence: 'E0' };
    const old = answer({ receipts: { wip: receipt, lead_time: receipt }, unavailable: { cost: { reason: 'old', remedy: '' }, 'wip.x': { reason: 'old', remedy: '' } } });
    const rest = { ...old };
    Reflect.deleteProperty(rest, 'wip');
    const fresh: Report = { ...rest, tickets: { ...old.tickets, total: 1 }, receipts: { wip: { ...receipt, n: 2 } }, unavailable: { wip: { reason: 'new', remedy: '' } } };
    const merged = merge(old, fresh, ['wip']);
    expect('wip' in merged).toBe(false);
    expect(merged.lead_time).toBe(old.lead_time);
    expect(merged.tickets).toBe(old.tickets);
    expect(merged.receipts).toEqual({ lead_time: receipt, wip: { ...receipt, n: 2 } });
    expect(merged.unavailable).toEqual({ cost: { reason: 'old', remedy: '' }, wip: { reason: 'new', remedy: '' } });
  });

  test('a first piece brings its own counts and leaves later parts until they come', () => {
    const old = answer({ reopens: fixture().reopens as NonNullable<Report['reopens']> });
    const rest = answer({ tickets: { ...old.tickets, total: 7 } });
    Reflect.deleteProperty(rest, 'reopens');
    const report = taken(old, rest, { query: {}, take: FIRST_PARTS });
    expect(report.tickets.total).toBe(7);
    expect(report.reopens).toBe(old.reopens);
  });

  test('parts that could not be asked for say why', () => {
    const report = failed(fixture(), ['wip', 'sentences'], 'It broke.', 'Again.');
    expect(report.wip).toBeUndefined();
    expect(report.unavailable['wip']).toEqual({ reason: 'It broke.', remedy: 'Again.' });
    expect(report.sentences).toEqual(fixture().sentences);
  });
});
