/** Values of the file in the classes that they belong to: states, results. A value is moved with the mouse, with the arrow keys, or by its menu. */

import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { count, plural } from '../charts/format.js';

/** A value in its class. */
export interface Chip {
  value: string;
  to: string;
  rows: number;
  /** Worth a look. */
  doubtful: boolean;
}

export interface BoardView {
  chips: readonly Chip[];
  /** The classes, in the order of the board. */
  classes: Readonly<Record<string, { name: string; hint: string }>>;
  /** What the values are, for the button that shows all of them. */
  noun: string;
  /** Tells this board from others. */
  key: string;
  move: (value: string, to: string) => void;
  drag: ChipDrag;
  /** Beyond, states show when they are asked for. */
  all: boolean;
  showAll: () => void;
}

/** Chips rendered at once; a column of free text taken for states has thousands. */
const FIRST = 120;

export const named = (value: string): string => value || '(none)';

export function chipBoard(view: BoardView): TemplateResult {
  const shown = view.all ? view.chips : view.chips.slice(0, FIRST);
  const entries = shown.map((chip, index) => ({ chip, index }));
  const names = Object.keys(view.classes);
  return html`<p class="muted how" id=${`${view.key}-how`}>Drag each to what it means, or press ← and → on it.</p>
    <div class=${names.length > 3 ? 'board' : `board of-${names.length}`} data-board=${view.key}>
      ${names.map((name) => column(view, name, entries.filter(({ chip }) => chip.to === name)))}
    </div>
    ${shown.length < view.chips.length
      ? html`<button type="button" @click=${view.showAll}>Show all ${count(view.chips.length)} ${view.noun}</button>`
      : nothing}`;
}

function column(view: BoardView, name: string, entries: { chip: Chip; index: number }[]): TemplateResult {
  const { name: label, hint } = view.classes[name] ?? { name, hint: '' };
  const id = `${view.key}-${name}`;
  return html`<div class=${entries.length === 0 ? 'class empty' : 'class'} data-class=${name}>
    <h3 id=${id}>${label} <span class="muted">${hint}</span></h3>
    <ul aria-labelledby=${id}>
      ${entries.map(({ chip, index }) => chipOf(view, chip, index))}
    </ul>
  </div>`;
}

function chipOf(view: BoardView, { value, to: current, rows, doubtful }: Chip, index: number): TemplateResult {
  return html`<li class=${doubtful ? 'chip doubtful' : 'chip'} data-state=${index}>
    <button
      type="button"
      class="grip"
      aria-describedby=${`${view.key}-how`}
      @keydown=${(event: KeyboardEvent) => {
        onKey(event, view, value, current);
      }}
      @pointerdown=${(event: PointerEvent) => {
        view.drag.begin(event, (to) => {
          if (to !== current) view.move(value, to);
        });
      }}
      @click=${(event: MouseEvent) => {
        if (!view.drag.justDragged) openMenu(event.currentTarget as HTMLElement);
      }}
    >
      <span class="name">${named(value)}</span> ${rows > 0 ? html`<span class="muted">${plural(rows, 'row')}</span>` : nothing}
    </button>
    <span class="menu">
      <select
        aria-label=${`Meaning of ${named(value)}`}
        @change=${(event: Event) => {
          view.move(value, (event.target as HTMLSelectElement).value);
        }}
      >
        ${Object.entries(view.classes).map(([name, label]) => html`<option value=${name} .selected=${name === current}>${label.name}</option>`)}
      </select>
      <span class="caret" aria-hidden="true"></span>
    </span>
  </li>`;
}

/** Left and right change the class, up and down the value; Enter goes on, as everywhere in the form. */
function onKey(event: KeyboardEvent, view: BoardView, value: string, current: string): void {
  const grip = event.currentTarget as HTMLElement;
  if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    event.preventDefault();
    const names = Object.keys(view.classes);
    const to = names[names.indexOf(current) + (event.key === 'ArrowLeft' ? -1 : 1)];
    if (to) view.move(value, to);
  } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    event.preventDefault();
    const grips = [...(grip.closest('.board')?.querySelectorAll<HTMLElement>('.grip') ?? [])];
    grips[grips.indexOf(grip) + (event.key === 'ArrowUp' ? -1 : 1)]?.focus();
  } else if (event.key === 'Enter') {
    event.preventDefault();
    grip.closest('form')?.requestSubmit();
  }
}

function openMenu(grip: HTMLElement): void {
  const select = grip.closest('.chip')?.querySelector('select');
  select?.focus();
  try {
    select?.showPicker();
  } catch {
    // Older browsers: the menu has the focus and opens with a key.
  }
}

/** How far a pointer moves before it drags rather than clicks. */
const SLACK = 5;

/** Moves a chip under the mouse. Touch scrolls the page instead: there each state has its menu. */
export class ChipDrag implements ReactiveController {
  /** The click that ends a drag is none. */
  justDragged = false;
  private stop: (() => void) | null = null;

  constructor(private readonly host: ReactiveControllerHost & { renderRoot: HTMLElement | DocumentFragment }) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop?.();
  }

  begin(down: PointerEvent, drop: (to: string) => void): void {
    this.justDragged = false;
    if (down.button !== 0 || down.pointerType === 'touch') return;
    const grip = down.currentTarget as HTMLElement;
    const chip = grip.closest<HTMLElement>('.chip');
    const board = grip.closest<HTMLElement>('.board');
    if (!chip || !board) return;
    this.stop?.();
    let over: HTMLElement | null = null;
    const hover = (next: HTMLElement | null): void => {
      over?.classList.remove('over');
      over = next;
      over?.classList.add('over');
    };
    const move = (event: PointerEvent): void => {
      const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY];
      if (!this.justDragged) {
        if (Math.hypot(x, y) < SLACK) return;
        this.justDragged = true;
        chip.classList.add('dragged');
      }
      chip.style.transform = `translate(${x}px, ${y}px)`;
      const root = this.host.renderRoot as ShadowRoot;
      const column = root.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('.class') ?? null;
      hover(column && board.contains(column) ? column : null);
    };
    const up = (): void => {
      const to = over?.dataset['class'];
      this.stop?.();
      if (to) drop(to);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') this.stop?.();
    };
    this.stop = () => {
      this.stop = null;
      hover(null);
      chip.classList.remove('dragged');
      chip.style.removeProperty('transform');
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', cancel);
      removeEventListener('keydown', key, true);
    };
    const cancel = (): void => this.stop?.();
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', cancel);
    addEventListener('keydown', key, true);
  }
}
