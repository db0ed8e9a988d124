/** The mapping of the files on one page: doubts stand open with their answers, what is sure is folded away. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { percent, plural } from '../charts/format.js';
import type { Board, Draft, Group, Meaning, MeaningKind } from '../engine/draft.js';
import {
  answerIn,
  boardsOf,
  change,
  draftOf,
  groupsOf,
  moveState,
  openQuestions,
  optionsOf,
  questionsOf,
  setChoice,
  setMeaning,
  setZone,
} from '../engine/draft.js';
import { History } from '../engine/history.js';
import { SURE, isClear, setField } from '../engine/mapping.js';
import type { Doubt, Field, Mapping, Options, Role, StateClass } from '../engine/types.js';
import { CLASS_LABELS, FIELD_NAMES, ROLE_LABELS } from '../engine/words.js';
import { FlowElement } from './flow-element.js';
import { fieldsTable, otherColumns, setChosen } from './mapping-fields.js';
import { MEANING_WORDS, doubtfulKinds, meaningBoards } from './mapping-meanings.js';
import { readingLine } from './mapping-reading.js';
import { ChipDrag, chipBoard, named } from './mapping-states.js';
import { boardStyles, mappingStyles } from './mapping-styles.js';
import { tables } from './styles.js';

/** The user goes on; `changed` says whether the files must be read again with the options. */
export type MappingAcceptEvent = CustomEvent<{ options: Options; changed: boolean; steps: MappingSteps }>;
/** The steps taken so far: handed back in `resume` where reading with them failed, so that nothing is lost. */
export type MappingSteps = History<Draft>;
/** What to do with the mapping besides: save it as a file, take one from a file, forget it. */
export type MappingToolEvent = CustomEvent<{ tool: 'export' | 'import' | 'forget'; mappings: Mapping[] }>;

declare global {
  interface HTMLElementEventMap {
    'flow-mapping-accept': MappingAcceptEvent;
    'flow-mapping-tool': MappingToolEvent;
  }
}

export class FlowMapping extends FlowElement {
  protected readonly heading = 'How the file is read';
  static override styles = [...FlowElement.styles, tables, mappingStyles, boardStyles];
  static override properties: Record<string, object> = {
    ...FlowElement.properties,
    mappings: { attribute: false },
    options: { attribute: false },
    remembered: { type: Boolean },
    resume: { attribute: false },
    open: { state: true },
    filled: { state: true },
    zones: { state: true },
    said: { state: true },
  };

  /** The mappings as the engine proposed or used them. */
  declare mappings: Mapping[];
  /** What the files were read with. */
  declare options: Options;
  /** Whether the mapping comes from last time and can be forgotten. */
  declare remembered: boolean;
  /** Steps to go on from, instead of the mappings as they are. */
  declare resume: MappingSteps | null;
  /** Parts that are unfolded, by name. */
  declare private open: ReadonlySet<string>;
  /** The column select that holds all its options. */
  declare private filled: string;
  declare private zones: string[];
  /** For screen readers: what just happened. */
  declare private said: string;

  private steps = new History<Draft>(draftOf([], {}));
  private readonly drag = new ChipDrag(this);

