/** What values mean besides states: how something ended, which environments are production, on which side a team stands. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { plural } from '../charts/format.js';
import type { Draft, Meaning, MeaningKind } from '../engine/draft.js';
import { meaningsOf } from '../engine/draft.js';
import { SURE } from '../engine/mapping.js';
import { PRODUCTION_LABELS, RESULT_LABELS, SIDE_LABELS } from '../engine/words.js';
import type { ChipDrag } from './mapping-states.js';
import { chipBoard } from './mapping-states.js';

interface Words {
  /** "4 results" */
  one: string;
  many: string;
  /** After the count. */
  title: string;
  why: string;
  classes: Readonly<Record<string, { name: string; hint: string }>>;
}

export const MEANING_WORDS: Record<MeaningKind, Words> = {
  result: {
    one: 'result',
    many: 'results',
    title: 'and what they mean',
    why: 'How changes and deployments ended. What ended without a word is not known, and never counts as a success.',
    classes: RESULT_LABELS,
  },
  environment: {
    one: 'environment',
    many: 'environments',
    title: 'and which are production',
    why: 'Only what goes to production counts as a deployment.',
    classes: PRODUCTION_LABELS,
  },
  side: {
    one: 'team',
    many: 'teams',
    title: 'and their side of the wall',
    why: 'Handoffs between development and operations are counted apart. A name that says nothing stands on neither side until you say so.',
    classes: SIDE_LABELS,
  },
};

export const KINDS = Object.keys(MEANING_WORDS) as MeaningKind[];

/** A team on neither side is no doubt: most names do not say. */
const isDoubtful = (kind: MeaningKind, { to, confidence }: Meaning): boolean => kind !== 'side' && (to === 'unknown' || confidence < SURE);

/** The kinds that hold something to look at. */
export const doubtfulKinds = (draft: Draft): MeaningKind[] => KINDS.filter((kind) => meaningsOf(draft, kind).some((meaning) => isDoubtful(kind, meaning)));

export interface MeaningsView {
  draft: Draft;
  open: ReadonlySet<string>;
  toggle: (part: string, open: boolean) => void;
  drag: ChipDrag;
  move: (kind: MeaningKind, meanings: readonly Meaning[], value: string, to: string) => void;
}

export function meaningBoards(view: MeaningsView): TemplateResult[] {
  // Tickets alone have no wall: without changes or deployments there is nothing that sides are for.
  const carried = view.draft.mappings.some(({ role }) => role === 'changes' || role === 'deployments');
  return KINDS.filter((kind) => carried || kind !== 'side').flatMap((kind) => {
    const meanings = meaningsOf(view.draft, kind);
    return meanings.length > 0 ? [board(view, kind, meanings)] : [];
  });
}

function board({ open: parts, toggle, drag, move }: MeaningsView, kind: MeaningKind, meanings: readonly Meaning[]): TemplateResult {
  const words = MEANING_WORDS[kind];
  const open = parts.has(kind);
  return html`<details
    class="meanings"
    data-meanings=${kind}
    .open=${open}
    @toggle=${(event: Event) => {
      toggle(kind, (event.currentTarget as HTMLDetailsElement).open);
    }}
  >
    <summary>
      ${plural(meanings.length, words.one, words.many)} ${words.title}
      ${open ? nothing : html`<span class="muted">${counts(words, meanings)}</span>`}
    </summary>
    ${open
      ? html`<p class="muted why-line">${words.why}</p>
          ${chipBoard({
            chips: meanings.map((meaning) => ({ value: meaning.value, to: meaning.to, rows: meaning.rows, doubtful: isDoubtful(kind, meaning) })),
            classes: words.classes,
            noun: words.many,
            key: kind,
            drag,
            all: parts.has(`${kind} all`),
            showAll: () => {
              toggle(`${kind} all`, true);
            },
            move: (value, to) => {
              move(kind, meanings, value, to);
            },
          })}`
      : nothing}
  </details>`;
}

/** "2 succeeded, 1 failed" */
function counts({ classes }: Words, meanings: readonly Meaning[]): string {
  return Object.entries(classes)
    .map(([name, { name: label }]) => ({ label, n: meanings.filter(({ to }) => to === name).length }))
    .filter(({ n }) => n > 0)
    .map(({ label, n }) => `${n} ${label.toLowerCase()}`)
    .join(', ');
}
