/** The states of the file in the classes that they belong to. A state is moved with the mouse, with the arrow keys, or by its menu. */

import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { count, plural } from '../charts/format.js';
import { SURE } from '../engine/mapping.js';
import type { StateClass, StateMapping } from '../engine/types.js';
import { CLASS_LABELS } from '../engine/words.js';

export interface BoardView {
  states: readonly StateMapping[];
  /** Tells this board from others. */
  key: string;
  move: (state: string, to: StateClass) => void;
  drag: ChipDrag;
  /** Beyond, states show when they are asked for. */
  all: boolean;
  showAll: () => void;
}

const CLASSES = Object.keys(CLASS_LABELS) as StateClass[];

/** Chips rendered at once; a column of free text taken for states has thousands. */
const FIRST = 120;

export const named = (state: string): string => state || '(none)';

export function statesBoard(view: BoardView): TemplateResult {
  const shown = view.all ? view.states : view.states.slice(0, FIRST);
  const entries = shown.map((state, index) => ({ state, index }));
  return html`<div class="board" data-board=${view.key}>
      ${CLASSES.map((name) => column(view, name, entries.filter(({ state }) => state.class === name)))}
    </div>
    ${shown.length < view.states.length
      ? html`<button type="button" @click=${view.showAll}>Show all ${count(view.states.length)} states</button>`
      : nothing}`;
}

function column(view: BoardView, name: StateClass, entries: { state: StateMapping; index: number }[]): TemplateResult {
  const { name: label, hint } = CLASS_LABELS[name];
  const id = `${view.key}-${name}`;
  return html`<div class=${entries.length === 0 ? 'class empty' : 'class'} data-class=${name}>
    <h3 id=${id}>${label} <span class="muted">${hint}</span></h3>
    <ul aria-labelledby=${id}>
      ${entries.map(({ state, index }) => chip(view, state, index))}
    </ul>
  </div>`;
}

function chip(view: BoardView, { state, class: current, rows, confidence }: StateMapping, index: number): TemplateResult {
  const doubtful = current === 'unknown' || confidence < SURE;
  return html`<li class=${doubtful ? 'chip doubtful' : 'chip'} data-state=${index}>
    <button
      type="button"
      class="grip"
      aria-describedby="board-how"
      @keydown=${(event: KeyboardEvent) => {
        onKey(event, view, state, current);
      }}
      @pointerdown=${(event: PointerEvent) => {
        view.drag.begin(event, (to) => {
          if (to !== current) view.move(state, to);
        });
      }}
      @click=${(event: MouseEvent) => {
        if (!view.drag.justDragged) openMenu(event.currentTarget as HTMLElement);
      }}
    >
      <span class="name">${named(state)}</span> ${rows > 0 ? html`<span class="muted">${plural(rows, 'row')}</span>` : nothing}
    </button>
    <span class="menu">
      <select
        aria-label=${`Meaning of ${named(state)}`}
        @change=${(event: Event) => {
          view.move(state, (event.target as HTMLSelectElement).value as StateClass);
        }}
      >
        ${CLASSES.map((name) => html`<option value=${name} .selected=${name === current}>${CLASS_LABELS[name].name}</option>`)}
      </select>
      <span class="caret" aria-hidden="true"></span>
    </span>
  </li>`;
}

/** Left and right change the class, up and down the state; Enter goes on, as everywhere in the form. */
function onKey(event: KeyboardEvent, view: BoardView, state: string, current: StateClass): void {
  const grip = event.currentTarget as HTMLElement;
  if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    event.preventDefault();
    const to = CLASSES[CLASSES.indexOf(current) + (event.key === 'ArrowLeft' ? -1 : 1)];
    if (to) view.move(state, to);
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

  begin(down: PointerEvent, drop: (to: StateClass) => void): void {
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
      const to = over?.dataset['class'] as StateClass | undefined;
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