  constructor() {
    super();
    this.mappings = [];
    this.options = {};
    this.remembered = false;
    this.resume = null;
    this.open = new Set();
    this.filled = '';
    this.zones = [];
    this.said = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.shortcut);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.shortcut);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (!changed.has('mappings')) return;
    this.steps = this.resume ?? new History(draftOf(this.mappings, this.options));
    this.filled = '';
    this.open = this.firstOpen();
  }

  override updated(): void {
    setChosen(this.renderRoot);
  }

  /** To where the keyboard goes on: the first question, or the button where none is left. */
  async focusFirst(): Promise<void> {
    await this.updateComplete;
    const root = this.renderRoot;
    (root.querySelector<HTMLElement>('fieldset:not(.quiet) input') ?? root.querySelector<HTMLElement>('button.primary'))?.focus();
  }

  override render(): TemplateResult {
    const draft = this.steps.now;
    const groups = groupsOf(draft);
    const open = openQuestions(draft);
    return html`<form class="card" @submit=${(event: SubmitEvent) => { this.accept(event); }}>
      ${groups.map((group, n) => this.group(draft, group, `g${n}`, groups.length > 1))}
      ${this.boards(draft)}
      ${meaningBoards({
        draft,
        open: this.open,
        toggle: (part, state) => { this.toggle(part, state); },
        drag: this.drag,
        move: (kind, meanings, value, to) => { this.moveMeaning(draft, kind, meanings, value, to); },
      })}
      ${this.zone(draft)}
      <div class="actions">
        <button class="primary" type="submit" ?disabled=${open > 0}>
          ${this.isChanged ? 'Read again with these choices' : 'Show the figures'}
        </button>
        ${open > 0
          ? html`<span class="muted" role="status">${open === 1 ? 'One question must' : `${open} questions must`} be answered first.</span>`
          : nothing}
        <span class="tools">
          <button type="button" ?disabled=${!this.steps.canUndo} @click=${() => { this.undo(); }}>Undo</button>
          <button type="button" ?disabled=${!this.steps.canRedo} @click=${() => { this.redo(); }}>Redo</button>
          <button type="button" @click=${() => { this.tool('export'); }}>Save mapping</button>
          <button type="button" @click=${() => { this.tool('import'); }}>Load mapping</button>
          ${this.remembered ? html`<button type="button" @click=${() => { this.tool('forget'); }}>Forget mapping</button>` : nothing}
        </span>
      </div>
      <div class="visually-hidden" role="status">${this.said}</div>
    </form>`;
  }

  protected content(): TemplateResult {
    return this.render();
  }

  // ---- parts ----

  private group(draft: Draft, group: Group, key: string, several: boolean): TemplateResult {
    const [mapping] = group.mappings as [Mapping];
    const { profile } = mapping;
    const files = group.mappings.map(({ file, table }) => (table ? `${file}: ${table}` : file)).join(', ');
    const questions = questionsOf(group);
    const body = html`${questions.length > 0
        ? html`<div class="questions">${questions.map((doubt, n) => this.question(draft, group, doubt, `${key}-${n}`))}</div>`
        : nothing}
      <div class="kind">
        <label>
          <span>Its rows are</span>
          <select
            @change=${(event: Event) => {
              const role = (event.target as HTMLSelectElement).value as Role;
              this.do(change(draft, group.mappings, (entry) => ({ ...entry, role })), `Rows are now ${ROLE_LABELS[role].name.toLowerCase()}`);
            }}
          >
            ${(Object.keys(ROLE_LABELS) as Role[]).map(
              (role) => html`<option value=${role} .selected=${role === (mapping.role ?? 'tickets')}>${ROLE_LABELS[role].name}: ${ROLE_LABELS[role].hint}</option>`,
            )}
          </select>
        </label>
        <span class="muted">${mapping.shape === 'events' ? 'One row per change' : 'One row each'}${mapping.shape_reason ? `: ${mapping.shape_reason}` : ''}</span>
      </div>
      ${fieldsTable({
        mapping,
        key,
        open: this.open,
        toggle: (part) => { this.toggle(part); },
        filled: this.filled,
        fill: (select) => (this.filled = select),
        choose: (field, header) => { this.choose(draft, group, key, field, header); },
      })}
      ${otherColumns(mapping, this.open.has(`${key} others`), (open) => { this.toggle(`${key} others`, open); })}
      ${this.readings(draft, group, key)}`;
    const sure = `${percent(profile.confidence)} sure`;
    if (several) {
      return html`<details
        class="file"
        .open=${this.open.has(key)}
        @toggle=${(event: Event) => { this.toggle(key, (event.currentTarget as HTMLDetailsElement).open); }}
      >
        <summary>
          <h2>${files}</h2>
          <span class="muted">We think: ${profile.name}, ${sure}</span>
        </summary>
        ${this.open.has(key) ? html`<div class="inside">${body}</div>` : nothing}
      </details>`;
    }
    return html`<div class="title">
        <h2>We think this is a ${profile.name}, ${sure}</h2>
        <p class="muted">${[files, ...profile.reasons.map((reason) => reason.replace(/^./, (c) => c.toUpperCase()))].join('. ')}</p>
      </div>
      ${body}`;
  }

  private question(draft: Draft, group: Group, doubt: Doubt, name: string): TemplateResult {
    return html`<fieldset class=${doubt.blocking ? '' : 'quiet'}>
      <legend>${doubt.question}</legend>
      <div class="samples">${doubt.samples.map((sample) => html`<code>${sample}</code>`)}</div>
      <div class="answers">
        ${doubt.answers.map(
          ({ value, label }) =>
            html`<label>
              <input
                type="radio"
                name=${name}
                .value=${value}
                .checked=${draft.answers.get(doubt) === value}
                @change=${() => { this.do(answerIn(draft, group, doubt, value), `Answered: ${label}`); }}
              />${label}</label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  /** One line for all files of a group that were read alike, else one each. */
  private readings(draft: Draft, group: Group, key: string): TemplateResult[] {
    const ways = new Map<string, Mapping[]>();
    for (const mapping of group.mappings) {
      const way = JSON.stringify([mapping.dialect, Object.hasOwn(draft.reading, mapping.file) ? draft.reading[mapping.file] : null]);
      ways.set(way, [...(ways.get(way) ?? []), mapping]);
    }
    return [...ways.values()].map((mappings, n) => {
      const [mapping] = mappings as [Mapping];
      const files = mappings.map(({ file }) => file);
      const part = `${key} reading ${n}`;
      return html`${ways.size > 1 ? html`<p class="muted">${files.join(', ')}</p>` : nothing}
      ${readingLine({
        mapping,
        choices: (Object.hasOwn(draft.reading, mapping.file) ? draft.reading[mapping.file] : undefined) ?? {},
        open: this.open.has(part),
        toggled: (open) => { this.toggle(part, open); },
        choose: (choice) => { this.do(setChoice(draft, files, choice), 'Reading of the text changed'); },
      })}`;
    });
  }

  private boards(draft: Draft): TemplateResult[] {
    const boards = boardsOf(draft);
    return boards.map((board, n) => {
      const key = `b${n}`;
      const open = this.open.has(key);
      return html`<details
        class="states"
        .open=${open}
        @toggle=${(event: Event) => { this.toggle(key, (event.currentTarget as HTMLDetailsElement).open); }}
      >
        <summary>
          ${plural(board.states.length, 'state')} and what they mean${boards.length > 1 ? `, in ${board.mappings.map(({ file }) => file).join(', ')}` : ''}
          ${open ? nothing : html`<span class="muted">${classCounts(board)}</span>`}
        </summary>
        ${open
          ? chipBoard({
              chips: board.states.map(({ state, class: to, rows, confidence }) => ({ value: state, to, rows, doubtful: to === 'unknown' || confidence < SURE })),
              classes: CLASS_LABELS,
              noun: 'states',
              key,
              drag: this.drag,
              all: this.open.has(`${key} all`),
              showAll: () => { this.toggle(`${key} all`, true); },
              move: (state, to) => { this.moveState(draft, board, key, state, to as StateClass); },
            })
          : nothing}
      </details>`;
    });
  }

  private zone(draft: Draft): TemplateResult | typeof nothing {
    const [first] = draft.mappings;
    if (!first) return nothing;
    const doubt = draft.zone === null ? draft.mappings.flatMap(({ doubts }) => doubts).find(({ kind }) => kind === 'zone') : undefined;
    return html`<div class="zone">
      <label for="zone">Times without a zone are in</label>
      <input
        id="zone"
        list="zones"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="zone-why"
        .value=${first.zone}
        @focus=${() => (this.zones = Intl.supportedValuesOf('timeZone'))}
        @change=${(event: Event) => {
          const zone = (event.target as HTMLInputElement).value.trim();
          if (zone !== first.zone) this.do(setZone(draft, zone), `Times are now in ${zone}`);
        }}
      />
      <datalist id="zones">${['UTC', ...this.zones].map((zone) => html`<option value=${zone}></option>`)}</datalist>
      <span class="muted" id="zone-why">${doubt ? doubt.question : first.zone_reason}</span>
    </div>`;
  }

  // ---- changes ----

  private get isChanged(): boolean {
    return this.steps.now !== this.steps.first;
  }

  private do(draft: Draft, what: string): void {
    this.steps.do(draft, what);
    this.said = `${what}.`;
    this.requestUpdate();
  }

  private undo(): void {
    const what = this.steps.undo();
    if (what !== null) this.said = `Undone: ${what}.`;
    this.requestUpdate();
  }

  private redo(): void {
    const what = this.steps.redo();
    if (what !== null) this.said = `Done again: ${what}.`;
    this.requestUpdate();
  }

  private readonly shortcut = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
    const [target] = event.composedPath();
    // A field of text undoes its own typing.
    if (target instanceof HTMLInputElement && target.type !== 'radio') return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) this.redo();
    else this.undo();
  };

  private choose(draft: Draft, group: Group, key: string, field: Field, header: string | null): void {
    const to = header === null ? 'not in this file' : header;
    this.do(change(draft, group.mappings, (mapping) => setField(mapping, field, header)), `${FIELD_NAMES[field]} is now ${to}`);
    // What was chosen is sure, or free again: the row shows in its new place, and the keyboard goes with it.
    this.toggle(`${key} ${header === null ? 'free' : 'sure'}`, true);
    this.refocus(`[data-group="${key}"] [data-field="${field}"]`);
  }

  private refocus(selector: string): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
    });
  }

  private moveState(draft: Draft, board: Board, key: string, state: string, to: StateClass): void {
    const index = board.states.findIndex((entry) => entry.state === state);
    const back = this.chipFocus(key, index);
    this.do(moveState(draft, board, state, to), `${named(state)} is now ${CLASS_LABELS[to].name}`);
    this.refocus(back);
  }

  private moveMeaning(draft: Draft, kind: MeaningKind, meanings: readonly Meaning[], value: string, to: string): void {
    const back = this.chipFocus(kind, meanings.findIndex((meaning) => meaning.value === value));
    this.do(setMeaning(draft, kind, value, to), `${named(value)} is now ${MEANING_WORDS[kind].classes[to]?.name ?? to}`);
    this.refocus(back);
  }

  /** The chip is a new one in its new list: the keyboard goes with it. */
  private chipFocus(key: string, index: number): string {
    const menu = this.shadowRoot?.activeElement instanceof HTMLSelectElement;
    return `[data-board="${key}"] [data-state="${index}"] ${menu ? 'select' : '.grip'}`;
  }

  private toggle(part: string, open = !this.open.has(part)): void {
    if (open === this.open.has(part)) return;
    const next = new Set(this.open);
    if (open) next.add(part);
    else next.delete(part);
    this.open = next;
  }

  /** What stands open at first: all that is in doubt. */
  private firstOpen(): Set<string> {
    const open = new Set<string>();
    groupsOf(this.steps.first).forEach((group, n) => {
      if (!isClear(group.mappings) || questionsOf(group).length > 0) open.add(`g${n}`);
    });
    boardsOf(this.steps.first).forEach((board, n) => {
      if (board.states.some((state) => state.confidence < SURE || state.class === 'unknown')) open.add(`b${n}`);
    });
    for (const kind of doubtfulKinds(this.steps.first)) open.add(kind);
    return open;
  }

  private tool(tool: 'export' | 'import' | 'forget'): void {
    this.emit('flow-mapping-tool', { tool, mappings: [...this.steps.now.mappings] });
  }

  private accept(event: SubmitEvent): void {
    event.preventDefault();
    const draft = this.steps.now;
    if (openQuestions(draft) > 0) return;
    this.emit('flow-mapping-accept', { options: optionsOf(draft, this.options), changed: this.isChanged, steps: this.steps });
  }
}

/** "4 queue, 2 active, 3 done" */
function classCounts(board: Board): string {
  return (Object.keys(CLASS_LABELS) as StateClass[])
    .map((name) => ({ name, n: board.states.filter((state) => state.class === name).length }))
    .filter(({ n }) => n > 0)
    .map(({ name, n }) => `${n} ${CLASS_LABELS[name].name.toLowerCase()}`)
    .join(', ');
}
